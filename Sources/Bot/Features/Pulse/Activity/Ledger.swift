internal import Kit
internal import Shared

extension Activity {
    /// The books by hour, day and channel, as other features may read them.
    static let ledger = LedgerReading(
        hours: { turn, hours in
            try opened(turn)
            var found: [Int64: LedgerReading.Sums] = [:]
            try turn.store.each(
                """
                SELECT hour, messages, points, members, reactions, voice FROM activity_hours
                WHERE guild = \(try turn.requireGuild()) AND hour >= \(hours.lowerBound) AND hour < \(hours.upperBound)
                """
            ) { row in found[row.int(0)] = LedgerReading.Sums(row, from: 1) }
            return found
        },
        day: { turn, day in
            try opened(turn)
            return try sums(of: day, turn)
        },
        active: { turn, days in
            try opened(turn)
            return try active(in: days, turn)
        },
        spoke: { turn, member, days in
            try opened(turn)
            return try turn.store.all(
                """
                SELECT day FROM activity_ledger WHERE guild = \(try turn.requireGuild()) AND member = \(member)
                    AND day >= \(days.lowerBound) AND day <= \(days.upperBound) AND messages > 0 ORDER BY day
                """
            ) { Day(number: Int32(truncatingIfNeeded: $0.int(0))) }
        },
        firstDay: { turn in
            try opened(turn)
            return try turn.store.first(
                "SELECT day FROM activity_ledger WHERE guild = \(try turn.requireGuild()) ORDER BY day LIMIT 1"
            ) { Day(number: Int32(truncatingIfNeeded: $0.int(0))) }
        },
        board: { turn, days, count in
            try opened(turn)
            let sums = PeriodSums(
                guild: try turn.requireGuild(), start: days.lowerBound, today: days.upperBound, decay: turn.activityRules.decay)
            return try sums.leaders(count, turn).compactMap { one in
                ID<Member>(one.member).map { .init(member: $0, points: one.sum.points, messages: one.sum.messages) }
            }
        },
        points: { turn, only in
            try opened(turn)
            let guild = try turn.requireGuild()
            let which: SQL = only.map { "AND member = \($0)" } ?? ""
            var column = Column()
            try turn.store.each(
                "SELECT member, points FROM activity_standings WHERE guild = \(guild) \(which) ORDER BY member"
            ) { row in column.append(row.int(0), Double(row.int(1))) }
            return column
        })

    private static func opened(_ turn: Turn) throws { try turn.hot(ActivityBook.self).settle(to: turn.store) }

    private static func sums(
        of day: Day, _ turn: Turn
    ) throws -> (whole: LedgerReading.Sums, channels: [Int64: LedgerReading.Sums]) {
        var whole = LedgerReading.Sums()
        var channels: [Int64: LedgerReading.Sums] = [:]
        try turn.store.each(
            """
            SELECT messages, points, CASE WHEN messages + reactions + voice > 0 THEN 1 ELSE 0 END, reactions, voice, places
            FROM activity_ledger WHERE guild = \(try turn.requireGuild()) AND day = \(day)
            """
        ) { row in
            whole.add(LedgerReading.Sums(row, from: 0))
            for place in DayPlaces(row.bytes(5)).all where place.channel != 0 {
                channels[place.channel, default: .init()].add(LedgerReading.Sums(place.tally))
            }
        }
        return (whole, channels)
    }

    /// Who did something last in these days is known at once; who did something later as well has to be looked up.
    private static func active(in days: ClosedRange<Day>, _ turn: Turn) throws -> Int {
        let guild = try turn.requireGuild()
        let found = try turn.store.first(
            """
            SELECT SUM(CASE WHEN active_day <= \(days.upperBound) THEN 1 WHEN EXISTS (
                SELECT 1 FROM activity_ledger AS days WHERE days.guild = \(guild) AND days.member = standing.member
                    AND days.day >= \(days.lowerBound) AND days.day <= \(days.upperBound)
                    AND days.messages + days.reactions + days.voice > 0) THEN 1 ELSE 0 END)
            FROM activity_standings AS standing WHERE guild = \(guild) AND active_day >= \(days.lowerBound)
            """
        ) { $0.int(0) }
        return Int(found ?? 0)
    }
}

extension LedgerReading.Sums {
    fileprivate init(_ tally: Tally) {
        self.init()
        messages = tally.messages
        points = tally.points
        members = tally.messages + tally.reactions + tally.voice > 0 ? 1 : 0
        reactions = tally.reactions
        voice = tally.voice
    }
}
