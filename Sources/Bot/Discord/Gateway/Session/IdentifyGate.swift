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

/// Where the budget outlives the process, so that a crash loop cannot overdraw it. Both are asked on the net thread and
/// must not wait.
package protocol IdentifyLedger: Sendable {
    func budget() -> IdentifyBudget?
    func keep(_ budget: IdentifyBudget)
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

    private static let spacing = 5_000
    private let reserve = 200
    package var concurrency = 1
    package private(set) var budget: IdentifyBudget?
    private var last: [Int: MonotonicTime] = [:]

    package init(budget: IdentifyBudget? = nil) { self.budget = budget }

    /// What Discord just told.
    package mutating func learn(_ told: IdentifyBudget, concurrency: Int) {
        self.concurrency = max(1, concurrency)
        budget = told
    }

    package mutating func ask(shard: Int, now: MonotonicTime, wall: Instant) -> Verdict {
        if let last = last[shard % concurrency], now < last.adding(milliseconds: Self.spacing) {
            return .notBefore(last.adding(milliseconds: Self.spacing))
        }
        if var left = budget {
            if wall >= left.resets { left = IdentifyBudget(total: left.total, remaining: left.total, resets: wall + 1.days) }
            guard left.remaining > min(reserve, left.total / 5) else {
                budget = left
                return .exhausted(left)
            }
            left.remaining -= 1
            budget = left
        }
        last[shard % concurrency] = now
        return .open
    }
}
