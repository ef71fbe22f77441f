internal import Kit
internal import Shared

/// A page of a guild's leaderboard: members by decayed points of a period, equals by id.
struct Board {
    struct Line {
        var rank: Int
        var member: ID<Member>
        /// Undecayed points of the period, in thousandths.
        var points: Int64
        /// The same with each day's decay.
        var score: Double
        var messages: Int64
        var standing: Standing
        /// In the order of all time; periods have no order that is kept.
        var row: Cursor.Row?
        var today: Int64 = 0
        var week: [Int64] = []
    }

    var lines: [Line]
    var today: Day
    /// Who stands in it and does not want to be named.
    var hidden: Set<ID<Member>> = []
    /// Where the next page begins, when there is one.
    var next: Cursor?

    static func read(
        _ period: Period, from cursor: Cursor = Cursor(offset: 0), limit: Int, _ turn: Turn
    ) throws -> Board {
        let guild = try turn.requireGuild()
        let rules = turn.activityRules
        let today = rules.zone.day(of: turn.now)
        var lines =
            if let start = try turn.start(of: period, today) {
                try days(
                    PeriodSums(guild: guild, start: start, today: today, decay: rules.decay), cursor.offset, limit + 1, turn)
            } else {
                try allTime(guild, today, rules.decay, cursor, limit + 1, turn)
            }
        let hasMore = lines.count > limit
        if hasMore { lines.removeLast() }
        for index in lines.indices { try lines[index].readWeek(guild, today, turn) }
        let next = hasMore ? Cursor(offset: cursor.offset + limit, after: lines.last?.row) : nil
        return Board(lines: lines, today: today, next: next)
    }

    /// For others to see.
    func discreet(_ turn: Turn) throws -> Board {
        var board = self
        board.hidden = try turn.unnamed(among: lines.map(\.member))
        return board
    }

    private static func allTime(
        _ guild: ID<Guild>, _ today: Day, _ decay: Double, _ cursor: Cursor, _ limit: Int, _ turn: Turn
    ) throws -> [Line] {
        var rank = cursor.offset
        let (behind, skipped): (SQL, Int) =
            if let after = cursor.after {
                ("AND place <= \(after.place) AND (place < \(after.place) OR member > \(after.id))", 0)
            } else {
                ("", cursor.offset)
            }
        return try turn.store.all(
            """
            SELECT member, points, messages, score, score_day, streak, best, active_day, momentum, momentum_at, influence,
                influence_at, last_at, place FROM activity_standings WHERE guild = \(guild) AND place > -1e17 \(behind)
            ORDER BY place DESC, member LIMIT \(limit) OFFSET \(skipped)
            """
        ) { row -> Line? in
            guard let member: ID<Member> = row.id(0) else { return nil }
            let standing = Standing(row, from: 1)
            rank += 1
            return Line(
                rank: rank, member: member, points: standing.points, score: standing.score(on: today, decay: decay),
                messages: standing.messages, standing: standing, row: Cursor.Row(place: row.double(13), id: member.number))
        }.compactMap(\.self)
    }

    private static func days(_ sums: PeriodSums, _ offset: Int, _ limit: Int, _ turn: Turn) throws -> [Line] {
        try sums.leaders(offset + limit, turn).dropFirst(offset).enumerated().compactMap { index, entry in
            guard let member = ID<Member>(entry.member) else { return nil }
            let person = ActivityBook.Person(guild: sums.guild.number, member: entry.member)
            return Line(
                rank: offset + index + 1, member: member, points: entry.sum.points, score: entry.sum.score,
                messages: entry.sum.messages, standing: try Standing.read(person, from: turn.store) ?? Standing())
        }
    }
}

extension Turn {
    /// A season that runs counts before the day that is set.
    func start(of period: Period, _ today: Day) throws -> Day? {
        if period == .season, let began = try house.catalogue.reading(SeasonReading.self)?.began(self) {
            return min(began, today)
        }
        return period.start(today: today, season: self[Activity.seasonStart])
    }
}

extension Board.Line {
    /// The last seven days, oldest first.
    fileprivate mutating func readWeek(_ guild: ID<Guild>, _ today: Day, _ turn: Turn) throws {
        week = try Activity.lastDays(7, of: member, guild, today, turn)
        self.today = week.last ?? 0
    }
}

extension Activity {
    /// Points of each of the last days, oldest first.
    static func lastDays(_ count: Int, of member: ID<Member>, _ guild: ID<Guild>, _ today: Day, _ turn: Turn) throws -> [Int64]
    {
        var days = [Int64](repeating: 0, count: count)
        try turn.store.each(
            """
            SELECT day, points FROM activity_ledger
            WHERE guild = \(guild) AND member = \(member) AND day > \(today - count) AND day <= \(today)
            """
        ) { row in days[count - 1 - (Int(today.number) - Int(row.int(0)))] = row.int(1) }
        return days
    }

    /// Where a member stands among all, by score; nil without points.
    static func rank(of standing: Standing, _ member: ID<Member>, _ guild: ID<Guild>, _ turn: Turn) throws -> Int? {
        guard standing.score > 0 else { return nil }
        let place = standing.place(decay: turn.activityRules.decay)
        let ahead = try turn.store.first(
            """
            SELECT COUNT(*) FROM activity_standings WHERE guild = \(guild)
                AND (place > \(place) OR (place = \(place) AND member < \(member)))
            """
        ) { $0.int(0) }
        return Int(ahead ?? 0) + 1
    }
}
