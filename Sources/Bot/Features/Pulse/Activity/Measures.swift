internal import Kit
internal import Shared

extension Activity {
    /// What activity knows of members, by name, for rules and reports of others.
    static let measures = MeasureReading(
        .days("points", "Points, as they were given", unit: "points", "points", ever: { Double($0.points) / 1000 }, per: 1000),
        .days("messages", "Messages", unit: "messages", "messages", ever: { Double($0.messages) }),
        .days("replies", "Replies to others", unit: "messages", "replies"),
        .days("voice", "Minutes in voice", unit: "minutes", "voice", per: 60_000),
        .days(
            "active_days", "Days with a message, a reaction or voice", unit: "days",
            "CASE WHEN messages + reactions + voice > 0 THEN 1 ELSE 0 END"),
        channels,
        .standing("score", "Points, each day's worth less as days pass", unit: "points") { standing, moment in
            standing.score(on: moment.today, decay: moment.rules.decay) / 1000
        },
        .standing("momentum", "Points of late", unit: "points") { standing, moment in
            standing.momentum.value(at: moment.now, moment.rules.momentum) / 1000
        },
        .standing("influence", "Replies and reactions of others, of late", unit: "answers") { standing, moment in
            standing.influence.value(at: moment.now, moment.rules.influence)
        },
        .standing("streak", "Days in a row", unit: "days") { standing, moment in
            Double(standing.streak(on: moment.today, window: moment.rules.window))
        },
        .standing("best_streak", "The longest time of days in a row", unit: "days") { standing, _ in Double(standing.best) },
        .standing("idle", "Days since the last message", unit: "days") { standing, moment in
            Double(max(0, moment.today - moment.rules.zone.day(of: Instant(milliseconds: standing.lastAt))))
        })

    /// Which channels a member has spoken in lies packed in their days.
    private static let channels = Measure(
        "channels", "Different channels that they spoke in", unit: "channels", takesDays: true
    ) { turn, days, only in
        let guild = try turn.requireGuild()
        try turn.hot(ActivityBook.self).settle(to: turn.store)
        var column = Column()
        var (member, spoken): (Int64, Set<Int64>) = (0, [])
        try turn.store.each(
            """
            SELECT member, places FROM activity_ledger WHERE guild = \(guild) \(span(days, turn)) \(one(only)) AND messages > 0
            ORDER BY member
            """
        ) { row in
            if row.int(0) != member {
                if member != 0 { column.append(member, Double(spoken.count)) }
                (member, spoken) = (row.int(0), [])
            }
            for place in DayPlaces(row.bytes(1)).all where place.tally.messages > 0 { spoken.insert(place.channel) }
        }
        if member != 0 { column.append(member, Double(spoken.count)) }
        return column
    }

    /// The last so many days, today among them.
    static func span(_ days: Int?, _ turn: Turn) -> SQL {
        guard let days else { return "" }
        return "AND day > \(turn.activityRules.zone.day(of: turn.now) - days)"
    }

    static func one(_ member: ID<Member>?) -> SQL { member.map { "AND member = \($0)" } ?? "" }
}

/// What a standing is looked at with.
private struct Moment {
    let now: Int64
    let today: Day
    let rules: ActivityRules
}

extension Measure {
    /// The sum of a column of the ledger. Where a standing knows the sum of all days, those are not gone through.
    fileprivate static func days(
        _ name: String, _ summary: String, unit: String, _ figure: StaticString,
        ever: (@Sendable (Standing) -> Double)? = nil, per share: Double = 1
    ) -> Measure {
        let whole = ever.map { ever in standing(name, summary, unit: unit) { standing, _ in ever(standing) } }
        return Measure(name, summary, unit: unit, takesDays: true) { turn, days, only in
            if days == nil, let whole { return try whole.column(turn, nil, only) }
            let guild = try turn.requireGuild()
            try turn.hot(ActivityBook.self).settle(to: turn.store)
            var column = Column()
            try turn.store.each(
                """
                SELECT member, SUM(\(words: figure)) FROM activity_ledger
                WHERE guild = \(guild) \(Activity.span(days, turn)) \(Activity.one(only)) GROUP BY member ORDER BY member
                """
            ) { row in column.append(row.int(0), row.double(1) / share) }
            return column
        }
    }

    /// A figure of a member's standing.
    fileprivate static func standing(
        _ name: String, _ summary: String, unit: String, _ figure: @escaping @Sendable (Standing, Moment) -> Double
    ) -> Measure {
        Measure(name, summary, unit: unit) { turn, _, only in
            let guild = try turn.requireGuild()
            try turn.hot(ActivityBook.self).settle(to: turn.store)
            let rules = turn.activityRules
            let moment = Moment(now: turn.now.milliseconds, today: rules.zone.day(of: turn.now), rules: rules)
            var column = Column()
            try turn.store.each(
                """
                SELECT member, points, messages, score, score_day, streak, best, active_day, momentum, momentum_at, influence,
                    influence_at, last_at FROM activity_standings WHERE guild = \(guild) \(Activity.one(only)) ORDER BY member
                """
            ) { row in column.append(row.int(0), figure(Standing(row, from: 1), moment)) }
            return column
        }
    }
}
