internal import Kit
internal import Shared

/// The message with the button that everybody begins at, and what a server's onboarding remembers beside it.
struct Poster: Hashable, Sendable {
    enum State: String, Sendable {
        /// There is none yet.
        case none
        /// The channel is being looked through for one that is there already.
        case searching
        case posting, posted
        /// Somebody deleted it, or its channel.
        case gone
    }

    var guild: ID<Guild>
    /// Who joined before is left alone.
    var since: Instant
    var channel: ID<Channel>?
    var message: ID<Message>?
    var state = State.none
    /// The message says less than is known.
    var isStale = false
    /// When the last greeting was written.
    var greeted = Instant(milliseconds: 0)
    var trouble: String?
    var version: Int64 = 0

    /// Whether there is anything to lead somebody to.
    func isSetUp(_ turn: Turn) -> Bool { state != .none || turn[Onboarding.greets] != .no }
}

enum NoticeRows {
    private static let columns: SQL = "guild, since, channel, message, state, stale, greeted, trouble, version"

    static func find(_ guild: ID<Guild>, in store: any Connection) throws -> Poster? {
        try store.first("SELECT \(columns) FROM onboarding_notices WHERE guild = \(guild)", read).flatMap(\.self)
    }

    static func showing(_ message: ID<Message>, in store: any Connection) throws -> Poster? {
        try store.first("SELECT \(columns) FROM onboarding_notices WHERE message = \(message)", read).flatMap(\.self)
    }

    /// The poster of the turn's server; where there is none yet, joins are looked at from now on.
    static func here(_ turn: Turn) throws -> Poster {
        let guild = try turn.requireGuild()
        return try find(guild, in: turn.store) ?? Poster(guild: guild, since: turn.now + turn.late)
    }

    /// Writes it, one version on.
    static func write(_ one: Poster, in store: any Connection) throws {
        try store.run(
            """
            INSERT INTO onboarding_notices (guild, since, channel, message, state, stale, greeted, trouble, version)
            VALUES (\(one.guild), \(one.since), \(one.channel), \(one.message), \(one.state.rawValue), \(one.isStale),
                \(one.greeted), \(one.trouble), 1)
            ON CONFLICT (guild) DO UPDATE SET since = excluded.since, channel = excluded.channel, message = excluded.message, state = excluded.state,
                stale = excluded.stale, greeted = excluded.greeted, trouble = excluded.trouble,
                version = onboarding_notices.version + 1
            """)
    }

    private static func read(_ row: any Row) -> Poster? {
        guard let guild: ID<Guild> = row.id(0) else { return nil }
        return Poster(
            guild: guild, since: row.instant(1), channel: row.id(2), message: row.id(3),
            state: Poster.State(rawValue: row.text(4)) ?? .none, isStale: row.flag(5), greeted: row.instant(6),
            trouble: row.optionalText(7), version: row.int(8))
    }
}
