internal import Machine

/// How often each key was used lately. What is left comes back evenly: a key that may ask sixty times a minute may ask again
/// after a second.
struct KeyBudgets {
    private struct Budget {
        var left: Double
        var seen: MonotonicTime
    }

    private var budgets: [Int64: Budget] = [:]

    /// Takes one request; the seconds to wait where there is none left.
    mutating func spend(_ key: Int64, limit: Int, at now: MonotonicTime) -> Int? {
        let rate = Double(limit) / 60_000
        var budget = budgets[key] ?? Budget(left: Double(limit), seen: now)
        budget.left = min(Double(limit), budget.left + Double(now.milliseconds(since: budget.seen)) * rate)
        budget.seen = now
        defer { budgets[key] = budget }
        guard budget.left >= 1 else { return max(1, Int(((1 - budget.left) / rate / 1000).rounded(.up))) }
        budget.left -= 1
        return nil
    }
}
