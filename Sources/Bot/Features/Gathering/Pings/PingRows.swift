internal import Kit
internal import Shared

/// Pings as they lie in the store; those that were removed stay, so that they can be had back.
enum PingRows {
    private static let columns: SQL =
        "id, guild, channel, every, rule, zone, quiet, since, top, period, body, state, trouble, version"

    static func all(of guild: ID<Guild>, in store: any Connection) throws -> [Ping] {
        try store.all(
            "SELECT \(columns) FROM pings_pings WHERE guild = \(guild) AND state <> 'removed' ORDER BY id", read
        ).compactMap(\.self)
    }

    /// The ping of this number in the turn's server; a removed one only when it is asked for.
    static func require(_ id: Int, _ turn: Turn, removed: Bool = false) throws -> Ping {
        let guild = try turn.requireGuild()
        guard let ping = try find(Int64(id), in: turn.store), ping.guild == guild, removed || ping.state != .removed else {
            throw Refusal(
                .notFound, "There is no ping \(id) here.", hint: "See them all with pings list.", field: "id")
        }
        return ping
    }

    static func find(_ id: Int64, in store: any Connection) throws -> Ping? {
        try store.first("SELECT \(columns) FROM pings_pings WHERE id = \(id)", read).flatMap(\.self)
    }

    /// Answers its number.
    static func insert(_ ping: Ping, in store: any Connection) throws -> Int64 {
        try store.first(
            """
            INSERT INTO pings_pings (guild, channel, every, rule, zone, quiet, since, top, period, body, state, version)
            VALUES (\(ping.guild), \(ping.channel), \(ping.rhythm.every), \(ping.rhythm.rule), \(ping.zone), \(ping.quiet),
                \(ping.since), \(ping.top), \(ping.period.rawValue), \(ping.body), \(ping.state.rawValue), 1) RETURNING id
            """
        ) { $0.int(0) } ?? 0
    }

    /// Writes it back, one version on.
    static func update(_ ping: Ping, in store: any Connection) throws {
        try store.run(
            """
            UPDATE pings_pings SET channel = \(ping.channel), every = \(ping.rhythm.every), rule = \(ping.rhythm.rule),
                zone = \(ping.zone), quiet = \(ping.quiet), since = \(ping.since), top = \(ping.top),
                period = \(ping.period.rawValue), body = \(ping.body), state = \(ping.state.rawValue),
                trouble = \(ping.trouble), version = version + 1 WHERE id = \(ping.id)
            """)
    }

    private static func read(_ row: any Row) -> Ping? {
        guard let guild: ID<Guild> = row.id(1), let channel: ID<Channel> = row.id(2) else { return nil }
        let every = row.optionalInt(3).map { Rhythm.every(.milliseconds($0)) }
        return Ping(
            id: row.int(0), guild: guild, channel: channel, rhythm: every ?? .rule(row.text(4)), zone: row.text(5),
            quiet: row.optionalText(6), since: row.instant(7), top: Int(row.int(8)),
            period: Period(rawValue: row.text(9)) ?? .week, body: row.optionalText(10),
            state: Ping.State(rawValue: row.text(11)) ?? .paused, trouble: row.optionalText(12), version: row.int(13))
    }
}
