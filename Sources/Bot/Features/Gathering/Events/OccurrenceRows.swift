internal import Kit
internal import Shared

/// Occurrences as they lie in the store, by event and by the time that their rule gives them.
enum OccurrenceRows {
    private static let columns: SQL =
        "meeting, guild, at, starts, ends, state, channel, message, space, space_kind, native, native_repeats, stale"

    static func find(_ key: Occurrence.Key, in store: any Connection) throws -> Occurrence? {
        try one("meeting = \(key.meeting) AND at = \(key.at)", in: store)
    }

    /// The one that is announced and not over.
    static func live(_ meeting: Int64, in store: any Connection) throws -> Occurrence? {
        try one("meeting = \(meeting) AND state IN ('open', 'running') ORDER BY starts", in: store)
    }

    static func announced(by message: ID<Message>, in store: any Connection) throws -> Occurrence? {
        try one("message = \(message)", in: store)
    }

    /// The last one that was held.
    static func last(_ meeting: Int64, in store: any Connection) throws -> Occurrence? {
        try one("meeting = \(meeting) AND state = 'over' ORDER BY starts DESC", in: store)
    }

    static func all(of meeting: Int64, in store: any Connection) throws -> [Occurrence] {
        try some("meeting = \(meeting) ORDER BY at", in: store)
    }

    static func running(in guild: ID<Guild>, _ store: any Connection) throws -> [Occurrence] {
        try some("guild = \(guild) AND state = 'running'", in: store)
    }

    static func write(_ one: Occurrence, in store: any Connection) throws {
        try store.run(
            """
            INSERT INTO events_occurrences (\(columns)) VALUES (\(one.meeting), \(one.guild), \(one.at), \(one.starts),
                \(one.ends), \(one.state.rawValue), \(one.channel), \(one.message),
                \(asked(one.space, one.isOpening)), \(one.spaceKind?.rawValue),
                \(asked(one.native, one.isListing)), \(one.nativeRepeats), \(one.isStale))
            ON CONFLICT (meeting, at) DO UPDATE SET starts = excluded.starts, ends = excluded.ends, state = excluded.state,
                channel = excluded.channel, message = excluded.message, space = excluded.space,
                space_kind = excluded.space_kind, native = excluded.native, native_repeats = excluded.native_repeats,
                stale = excluded.stale
            """)
    }

    /// Gives an occurrence, and all that hangs on it, another time of its rule.
    static func rename(_ key: Occurrence.Key, to at: Instant, in store: any Connection) throws {
        guard key.at != at else { return }
        let tables: [StaticString] = ["events_occurrences", "events_answers", "events_reminders", "events_attendance"]
        for table in tables {
            try store.run("DELETE FROM \(words: table) WHERE meeting = \(key.meeting) AND at = \(at)")
            try store.run("UPDATE \(words: table) SET at = \(at) WHERE meeting = \(key.meeting) AND at = \(key.at)")
        }
    }

    /// At another time its reminders come again.
    static func forgetReminders(of key: Occurrence.Key, in store: any Connection) throws {
        try store.run("DELETE FROM events_reminders WHERE meeting = \(key.meeting) AND at = \(key.at)")
    }

    static func delete(_ key: Occurrence.Key, in store: any Connection) throws {
        try store.run("DELETE FROM events_occurrences WHERE meeting = \(key.meeting) AND at = \(key.at)")
    }

    private static func one(_ condition: SQL, in store: any Connection) throws -> Occurrence? {
        try store.first("SELECT \(columns) FROM events_occurrences WHERE \(condition) LIMIT 1", read).flatMap(\.self)
    }

    private static func some(_ condition: SQL, in store: any Connection) throws -> [Occurrence] {
        try store.all("SELECT \(columns) FROM events_occurrences WHERE \(condition)", read).compactMap(\.self)
    }

    private static func read(_ row: any Row) -> Occurrence? {
        guard let guild: ID<Guild> = row.id(1), let channel: ID<Channel> = row.id(6) else { return nil }
        return Occurrence(
            meeting: row.int(0), guild: guild, at: row.instant(2), starts: row.instant(3), ends: row.instant(4),
            state: Occurrence.State(rawValue: row.text(5)) ?? .over, channel: channel, message: row.id(7), space: row.id(8),
            spaceKind: row.optionalText(9).flatMap(SpaceKind.init), native: row.id(10), nativeRepeats: row.flag(11),
            isListing: row.optionalInt(10) == 0, isOpening: row.optionalInt(8) == 0, isStale: row.flag(12))
    }

    /// What was asked for and is not there yet is 0.
    private static func asked<Kind>(_ id: ID<Kind>?, _ isAsked: Bool) -> SQLValue {
        id.map { .int($0.number) } ?? (isAsked ? .int(0) : .null)
    }
}
