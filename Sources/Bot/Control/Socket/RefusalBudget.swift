package import Machine

/// How many refusals of one user are written down: an audit is no place for a flood.
package struct RefusalBudget {
    private static let perMinute = 10
    private static let mostUsers = 1024
    private var seen: [UInt32: (since: MonotonicTime, count: Int, skipped: Int)] = [:]

    package init() {}

    /// Nil when this one is only counted; else how many were left out before it.
    package mutating func spend(_ user: UInt32, now: MonotonicTime) -> Int? {
        var entry = seen[user] ?? (now, 0, 0)
        if now.milliseconds(since: entry.since) >= 60_000 { entry = (now, 0, entry.skipped) }
        entry.count += 1
        let isOver = entry.count > Self.perMinute
        let skipped = entry.skipped
        entry.skipped = isOver ? skipped + 1 : 0
        if seen[user] == nil && seen.count >= Self.mostUsers {
            seen = seen.filter { now.milliseconds(since: $0.value.since) < 60_000 }
            if seen.count >= Self.mostUsers { return nil }
        }
        seen[user] = entry
        return isOver ? nil : skipped
    }
}
