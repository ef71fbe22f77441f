package import Shared

/// How something comes round by itself: every so often, or by a rule on the clocks of a zone.
package enum Rhythm: Hashable, Sendable {
    case every(Duration)
    case rule(String)

    /// Of what was given for `every` and `rule`: one of them, and not both.
    package init(every: Duration?, rule: String?) throws(Refusal) {
        switch (every, rule) {
        case (let every?, nil): self = .every(every)
        case (nil, let rule?): self = .rule(rule)
        case (nil, nil):
            throw .invalid("Say when it comes.", field: "every", hint: "Such as every: 6h, or rule: daily 18:00.")
        case (.some, .some):
            throw .invalid("It comes every so often or by a rule, not both.", field: "rule", hint: "Leave one of them out.")
        }
    }

    package var spelled: String {
        switch self {
        case .every(let time): "every " + time.spelled
        case .rule(let rule): Kit.spelled(rule: rule, withClock: true)
        }
    }

    package var every: Duration? { if case .every(let time) = self { time } else { nil } }
    package var rule: String? { if case .rule(let rule) = self { rule } else { nil } }
}

// MARK: - Times

extension Rhythm {
    /// Occurrences that are looked at before a rhythm is said never to come.
    private static let patience = 3000

    /// The next times, counted from `since`; those in the quiet hours are left out.
    package func times(
        after: Instant, count: Int, since: Instant, zone name: String, quiet: QuietHours?, _ turn: Turn
    ) throws -> [Instant] {
        let zone = (try? Zone(named: name)) ?? .utc
        var found: [Instant] = []
        var last = after
        var seen = 0
        while found.count < count, seen < Self.patience {
            let page = try page(after: last, since, name, turn)
            guard let end = page.last else { break }
            seen += page.count
            last = end
            found += page.filter { at in quiet.map { !$0.contain(zone.wallTime(at: at)) } ?? true }
        }
        return Array(found.prefix(count))
    }

    private func page(after: Instant, _ since: Instant, _ zone: String, _ turn: Turn) throws -> [Instant] {
        switch self {
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
