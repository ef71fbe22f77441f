internal import Kit
internal import Shared

/// When one timer's work comes round: counted from its schedule and never from now, so that nothing drifts, and looking no
/// further than it must, so that a clock that was years wrong costs no more than one that is right.
struct Schedule {
    private let due: Timers.Due
    private let every: Duration?

    init(_ due: Timers.Due, every: Duration?) {
        self.due = due
        self.every = every
    }

    /// This occurrence is not worth running any more; where to go on, if anywhere.
    struct PassedOver {
        var next: Instant?
    }

    private var comesAgain: Bool { due.recurrence != nil || every != nil }

    /// The occurrence that runs now; of several missed ones the newest, for a job that runs once for all of them.
    func meant(_ now: Instant, _ late: Late) throws -> Instant {
        guard late == .once, let newest = try newest(1, upTo: now).first, !due.fired.contains(newest) else { return due.at }
        return newest
    }

    /// The next occurrence; after one that runs for all that were missed, the first that is still to come.
    func following(_ now: Instant, _ late: Late) throws -> Instant? {
        try next(after: late == .once ? max(due.at, now) : due.at)
    }

    /// Nil when this occurrence runs. Of what is worth it however late, only the
    /// newest are made up for: a clock that was years ahead is no flood.
    func passedOver(_ now: Instant, _ late: Late) throws -> PassedOver? {
        switch late {
        case .once: return nil
        case .within(let patience):
            guard now - due.at > patience else { return nil }
            return PassedOver(next: try next(after: max(due.at, now - patience - .milliseconds(1))))
        case .always:
            let missed = try newest(Timers.memory, upTo: now)
            guard missed.count == Timers.memory, let first = missed.first, first > due.at else { return nil }
            return PassedOver(next: first)
        }
    }

    /// The first occurrence by this clock that has not run.
    func firstNotRun(after now: Instant) throws -> Instant? {
        if let every {
            let steps = (due.at - now).milliseconds / every.milliseconds
            let earliest = due.at - .milliseconds(steps * every.milliseconds)
            return (0...Timers.memory).lazy.map { earliest + .milliseconds(Int64($0) * every.milliseconds) }
                .first { $0 > now && !due.fired.contains($0) }
        }
        guard let rule = due.recurrence else { return nil }
        return try Recurrences.occurrences(of: rule, after: now, count: Timers.memory + 1).first { !due.fired.contains($0) }
    }

    private func next(after moment: Instant) throws -> Instant? {
        if let rule = due.recurrence { return try Recurrences.occurrences(of: rule, after: moment, count: 1).first }
        guard let every else { return nil }
        let steps = max(0, (moment - due.at).milliseconds / every.milliseconds) + 1
        return due.at + .milliseconds(steps * every.milliseconds)
    }

    /// The last occurrences from this one up to a moment, in order.
    private func newest(_ count: Int, upTo now: Instant) throws -> [Instant] {
        guard comesAgain, now > due.at else { return [due.at] }
        if let every {
            let steps = (now - due.at).milliseconds / every.milliseconds
            return (max(0, steps - Int64(count) + 1)...steps).map { due.at + .milliseconds($0 * every.milliseconds) }
        }
        guard let rule = due.recurrence else { return [due.at] }
        var window = 1.hours
        while true {
            let start = max(due.at - .milliseconds(1), now - window)
            let found = try Recurrences.occurrences(of: rule, after: start, upTo: now)
            if found.count >= count || start < due.at { return found.isEmpty ? [due.at] : found.suffix(count) }
            window = window * 4
        }
    }
}
