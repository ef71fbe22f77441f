internal import Kit
internal import Shared

/// A ping as an admin has set it up.
struct Ping: Equatable {
    enum Rhythm: Equatable {
        case every(Duration)
        case rule(String)
    }

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

    var spelledRhythm: String {
        switch rhythm {
        case .every(let time): "every " + time.spelled
        case .rule(let rule): rule
        }
    }

    /// What an admin can set, as the audit and the undo know it.
    var settings: JSON {
        .fields([
            "channel": .id(channel), "every": every.map { .string($0.exactly) }, "rule": rule.map(JSON.string),
            "zone": .string(zone), "quiet": .string(quiet ?? "server"), "top": .int(Int64(top)),
            "period": .string(period.rawValue), "text": .string(body ?? "server"),
        ])
    }

    var every: Duration? { if case .every(let time) = rhythm { time } else { nil } }
    var rule: String? { if case .rule(let rule) = rhythm { rule } else { nil } }
}

// MARK: - Times

extension Ping {
    /// Occurrences that are looked at before a ping is said never to come.
    private static let patience = 3000

    /// The next times that it comes, those in its quiet hours left out.
    func times(after: Instant, count: Int, _ turn: Turn) throws -> [Instant] {
        let zone = (try? Zone(named: zone)) ?? .utc
        let quiet = (quiet ?? turn[Pings.quiet]).flatMapQuiet
        var found: [Instant] = []
        var last = after
        var seen = 0
        while found.count < count, seen < Self.patience {
            let page = try page(after: last, turn)
            guard let end = page.last else { break }
            seen += page.count
            last = end
            found += page.filter { at in quiet.map { !$0.contain(zone.wallTime(at: at)) } ?? true }
        }
        return Array(found.prefix(count))
    }

    private func page(after: Instant, _ turn: Turn) throws -> [Instant] {
        switch rhythm {
        case .rule(let rule):
            return try turn.house.occurrences(
                of: Recurrence(rule: rule, start: since, zone: zone), after: after, count: 50)
        case .every(let time):
            let step = time.milliseconds
            let passed = max(0, (max(after, since) - since).milliseconds / step)
            return (1...50).map { since + .milliseconds((passed + Int64($0)) * step) }
        }
    }
}

extension String {
    fileprivate var flatMapQuiet: QuietHours? { QuietHours(self) }
}
