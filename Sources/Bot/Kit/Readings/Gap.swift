package import Shared

/// A time in which no session stood. What was said in it is fetched back; what Discord tells nobody afterwards stays unknown.
package struct Gap: Hashable, Sendable {
    package enum State: String, Hashable, Sendable {
        /// No session stands yet.
        case open
        /// Messages are being fetched back.
        case filling
        case filled
        /// From a release that fetched nothing back.
        case missed
    }

    package var shard: Int
    package var began: Instant
    package var ended: Instant?
    package var reason: String
    package var state: State
    package var filled: Instant?
    /// How many messages were fetched back.
    package var messages: Int
    /// Channels that the bot may not read back.
    package var channelsUnread: Int

    /// What of this time does not count, in words.
    package var notCounted: [String] {
        let known = ["reactions", "voice"]
        switch state {
        case .open, .filling, .missed: return ["messages"] + known
        case .filled:
            return (channelsUnread > 0 ? ["messages of \(channelsUnread) \(channelsUnread == 1 ? "channel" : "channels")"] : [])
                + known
        }
    }
}

extension Turn {
    /// The gaps that reach into the time from here on, newest first; two hundred at most. In a guild, only those of its shard.
    package func gaps(since moment: Instant) throws -> [Gap] {
        let found = try store.all(
            """
            SELECT shard, began, ended, reason, state, filled, messages, unread FROM house_gaps
            WHERE ended IS NULL OR ended >= \(moment) ORDER BY id DESC LIMIT 200
            """
        ) { row in
            Gap(
                shard: Int(row.int(0)), began: row.instant(1), ended: row.optionalInt(2).map(Instant.init(milliseconds:)),
                reason: row.text(3), state: Gap.State(rawValue: row.text(4)) ?? .missed,
                filled: row.optionalInt(5).map(Instant.init(milliseconds:)), messages: Int(row.int(6)),
                channelsUnread: Int(row.int(7)))
        }
        guard let guild else { return found }
        let shards = try store.first("SELECT MAX(shards) FROM house_sessions") { $0.int(0) } ?? 1
        return found.filter { Int64($0.shard) == (guild.number >> 22) % max(1, shards) }
    }
}
