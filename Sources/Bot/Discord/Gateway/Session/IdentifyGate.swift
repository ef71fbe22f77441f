package import Machine
package import Shared

/// How many sessions may still be begun. Discord counts over a day and takes the token away when it is overdrawn.
package struct IdentifyBudget: Hashable, Sendable {
    package var total: Int
    package var remaining: Int
    package var resets: Instant

    package init(total: Int, remaining: Int, resets: Instant) {
        self.total = total
        self.remaining = remaining
        self.resets = resets
    }
}

/// All that must be known of sessions begun before the next one may be, also by the next process.
package struct IdentifyRecord: Hashable, Sendable {
    package var budget: IdentifyBudget?
    package var concurrency: Int
    /// When a session was last begun under each concurrency key.
    package var begun: [Int: Instant]

    package init(budget: IdentifyBudget? = nil, concurrency: Int = 1, begun: [Int: Instant] = [:]) {
        self.budget = budget
        self.concurrency = concurrency
        self.begun = begun
    }
}

/// Where the record outlives the process, so that a crash loop can neither overdraw the budget nor begin sessions too fast.
/// Both are asked on the net thread and must not wait.
package protocol IdentifyLedger: Sendable {
    func record() -> IdentifyRecord?
    func keep(_ record: IdentifyRecord)
}

/// Lets sessions begin one after the other: one for each concurrency key in five seconds, in order of shards, and none
/// once the budget is down to its reserve.
package struct IdentifyGate: Sendable {
    package enum Verdict: Equatable, Sendable {
        case open
        case notBefore(MonotonicTime)
        /// Too few are left; the wall clock tells when there will be more.
        case exhausted(IdentifyBudget)
    }

    /// Discord asks for five seconds by its own clock; the way there is not always equally long.
    private static let spacing: Duration = .milliseconds(5_250)
    /// Two words about the same day may differ by this much on when it ends.
    private static let sameDay: Duration = .seconds(60)
    private let reserve = 200
    package private(set) var record: IdentifyRecord
    package var budget: IdentifyBudget? { record.budget }
    /// When a key may be used next, by the clock that does not jump.
    private var free: [Int: MonotonicTime] = [:]

    /// Goes on where the process before stopped. What it began a moment ago counts, also when the wall's clock has been turned
    /// back since.
    package init(record: IdentifyRecord? = nil, now: MonotonicTime = MonotonicTime(nanoseconds: 0), wall: Instant? = nil) {
        self.record = record ?? IdentifyRecord()
        guard let wall else { return }
        for (key, begun) in self.record.begun {
            let left = min(Self.spacing - (wall - begun), Self.spacing)
            if left > .zero { free[key] = now.adding(milliseconds: Int(left.milliseconds)) }
        }
    }

    /// What Discord just told. Of the same day the smaller number counts: ours knows of sessions that Discord may not have
    /// counted yet.
    package mutating func learn(_ told: IdentifyBudget, concurrency: Int) {
        record.concurrency = max(1, concurrency)
        var budget = told
        if let ours = record.budget, abs((ours.resets - told.resets).milliseconds) <= Self.sameDay.milliseconds {
            budget.remaining = min(ours.remaining, told.remaining)
        }
        record.budget = budget
    }

    package mutating func ask(shard: Int, now: MonotonicTime, wall: Instant) -> Verdict {
        let key = shard % record.concurrency
        if let free = free[key], now < free { return .notBefore(free) }
        if var left = record.budget {
            if wall >= left.resets { left = IdentifyBudget(total: left.total, remaining: left.total, resets: wall + 1.days) }
            guard left.remaining > min(reserve, left.total / 5) else {
                record.budget = left
                return .exhausted(left)
            }
            left.remaining -= 1
            record.budget = left
        }
        free[key] = now.adding(milliseconds: Int(Self.spacing.milliseconds))
        record.begun[key] = wall
        return .open
    }
}
