internal import Kit
internal import Shared

extension Pings {
    static let spare = Command(
        "pings.spare", "Whoever has this role is never mentioned by a ping", access: .manageGuild, changes: true,
        returns: sparedShape, example: "role: Moderator",
        .role("role", "The role that is spared")
    ) { turn, role in
        let guild = try turn.requireGuild()
        let count = try turn.store.run(
            "INSERT INTO pings_spared (guild, role) VALUES (\(guild), \(role)) ON CONFLICT DO NOTHING")
        return try told(role, isSpared: true, changed: count > 0, turn)
    }

    static let unspare = Command(
        "pings.unspare", "Lets pings mention a role's members again", access: .manageGuild, changes: true, returns: sparedShape,
        example: "role: Moderator",
        .formerRole("role", "The role that is spared no longer")
    ) { turn, role in
        let guild = try turn.requireGuild()
        let count = try turn.store.run("DELETE FROM pings_spared WHERE guild = \(guild) AND role = \(role)")
        guard count > 0 || turn.house.directory.name(of: role) != nil else {
            throw Refusal.notFound("No role with the id \(role) is spared here.", hint: "pings spared lists them.")
        }
        return try told(role, isSpared: false, changed: count > 0, turn)
    }

    static let spared = Command(
        "pings.spared", "The roles that no ping mentions", changes: false,
        returns: .record(["rows": .list(.named)])
    ) { turn in
        let roles = try sparedRoles(of: try turn.requireGuild(), turn)
        let rows = roles.map { turn.named($0) }
        return .done(PingText.spared(roles), data: ["rows": .array(rows)])
    }

    private static let sparedShape = Shape.record(["role": .id, "spared": .flag])

    static func sparedRoles(of guild: ID<Guild>, _ turn: Turn) throws -> [ID<Role>] {
        try turn.store.all("SELECT role FROM pings_spared WHERE guild = \(guild) ORDER BY role") { $0.id(0) }.compactMap(\.self)
    }

    private static func told(_ role: ID<Role>, isSpared: Bool, changed: Bool, _ turn: Turn) throws -> Reply {
        if changed { turn.change("role \(role) spared by pings", from: .bool(!isSpared), to: .bool(isSpared)) }
        let back = Invocation(command: isSpared ? "pings.unspare" : "pings.spare", arguments: ["role": .id(role)])
        return .done(
            PingText.spared(role, isSpared), data: ["role": .id(role), "spared": .bool(isSpared)], undo: changed ? back : nil)
    }
}
