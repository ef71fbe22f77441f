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
                try sums(of: min(days ?? furthest, furthest), only, worth, turn) { _ in 1 }
            },
            Measure("score", "The score by other weights", unit: "points") { turn, _, only in
                let today = turn.activityRules.zone.day(of: turn.now)
                let shares = (0...furthest).map { power(decay, $0) }
                return try sums(of: furthest, only, worth, turn) { shares[max(0, min(furthest, today - $0))] }
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

    /// What the last days come to, each with its share; what staff have set on top of them stays.
    private static func sums(
        of days: Int, _ only: ID<Member>?, _ worth: SQL, _ turn: Turn, share: (Day) -> Double
    ) throws -> Column {
        let guild = try turn.requireGuild()
        try turn.hot(ActivityBook.self).settle(to: turn.store)
        let which: SQL = """
            WHERE guild = \(guild) \(span(days, turn.activityRules.zone.day(of: turn.now))) \(one(only))
            """
        var sums: [Int64: Double] = [:]
        func add(_ row: any Row) {
            sums[row.int(0), default: 0] += row.double(2) * share(Day(number: Int32(truncatingIfNeeded: row.int(1))))
        }
        try turn.store.each("SELECT member, day, \(worth) FROM activity_ledger \(which)", add)
        try turn.store.each("SELECT member, day, points / 1000.0 FROM activity_corrections \(which)", add)
        var column = Column()
        for (member, sum) in sums.sorted(by: { $0.key < $1.key }) { column.append(member, sum) }
        return column
    }
}
