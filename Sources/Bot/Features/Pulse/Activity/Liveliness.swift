internal import Kit
internal import Shared

extension Activity {
    /// What others may show of a server's day.
    static let liveliness = ActivityReading { turn, guild in
        try turn.hot(ActivityBook.self).settle(to: turn.store)
        let local = turn.inside(guild)
        let today = local.zone.wallTime(at: turn.now).day
        let sums = try turn.store.first(
            """
            SELECT COALESCE(SUM(messages), 0), COALESCE(SUM(points), 0) FROM activity_ledger
            WHERE guild = \(guild) AND day = \(today)
            """
        ) { ActivityReading.Today(messages: $0.int(0), points: $0.int(1)) }
        return sums ?? .init(messages: 0, points: 0)
    }
}
