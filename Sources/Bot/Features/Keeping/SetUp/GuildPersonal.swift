internal import Kit
internal import Shared

extension GuildFeature {
    static let exportPersonal: @Sendable (Turn, ID<Member>) throws -> JSON = { turn, member in
        let guild = try turn.requireGuild()
        let changed = try turn.store.all(
            "SELECT id, at, command FROM guild_states WHERE guild = \(guild) AND author = \(member) ORDER BY id"
        ) { row -> JSON in
            ["state": .int(row.int(0)), "at": .string(row.instant(1).rfc3339), "command": .string(row.text(2))]
        }
        let about = try naming(member, guild, turn).map { JSON.int($0.id) }
        return ["changed": .array(changed), "named_in_states": .array(about)]
    }

    /// Whoever changed something is nobody any more, and what was set up about them is out of every state.
    static let erasePersonal: @Sendable (Turn, ID<Member>) throws -> Int = { turn, member in
        let guild = try turn.requireGuild()
        var gone = try turn.store.run(
            "UPDATE guild_states SET author = NULL, who = '' WHERE guild = \(guild) AND author = \(member)")
        for (id, rest) in try naming(member, guild, turn) {
            gone += try turn.store.run("UPDATE guild_states SET body = \(rest.json) WHERE id = \(id)")
        }
        return gone
    }

    /// The states that name a member, each with what is left of it without them.
    private static func naming(
        _ member: ID<Member>, _ guild: ID<Guild>, _ turn: Turn
    ) throws -> [(id: Int64, rest: GuildState)] {
        try turn.store.all(
            "SELECT id, body FROM guild_states WHERE guild = \(guild) AND body LIKE \("%\"\(member)\"%") ORDER BY id"
        ) { (id: $0.int(0), state: GuildState($0.json(1))) }.compactMap { id, state in
            state.without(member, turn).map { (id, $0) }
        }
    }
}
