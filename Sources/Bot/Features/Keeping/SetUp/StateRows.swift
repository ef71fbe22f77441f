internal import Kit
internal import Shared

/// The states that a guild's set-up was in, each since somebody changed the one before it.
enum StateRows {
    struct Kept {
        var id: Int64
        var at: Instant
        /// Whose command it was; nil when it changed by itself, or when the member was forgotten.
        var author: ID<Member>?
        var who: String
        var command: String
        var changes: Int
    }

    private static let columns: SQL = "id, at, author, who, command, changes"

    static func all(of guild: ID<Guild>, below id: Int64 = .max, limit: Int, in store: any Connection) throws -> [Kept] {
        try store.all(
            "SELECT \(columns) FROM guild_states WHERE guild = \(guild) AND id < \(id) ORDER BY id DESC LIMIT \(limit)", read)
    }

    static func require(_ id: Int, _ turn: Turn, field: String = "state") throws -> (kept: Kept, state: GuildState) {
        let guild = try turn.requireGuild()
        let found = try turn.store.first(
            "SELECT \(columns), body FROM guild_states WHERE guild = \(guild) AND id = \(id)"
        ) { (kept: read($0), state: GuildState($0.json(6))) }
        guard let found else {
            throw Refusal(.notFound, "There is no state \(id) here.", hint: "See them with guild history.", field: field)
        }
        return found
    }

    static func last(of guild: ID<Guild>, in store: any Connection) throws -> (id: Int64, state: GuildState)? {
        try store.first("SELECT id, body FROM guild_states WHERE guild = \(guild) ORDER BY id DESC LIMIT 1") {
            ($0.int(0), GuildState($0.json(1)))
        }
    }

    /// Keeps what is set up now, unless that is what was kept last; answers its number.
    @discardableResult
    static func keep(_ command: String, _ turn: Turn, in guild: ID<Guild>) throws -> Int64 {
        let local = turn.guild == guild ? turn : turn.inside(guild)
        let state = try GuildState(local)
        let before = try last(of: guild, in: turn.store)
        if let before, before.state == state { return before.id }
        let changes = before.map { GuildPlan(from: $0.state, to: state, local).differences.count } ?? 0
        let id = try turn.store.first(
            """
            INSERT INTO guild_states (guild, at, author, who, command, changes, body)
            VALUES (\(guild), \(turn.now + turn.late), \(turn.asker.member), \(who(turn)), \(command), \(changes), \(state.json))
            RETURNING id
            """
        ) { $0.int(0) }
        try forgetOld(guild, local)
        return id ?? 0
    }

    private static func forgetOld(_ guild: ID<Guild>, _ turn: Turn) throws {
        let kept = turn[GuildFeature.states]
        try turn.store.run(
            """
            DELETE FROM guild_states WHERE guild = \(guild) AND id NOT IN
                (SELECT id FROM guild_states WHERE guild = \(guild) ORDER BY id DESC LIMIT \(kept))
            """)
    }

    private static func who(_ turn: Turn) -> String {
        switch turn.asker {
        case .member: ""
        case .unix(let person): person.name
        case .job: "by itself"
        }
    }

    private static func read(_ row: any Row) -> Kept {
        Kept(
            id: row.int(0), at: row.instant(1), author: row.id(2), who: row.text(3), command: row.text(4),
            changes: Int(row.int(5)))
    }
}

extension StateRows.Kept {
    func row(_ turn: Turn) -> JSON {
        .fields([
            "id": .int(id), "at_ms": .int(at.milliseconds), "at": .string(at.rfc3339), "who": .string(name(turn)),
            "member": author.map { turn.named($0) }, "command": .string(command), "changes": .int(Int64(changes)),
        ])
    }

    func name(_ turn: Turn) -> String {
        guard let author else { return who.isEmpty ? "erased" : who }
        return turn.house.directory.name(of: author, in: turn.guild) ?? author.description
    }
}
