internal import Kit
internal import Shared

/// Where a setting is set: for the house, a server, a channel or a role.
struct SettingPlace {
    enum Scope: String, CaseIterable, Sendable { case house, guild, channel, role }

    let scope: Scope
    /// The id of what it is set for; 0 for the house.
    let target: Int64
    /// The server it belongs to; nil for the house.
    let guild: ID<Guild>?

    static let house = SettingPlace(scope: .house, target: 0, guild: nil)

    /// This place and those it inherits from, the nearest first.
    var chain: [SettingPlace] {
        switch scope {
        case .house: return [self]
        case .guild: return [self, .house]
        case .channel, .role:
            let around = guild.map { SettingPlace(scope: .guild, target: $0.number, guild: $0) }
            return [self] + [around, .house].compactMap(\.self)
        }
    }

    /// The words that name this place in an invocation.
    var arguments: [(key: String, value: JSON)] {
        let words: [(key: String, value: JSON)] = [("scope", .string(scope.rawValue))]
        return scope == .channel || scope == .role ? words + [("target", .string(String(target)))] : words
    }
}

extension SettingPlace {
    /// Reads what the asker said, and checks that they may set something there.
    init(_ scope: Scope?, _ target: String?, reach: String, _ turn: Turn) throws {
        let scope = scope ?? (turn.guild == nil ? .house : .guild)
        if scope == .channel || scope == .role, reach != scope.rawValue {
            throw Refusal.invalid(
                "This cannot be set for a \(scope.rawValue).", field: "scope",
                hint: reach == "guild" ? "It is set for a server or the house." : "A \(reach) works.")
        }
        switch scope {
        case .house: self = try Self.wholeHouse(target, turn)
        case .guild: self = try Self.wholeGuild(target, turn)
        case .channel: self = try Self.channel(target, turn)
        case .role: self = try Self.role(target, turn)
        }
    }

    private static func wholeHouse(_ target: String?, _ turn: Turn) throws -> SettingPlace {
        guard turn.asker.may(.houseOwner) else {
            throw Refusal.forbidden(
                "What counts in the whole house is set by \(Access.houseOwner.spelled).",
                hint: turn.guild == nil ? "Name a server with `guild`." : "Set it for this server: scope guild.")
        }
        guard target == nil else { throw Refusal.invalid("The house needs no target.", field: "target") }
        return .house
    }

    private static func wholeGuild(_ target: String?, _ turn: Turn) throws -> SettingPlace {
        let guild = try known(turn)
        guard target == nil || target == guild.description else {
            throw Refusal.invalid("The target of scope guild is this server.", field: "target", hint: "Leave it out.")
        }
        return SettingPlace(scope: .guild, target: guild.number, guild: guild)
    }

    private static func channel(_ target: String?, _ turn: Turn) throws -> SettingPlace {
        let guild = try known(turn)
        guard let word = target ?? turn.channel?.description else {
            throw Refusal.invalid("Say which channel.", field: "target")
        }
        let id = try read(.channel("target", "The channel"), word, turn)
        guard turn.house.directory.channels(in: guild).contains(where: { $0.id == id }) || id == turn.channel else {
            throw notHere("channel", id)
        }
        return SettingPlace(scope: .channel, target: id.number, guild: guild)
    }

    private static func role(_ target: String?, _ turn: Turn) throws -> SettingPlace {
        let guild = try known(turn)
        guard let target else { throw Refusal.invalid("Say which role.", field: "target") }
        let id = try read(.role("target", "The role"), target, turn)
        guard turn.house.directory.roles(in: guild).contains(where: { $0.id == id }) else { throw notHere("role", id) }
        return SettingPlace(scope: .role, target: id.number, guild: guild)
    }

    private static func known(_ turn: Turn) throws -> ID<Guild> {
        let guild = try turn.requireGuild()
        guard turn.house.directory.guild(guild) != nil else {
            throw Refusal.notFound("I am not in a server with the id \(guild).", hint: "See them with house guilds.")
        }
        return guild
    }

    private static func read<Value>(_ parameter: Parameter<Value>, _ word: String, _ turn: Turn) throws -> Value {
        try parameter.read(Arguments(["target": .text(word)], in: turn.reading()))
    }

    private static func notHere<Kind>(_ kind: String, _ id: ID<Kind>) -> Refusal {
        Refusal(.notFound, "There is no \(kind) \(id) in this server.", field: "target")
    }
}
