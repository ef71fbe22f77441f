internal import Kit
internal import Shared

/// One time at which a reminder comes.
struct Coming: Equatable {
    enum Kind: String { case ahead, start, again, snoozed }

    var at: Instant
    var kind: Kind
    /// The moment that it speaks of; nil when it speaks of none.
    var event: Instant?
}

extension Reminder {
    /// The next times, what was put off included.
    func coming(after moment: Instant, count: Int, _ turn: Turn) throws -> [Coming] {
        var found: [Coming] =
            switch course {
            case .once(let at, let ahead):
                [Coming(at: at - ahead, kind: .ahead, event: shown(at)), Coming(at: at, kind: .start, event: shown(at))]
                    .filter { $0.at > moment && ($0.kind == .start || ahead > .zero) }
            case .rule(let rule, let since, let skipped):
                try turn.house.occurrences(
                    of: Recurrence(rule: rule, start: since, zone: zone, except: skipped), after: moment, count: count
                ).map { Coming(at: $0, kind: .again, event: call == nil ? nil : shown($0)) }
            }
        if let snoozed, snoozed > moment {
            found.append(Coming(at: snoozed, kind: .snoozed, event: once))
            found.sort { $0.at < $1.at }
        }
        return Array(found.prefix(count))
    }

    var once: Instant? { if case .once(let at, _) = course { at } else { nil } }

    /// What comes at exactly this moment, by now the newest of what was missed: of a rule's many times in an absence one is told
    /// of. `missed` is how many there were before it.
    func due(at moment: Instant, now: Instant, _ turn: Turn) throws -> (coming: Coming, missed: Int)? {
        guard let first = try coming(after: moment - .milliseconds(1), count: 1, turn).first, first.at == moment else {
            return nil
        }
        guard first.kind == .again, now - moment >= 1.hours else { return (first, 0) }
        let since = max(moment, now - Self.memory)
        let late = try coming(after: since, count: Self.most, turn).filter { $0.kind == .again && $0.at <= now }
        return (late.last ?? first, late.count)
    }

    /// What was missed longer ago is not counted; rules come every hour at the most.
    private static let memory = 31.days
    private static let most = 31 * 24 + 1

    /// The moment that is shown for one at which it comes: the time of day that was called, at or after it.
    private func shown(_ at: Instant) -> Instant {
        guard let call, let clocks = try? Zone(named: zone) else { return at }
        let wall = clocks.wallTime(at: at)
        let sameDay = clocks.instant(at: WallTime(wall.day, hour: call / 60, minute: call % 60))
        return sameDay >= at - 1.minutes
            ? sameDay : clocks.instant(at: WallTime(wall.day + 1, hour: call / 60, minute: call % 60))
    }
}
