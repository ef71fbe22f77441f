internal import Kit
internal import Shared

/// When a topic comes to a channel by itself, as an admin has set it up.
struct TopicSchedule: Equatable {
    enum State: String { case on, paused, removed }

    var id: Int64 = 0
    var guild: ID<Guild>
    var channel: ID<Channel>
    var rhythm: Rhythm
    /// Any, when nil.
    var category: String?
    /// Where its rule and its quiet hours are read.
    var zone: String
    /// Its own quiet hours, "none", or the server's when nil.
    var quiet: String?
    /// From when its occurrences are counted.
    var since: Instant
    var state = State.on
    /// Why it stands still.
    var trouble: String?
    var version: Int64 = 1

    var key: String { String(id) }
    var subject: String { "topic schedule \(id)" }

    var settings: JSON {
        .fields([
            "channel": .id(channel), "every": rhythm.every.map { .string($0.exactly) },
            "rule": rhythm.rule.map { .string($0) }, "category": .string(category ?? "any"), "zone": .string(zone),
            "quiet": .string(quiet ?? "server"), "state": .string(state.rawValue),
        ])
    }

    /// The next times that it comes, those in its quiet hours left out.
    func times(after: Instant, count: Int, _ turn: Turn) throws -> [Instant] {
        let hours = QuietHours(quiet ?? turn.inside(guild)[Topics.quiet])
        return try rhythm.times(after: after, count: count, since: since, zone: zone, quiet: hours, turn)
    }
}

// MARK: - Rows

extension TopicSchedule {
    private static let columns: SQL =
        "id, guild, channel, every, rule, category, zone, quiet, since, state, trouble, version"

    static func all(of guild: ID<Guild>, in store: any Connection) throws -> [TopicSchedule] {
        try store.all(
            "SELECT \(columns) FROM topics_schedules WHERE guild = \(guild) AND state <> 'removed' ORDER BY id", read
        ).compactMap(\.self)
    }

    static func find(_ id: Int64, in store: any Connection) throws -> TopicSchedule? {
        try store.first("SELECT \(columns) FROM topics_schedules WHERE id = \(id)", read).flatMap(\.self)
    }

    /// The one of this number in the turn's server; a removed one only when it is asked for.
    static func require(_ id: Int, _ turn: Turn, removed: Bool) throws -> TopicSchedule {
        let guild = try turn.requireGuild()
        guard let found = try find(Int64(id), in: turn.store), found.guild == guild, removed || found.state != .removed else {
            throw Refusal(
                .notFound, "There is no scheduled topic \(id) here.", hint: "See them with topics schedules.", field: "id")
        }
        return found
    }

    /// Answers its number.
    func insert(in store: any Connection) throws -> Int64 {
        try store.first(
            """
            INSERT INTO topics_schedules (guild, channel, every, rule, category, zone, quiet, since, state, version)
            VALUES (\(guild), \(channel), \(rhythm.every), \(rhythm.rule), \(category), \(zone), \(quiet), \(since),
                \(state.rawValue), 1) RETURNING id
            """
        ) { $0.int(0) } ?? 0
    }

    /// Writes whether it goes on, one version on.
    func update(in store: any Connection) throws {
        try store.run(
            """
            UPDATE topics_schedules SET state = \(state.rawValue), trouble = \(trouble), version = version + 1
            WHERE id = \(id) AND guild = \(guild)
            """)
    }

    private static func read(_ row: any Row) -> TopicSchedule? {
        guard let guild: ID<Guild> = row.id(1), let channel: ID<Channel> = row.id(2) else { return nil }
        let every = row.optionalInt(3).map { Rhythm.every(.milliseconds($0)) }
        return TopicSchedule(
            id: row.int(0), guild: guild, channel: channel, rhythm: every ?? .rule(row.text(4)), category: row.optionalText(5),
            zone: row.text(6), quiet: row.optionalText(7), since: row.instant(8),
            state: State(rawValue: row.text(9)) ?? .paused, trouble: row.optionalText(10), version: row.int(11))
    }
}
