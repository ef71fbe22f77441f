internal import Kit
internal import Shared

extension Activity {
    /// The ledger keeps how much of each kind was done on each day, so points can be given anew by other weights: the same in all
    /// channels, since a what-if knows of no channel's own.
    static let whatIf = WhatIfReading { turn, weights, furthest in
        let rules = turn.activityRules
        let worth = worth(weights, rules)
        let decay = weights.decay ?? rules.decay
        return [
            Measure("points", "Points by other weights", unit: "points", takesDays: true) { turn, days, only in
                var column = Column()
                try eachDay(min(days ?? furthest, furthest), only, worth, turn) { member, _, points in
                    column.add(points, to: member)
                }
                return column
            },
            Measure("score", "The score by other weights", unit: "points") { turn, _, only in
                let today = turn.activityRules.zone.day(of: turn.now)
                let shares = (0...furthest).map { power(decay, $0) }
                var column = Column()
                try eachDay(furthest, only, worth, turn) { member, day, points in
                    column.add(points * shares[max(0, min(furthest, today - day))], to: member)
                }
                return column
            },
        ]
    }

    /// What a day of the ledger would be worth, in points.
    private static func worth(_ weights: WhatIfReading.Weights, _ rules: ActivityRules) -> SQL {
        func points(_ given: Double?, _ standing: Int64) -> Double { given ?? Double(standing) / 1000 }
        return """
            messages * \(points(weights.message, rules.weights.base)) + replies * \(points(weights.reply, rules.weights.reply))
            + starters * \(points(weights.starter, rules.weights.starter))
            + further * \(points(weights.channel, rules.weights.further))
            + reactions * \(points(weights.reaction, rules.reaction)) + voice * \(points(weights.voice, rules.voice) / 60_000)
            """
    }

    private static func eachDay(
        _ days: Int, _ only: ID<Member>?, _ worth: SQL, _ turn: Turn, _ body: (Int64, Day, Double) -> Void
    ) throws {
        let guild = try turn.requireGuild()
        try turn.hot(ActivityBook.self).settle(to: turn.store)
        try turn.store.each(
            """
            SELECT member, day, \(worth) FROM activity_ledger
            WHERE guild = \(guild) \(span(days, turn)) \(one(only)) ORDER BY member
            """
        ) { row in body(row.int(0), Day(number: Int32(truncatingIfNeeded: row.int(1))), row.double(2)) }
    }
}

extension Column {
    /// Days of one member come one after the other.
    fileprivate mutating func add(_ figure: Double, to member: Int64) {
        if members.last == member { addToLast(figure) } else { append(member, figure) }
    }
}
