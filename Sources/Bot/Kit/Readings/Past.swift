package import Shared

/// What was said in a channel before the house listened there: how much of it is wanted, and how far it has been read. It is
/// read from its oldest message on, so that what has been counted is as if the house had been there since.
package struct Past: Hashable, Sendable {
    package enum State: String, Hashable, Sendable, CaseIterable {
        case reading
        /// Somebody said that it is enough for now; it can go on from there.
        case stopped
        case read
        /// Discord does not let us read here.
        case refused
    }

    package var channel: ID<Channel>
    /// The oldest moment that is wanted.
    package var since: Instant
    /// All between `since` and here has been read.
    package var reached: Instant
    package var until: Instant
    /// Once that is done, all from `since` up to here has been read.
    package var covers: Instant
    package var state: State
    /// How many messages were read, counted or not.
    package var messages: Int
    /// Why it is refused.
    package var note: String?

    /// In thousandths.
    package var part: Int {
        let whole = (until - since).milliseconds
        return state == .read || whole <= 0 ? 1000 : Int((reached - since).milliseconds * 1000 / whole)
    }
}

extension Turn {
    /// What is known of the past of the turn's guild, by channel.
    package func past() throws -> [Past] {
        try store.all(
            """
            SELECT channel, since, cursor, until, covers, state, messages, note FROM house_past
            WHERE guild = \(try requireGuild()) ORDER BY channel
            """
        ) { row -> Past? in
            guard let channel = row.id(0, Channel.self) else { return nil }
            func moment(_ column: Int) -> Instant { row.id(column, Message.self)?.created ?? Instant(milliseconds: 0) }
            return Past(
                channel: channel, since: moment(1), reached: moment(2), until: moment(3), covers: moment(4),
                state: Past.State(rawValue: row.text(5)) ?? .stopped, messages: Int(row.int(6)), note: row.optionalText(7))
        }.compactMap(\.self)
    }

    /// What of a channel's past has not been read yet: what is left of a reading that was begun, else what is older than all that
    /// was read. Empty when that is nothing: what came later was heard. `again` is for when it was not, and reads all of it.
    package func pastToRead(_ known: Past?, since: Instant, again: Bool = false) -> Range<Instant> {
        let present = now + late
        let start = min(since, present)
        guard let known, !again else { return start..<present }
        if known.state != .read { return min(start, known.reached)..<max(known.until, min(start, known.reached)) }
        return min(start, known.since)..<known.since
    }

    /// Has a stretch of a channel's past read.
    package func readPast(of channel: ID<Channel>, _ stretch: Range<Instant>, known: Past?) throws {
        let since = min(known?.since ?? stretch.lowerBound, stretch.lowerBound)
        let covers = max(known?.covers ?? stretch.upperBound, stretch.upperBound)
        try store.run(
            """
            INSERT INTO house_past (guild, channel, since, cursor, until, covers, state, messages, note)
            VALUES (\(try requireGuild()), \(channel), \(ID<Message>(firstAt: since)),
                \(max(1, ID<Message>(firstAt: stretch.lowerBound).number - 1)), \(ID<Message>(firstAt: stretch.upperBound)),
                \(ID<Message>(firstAt: covers)), 'reading', 0, NULL)
            ON CONFLICT (guild, channel) DO UPDATE SET since = excluded.since, cursor = excluded.cursor, until = excluded.until,
                covers = excluded.covers, state = 'reading', note = NULL
            """)
    }

    /// Stops reading; answers how many channels were being read.
    package func stopPast() throws -> Int {
        try store.run("UPDATE house_past SET state = 'stopped' WHERE guild = \(try requireGuild()) AND state = 'reading'")
    }
}
