internal import Kit
internal import Shared

/// What has been made of which announcement: each message once.
struct Announced {
    enum State: String {
        /// There is a reminder of it.
        case made
        /// Staff is asked.
        case proposed
        /// Staff said no.
        case dismissed
        /// Its message is gone.
        case gone
    }

    var guild: ID<Guild>
    var channel: ID<Channel>
    var message: ID<Message>
    var state: State
    var reminder: Int64?
    /// What it was read as, so that an edit that changes nothing of it is known.
    var reading: String

    static func find(_ message: ID<Message>, in store: any Connection) throws -> Announced? {
        try store.first(
            "SELECT guild, channel, state, reminder, reading FROM reminders_announcements WHERE message = \(message)"
        ) { row -> Announced? in
            guard let guild: ID<Guild> = row.id(0), let channel: ID<Channel> = row.id(1) else { return nil }
            return Announced(
                guild: guild, channel: channel, message: message, state: State(rawValue: row.text(2)) ?? .dismissed,
                reminder: row.optionalInt(3), reading: row.text(4))
        } ?? nil
    }

    func write(at now: Instant, to store: any Connection) throws {
        try store.run(
            """
            INSERT INTO reminders_announcements (message, guild, channel, state, reminder, reading, at)
            VALUES (\(message), \(guild), \(channel), \(state.rawValue), \(reminder.map(SQLValue.int) ?? .null), \(reading), \(now))
            ON CONFLICT (message) DO UPDATE SET state = excluded.state, reminder = excluded.reminder, reading = excluded.reading
            """)
    }

    var link: String { "https://discord.com/channels/\(guild)/\(channel)/\(message)" }
}
