internal import Kit
internal import Shared

extension Activity {
    /// What activity knows of members, by name, for rules and reports of others. Whatever is asked together costs one look at
    /// the days and one at the standings.
    static let measures = MeasureReading(
        sums.map { figure in
            Measure(figure.name, figure.summary, unit: figure.unit, takesDays: true) { turn, days, only in
                try measured(Term(figure.name, days: days), turn, only)
            }
        }
            + standings.map { figure in
                Measure(figure.name, figure.summary, unit: figure.unit) { turn, _, only in
                    try measured(Term(figure.name), turn, only)
                }
            } + [channels], together: together)

    private static func measured(_ term: Term, _ turn: Turn, _ only: ID<Member>?) throws -> Column {
        try together(turn, [term], only)[term] ?? Column()
    }

    @Sendable private static func together(_ turn: Turn, _ terms: [Term], _ only: ID<Member>?) throws -> [Term: Column] {
        let guild = try turn.requireGuild()
        try turn.hot(ActivityBook.self).settle(to: turn.store)
        let moment = Moment(turn)
        var columns: [Term: Column] = [:]
        let ofStandings = terms.compactMap { term in Self.standing(term).map { (term, $0) } }
        if !ofStandings.isEmpty { try readStandings(ofStandings, guild, only, moment, turn.store, &columns) }
        let ofDays = terms.compactMap { term in
            columns[term] == nil ? sums.first { $0.name == term.name }.map { (term, $0) } : nil
        }
        if !ofDays.isEmpty { try readDays(ofDays, guild, only, moment, turn.store, &columns) }
        return columns
    }

    // MARK: - Standings

    /// Nil for whom the figure says nothing.
    private typealias OfStanding = @Sendable (Standing, Moment) -> Double?

    private struct StandingFigure: Sendable {
        var name: String
        var summary: String
        var unit: String
        var figure: OfStanding
    }

    private static let standings = [
        StandingFigure(name: "score", summary: "Points, each day's worth less as days pass", unit: "points") {
            $0.score(on: $1.today, decay: $1.rules.decay) / 1000
        },
        StandingFigure(name: "momentum", summary: "Points of late", unit: "points") {
            $0.momentum.value(at: $1.now, $1.rules.momentum) / 1000
        },
        StandingFigure(name: "influence", summary: "Replies and reactions of others, of late", unit: "answers") {
            $0.influence.value(at: $1.now, $1.rules.influence)
        },
        StandingFigure(name: "streak", summary: "Days in a row", unit: "days") {
            Double($0.streak(on: $1.today, window: $1.rules.window))
        },
        StandingFigure(name: "best_streak", summary: "The longest time of days in a row", unit: "days") { standing, _ in
            Double(standing.best)
        },
        StandingFigure(name: "idle", summary: "Days since the last message", unit: "days") {
            // Whoever was only answered, or given points by staff, was never active: that is no long time ago.
            $0.lastAt > 0 ? Double(max(0, $1.today - $1.rules.zone.day(of: Instant(milliseconds: $0.lastAt)))) : nil
        },
    ]

    /// What a standing knows, the sums of all days among it.
    private static func standing(_ term: Term) -> OfStanding? {
        if let days = sums.first(where: { $0.name == term.name }) { return term.days == nil ? days.ever : nil }
        return standings.first { $0.name == term.name }?.figure
    }

    private static func readStandings(
        _ terms: [(Term, OfStanding)], _ guild: ID<Guild>, _ only: ID<Member>?, _ moment: Moment, _ store: any Connection,
        _ columns: inout [Term: Column]
    ) throws {
        var found = terms.map { _ in Column() }
        try store.each(
            """
            SELECT member, points, messages, score, score_day, streak, best, active_day, momentum, momentum_at, influence,
                influence_at, last_at FROM activity_standings WHERE guild = \(guild) \(one(only)) ORDER BY member
            """
        ) { row in
            let (member, standing) = (row.int(0), Standing(row, from: 1))
            for index in terms.indices {
                if let figure = terms[index].1(standing, moment) { found[index].append(member, figure) }
            }
        }
        for (index, term) in terms.enumerated() { columns[term.0] = found[index] }
    }

    // MARK: - Days

    private struct DayFigure: Sendable {
        var name: String
        var summary: String
        var unit: String
        /// A column of the ledger, or what is worked out of several, and how many of it make one.
        var sum: StaticString
        var share = 1.0
        var ever: OfStanding?
    }

    private static let sums = [
        DayFigure(
            name: "points", summary: "Points, as they were given", unit: "points", sum: "points", share: 1000,
            ever: { standing, _ in Double(standing.points) / 1000 }),
        DayFigure(
            name: "messages", summary: "Messages", unit: "messages", sum: "messages",
            ever: { standing, _ in Double(standing.messages) }),
        DayFigure(name: "replies", summary: "Replies to others", unit: "messages", sum: "replies"),
        DayFigure(name: "voice", summary: "Minutes in voice", unit: "minutes", sum: "voice", share: 60_000),
        DayFigure(
            name: "active_days", summary: "Days with a message, a reaction or voice", unit: "days",
            sum: "CASE WHEN messages + reactions + voice > 0 THEN 1 ELSE 0 END"),
    ]

    private static func readDays(
        _ terms: [(Term, DayFigure)], _ guild: ID<Guild>, _ only: ID<Member>?, _ moment: Moment, _ store: any Connection,
        _ columns: inout [Term: Column]
    ) throws {
        let sums = terms.reduce("" as SQL) { sums, term in
            guard let days = term.0.days else { return "\(sums), SUM(\(words: term.1.sum))" }
            return "\(sums), SUM(CASE WHEN day > \(moment.today - days) THEN \(words: term.1.sum) ELSE 0 END)"
        }
        let furthest = terms.contains { $0.0.days == nil } ? nil : terms.compactMap(\.0.days).max()
        var found = terms.map { _ in Column() }
        try store.each(
            """
            SELECT member\(sums) FROM activity_ledger WHERE guild = \(guild) \(span(furthest, moment.today)) \(one(only))
            GROUP BY member ORDER BY member
            """
        ) { row in
            for index in terms.indices { found[index].append(row.int(0), row.double(index + 1) / terms[index].1.share) }
        }
        for (index, term) in terms.enumerated() { columns[term.0] = found[index] }
    }

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
            SELECT member, places FROM activity_ledger
            WHERE guild = \(guild) \(span(days, Moment(turn).today)) \(one(only)) AND messages > 0 ORDER BY member
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
    static func span(_ days: Int?, _ today: Day) -> SQL { days.map { "AND day > \(today - $0)" } ?? "" }
    static func one(_ member: ID<Member>?) -> SQL { member.map { "AND member = \($0)" } ?? "" }
}

/// What a standing is looked at with.
private struct Moment {
    let now: Int64
    let today: Day
    let rules: ActivityRules

    init(_ turn: Turn) {
        rules = turn.activityRules
        now = turn.now.milliseconds
        today = rules.zone.day(of: turn.now)
    }
}
