internal import Kit
internal import Shared

/// A ping as an admin has set it up.
struct Ping: Equatable {
    enum State: String { case on, paused, removed }

    var id: Int64 = 0
    var guild: ID<Guild>
    var channel: ID<Channel>
    var rhythm: Rhythm
    /// Where its rule and its quiet hours are read.
    var zone: String
    /// Its own quiet hours, "none", or the server's when nil.
    var quiet: String?
    /// From when its occurrences are counted.
    var since: Instant
    var top: Int
    var period: Period
    /// Its own text, or the server's when nil.
    var body: String?
    var state = State.on
    /// Why Discord did not take the last one.
    var trouble: String?
    var version: Int64 = 1

    var key: String { String(id) }
    var subject: String { "ping \(id)" }

    /// What an admin can set, as the audit and the undo know it.
    var settings: JSON {
        .fields([
            "channel": .id(channel), "every": rhythm.every.map { .string($0.exactly) },
            "rule": rhythm.rule.map(JSON.string),
            "zone": .string(zone), "quiet": .string(quiet ?? "server"), "top": .int(Int64(top)),
            "period": .string(period.rawValue), "text": .string(body ?? "server"),
        ])
    }
}

extension Ping {
    /// The next times that it comes, those in its quiet hours left out.
    func times(after: Instant, count: Int, _ turn: Turn) throws -> [Instant] {
        try rhythm.times(
            after: after, count: count, since: since, zone: zone, quiet: QuietHours(quiet ?? turn[Pings.quiet]), turn)
    }
}
