internal import Kit
internal import Shared

/// What members have in a period, from the ledger's days.
struct PeriodSums {
    struct Sum {
        /// Undecayed, in thousandths.
        var points: Int64 = 0
        /// The same with each day's decay.
        var score = 0.0
        var messages: Int64 = 0
    }

    /// More members are not looked at one by one: adding up everybody is quicker then.
    private static let mostLooked = 50_000

    let guild: ID<Guild>
    let start: Day
    let today: Day
    let decay: Double

    /// The first `count` by score, equals by id.
    func leaders(_ count: Int, _ turn: Turn) throws -> [(member: Int64, sum: Sum)] {
        let sums = try climb(to: count, turn) ?? everybody(turn)
        return sums.filter { $0.value.points > 0 }.sorted { ($1.value.score, $0.key) < ($0.value.score, $1.key) }
            .prefix(count).map { ($0.key, $0.value) }
    }

    /// A day's share is the same for everybody, so that the sums need no power a row.
    private func everybody(_ turn: Turn) throws -> [Int64: Sum] {
        var sums: [Int64: Sum] = [:]
        try turn.store.each(
            """
            SELECT day, member, points, messages FROM activity_ledger
            WHERE guild = \(guild) AND day >= \(start) AND day <= \(today)
            """
        ) { row in
            sums[row.int(1), default: Sum()].add(points: row.int(2), messages: row.int(3), share: share(of: row.int(0)))
        }
        return sums
    }

    /// Nobody has more in a period than in all, and in all they are kept in order: whoever stands behind one whose score of all
    /// time is too low is too low as well. Nil when so many would have to be looked at that it is not worth while.
    private func climb(to count: Int, _ turn: Turn) throws -> [Int64: Sum]? {
        var sums: [Int64: Sum] = [:]
        var (looked, next) = (0, count * 2)
        while looked + next <= Self.mostLooked {
            let (seen, ceiling) = try look(at: next, after: looked, &sums, turn)
            looked += seen
            let scores = sums.values.filter { $0.points > 0 }.map(\.score).sorted(by: >)
            if seen < next || (scores.count >= count && ceiling < scores[count - 1]) { return sums }
            next *= 2
        }
        return nil
    }

    /// Adds up members in the order of all time. Answers how many there were, and what nobody behind them can have.
    private func look(
        at limit: Int, after offset: Int, _ sums: inout [Int64: Sum], _ turn: Turn
    ) throws -> (seen: Int, ceiling: Double) {
        var seen: Set<Int64> = []
        var lowest = Double.infinity
        try turn.store.each(
            """
            SELECT board.member, board.score, board.score_day, days.day, days.points, days.messages FROM (
                SELECT member, score, score_day FROM activity_standings WHERE guild = \(guild) AND place > -1e17
                ORDER BY place DESC, member LIMIT \(limit) OFFSET \(offset)) AS board
            LEFT JOIN activity_ledger AS days ON days.guild = \(guild) AND days.member = board.member
                AND days.day >= \(start) AND days.day <= \(today)
            """
        ) { row in
            if seen.insert(row.int(0)).inserted { lowest = min(lowest, row.double(1) * share(of: row.int(2))) }
            guard row.int(5) != 0 || row.int(4) != 0 else { return }
            sums[row.int(0), default: Sum()].add(points: row.int(4), messages: row.int(5), share: share(of: row.int(3)))
        }
        // Places are rounded, and sums of the same days by different roads differ in their last digits.
        return (seen.count, lowest * 1.000_001)
    }

    private func share(of day: Int64) -> Double { power(decay, Int(today.number) - Int(day)) }
}

extension PeriodSums.Sum {
    fileprivate mutating func add(points more: Int64, messages: Int64, share: Double) {
        points += more
        score += Double(more) * share
        self.messages += messages
    }
}
