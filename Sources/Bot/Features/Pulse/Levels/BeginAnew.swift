internal import Kit
internal import Shared

extension Levels {
    /// Who leaves begins anew where a setting says so. Their points stay: from now on the level counts from here.
    static let hearLeaving = Listener.event("levels.leaving", .members) { turn, event in
        guard case .memberLeft(let member, let guild) = event else { return }
        let local = turn.inside(guild)
        guard local[resetsOnLeave] else { return }
        try begin(member, in: guild, because: "left", local)
    }

    static let reset = Command(
        "levels.reset", "Lets a member begin at level 0 again; their points stay", access: .manageGuild, changes: true,
        returns: standShape, example: "member: @somebody",
        .member("member", "Who begins anew"), .optional(.text("reason", "Why, for the audit", longest: 300))
    ) { turn, member, reason in
        let guild = try turn.requireGuild()
        let before = try known(member, turn)
        guard before.level > 0 || before.earned > 0 else {
            throw Refusal.conflict(
                "\(turn.house.directory.name(of: member, in: guild) ?? "That member") is at level 0 already.")
        }
        try begin(member, in: guild, because: reason ?? "reset", turn)
        return try changed(member, before, undo: "levels.restore", turn)
    }

    static let restore = Command(
        "levels.restore", "Lets all points of a member count for their level again", access: .manageGuild, changes: true,
        returns: standShape, example: "member: @somebody",
        .member("member", "Whose points count again")
    ) { turn, member in
        let guild = try turn.requireGuild()
        let before = try known(member, turn)
        let gone = try turn.store.run("DELETE FROM levels_starts WHERE guild = \(guild) AND member = \(member)")
        guard gone > 0 else { throw Refusal.conflict("All points of that member count already.") }
        turn.hot(FreshStarts.self).note(member, in: guild, from: nil)
        return try changed(member, before, undo: "levels.reset", turn)
    }

    private static func changed(_ member: ID<Member>, _ before: Stand, undo: String, _ turn: Turn) throws -> Reply {
        let after = try Stand(of: member, turn)
        turn.change("level of member \(member)", from: .int(Int64(before.level)), to: .int(Int64(after.level)))
        return .done(
            LevelText.changed(after), data: after.data(turn),
            undo: Invocation(command: undo, arguments: ["member": .id(member)]))
    }

    private static func begin(_ member: ID<Member>, in guild: ID<Guild>, because reason: String, _ turn: Turn) throws {
        let points = Int64(try turn.ledger().points(turn, member)[member])
        guard points > 0 else { return }
        try turn.store.run(
            """
            INSERT INTO levels_starts (guild, member, points, at, reason)
            VALUES (\(guild), \(member), \(points), \(turn.now), \(reason))
            ON CONFLICT (guild, member) DO UPDATE SET points = excluded.points, at = excluded.at, reason = excluded.reason
            """)
        try turn.store.run("DELETE FROM levels_told WHERE guild = \(guild) AND member = \(member)")
        turn.hot(FreshStarts.self).note(member, in: guild, from: points)
    }

    static func known(_ member: ID<Member>, _ turn: Turn) throws -> Stand {
        let guild = try turn.requireGuild()
        let stand = try Stand(of: member, turn)
        guard stand.points > 0 || member == turn.asker.member || turn.house.directory.member(member, in: guild) != nil else {
            throw Refusal(
                .notFound, "I have not seen a member with the id \(member) in this server.",
                hint: "Members are known once they have said something.", field: "member")
        }
        return stand
    }
}
