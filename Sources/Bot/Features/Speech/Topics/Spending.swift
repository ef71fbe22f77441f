internal import Kit
internal import Shared

/// What a server's day has taken of its budget.
struct Spending: Equatable {
    var requests: Int64 = 0
    var tokens: Int64 = 0
    /// Phrased topics that were taken, and lines that were not.
    var kept: Int64 = 0
    var refused: Int64 = 0
    var failed: Int64 = 0

    static func today(_ guild: ID<Guild>, _ turn: Turn) throws -> Spending {
        let day = turn.inside(guild).zone.day(of: turn.now)
        return try turn.store.first(
            """
            SELECT requests, tokens, kept, refused, failed FROM topics_spending WHERE guild = \(guild) AND day = \(day)
            """
        ) {
            Spending(requests: $0.int(0), tokens: $0.int(1), kept: $0.int(2), refused: $0.int(3), failed: $0.int(4))
        } ?? Spending()
    }

    /// Adds it to the day's.
    func note(_ guild: ID<Guild>, _ turn: Turn) throws {
        let day = turn.inside(guild).zone.day(of: turn.now)
        try turn.store.run(
            """
            INSERT INTO topics_spending (guild, day, requests, tokens, kept, refused, failed)
            VALUES (\(guild), \(day), \(requests), \(tokens), \(kept), \(refused), \(failed))
            ON CONFLICT (guild, day) DO UPDATE SET requests = topics_spending.requests + excluded.requests,
                tokens = topics_spending.tokens + excluded.tokens, kept = topics_spending.kept + excluded.kept,
                refused = topics_spending.refused + excluded.refused, failed = topics_spending.failed + excluded.failed
            """)
    }
}
