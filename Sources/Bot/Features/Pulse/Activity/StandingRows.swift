internal import Kit
internal import Shared

extension Standing {
    static func read(_ person: ActivityBook.Person, from store: any Connection) throws -> Standing? {
        try store.first(
            """
            SELECT points, messages, score, score_day, streak, best, active_day, momentum, momentum_at, influence, influence_at,
                last_at FROM activity_standings WHERE guild = \(person.guild) AND member = \(person.member)
            """
        ) { row in Standing(row, from: 0) }
    }

    /// Reads the columns in the order of `read`, from a first one on.
    init(_ row: any Row, from first: Int) {
        points = row.int(first)
        messages = row.int(first + 1)
        score = row.double(first + 2)
        scoreDay = Day(number: Int32(truncatingIfNeeded: row.int(first + 3)))
        streak = Int(row.int(first + 4))
        best = Int(row.int(first + 5))
        activeDay = Day(number: Int32(truncatingIfNeeded: row.int(first + 6)))
        momentum = Fading(amount: row.double(first + 7), at: row.int(first + 8))
        influence = Fading(amount: row.double(first + 9), at: row.int(first + 10))
        lastAt = row.int(first + 11)
    }

    static func write(
        _ count: Int, to store: any Connection,
        _ standing: (Int) -> (person: ActivityBook.Person, standing: Standing, decay: Double)
    ) throws(StoreError) {
        try store.repeated(
            """
            INSERT INTO activity_standings (guild, member, points, messages, score, score_day, place, streak, best, active_day,
                momentum, momentum_at, influence, influence_at, last_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
            ON CONFLICT (guild, member) DO UPDATE SET points = excluded.points, messages = excluded.messages,
                score = excluded.score, score_day = excluded.score_day, place = excluded.place, streak = excluded.streak,
                best = excluded.best, active_day = excluded.active_day, momentum = excluded.momentum,
                momentum_at = excluded.momentum_at, influence = excluded.influence, influence_at = excluded.influence_at,
                last_at = excluded.last_at
            """, count: count
        ) { index, row in
            let (person, standing, decay) = standing(index)
            row.bind(1, person.guild)
            row.bind(2, person.member)
            row.bind(3, standing.points)
            row.bind(4, standing.messages)
            row.bind(5, standing.score)
            row.bind(6, Int64(standing.scoreDay.number))
            row.bind(7, standing.place(decay: decay))
            row.bind(8, Int64(standing.streak))
            row.bind(9, Int64(standing.best))
            row.bind(10, Int64(standing.activeDay.number))
            row.bind(11, standing.momentum.amount)
            row.bind(12, standing.momentum.at)
            row.bind(13, standing.influence.amount)
            row.bind(14, standing.influence.at)
            row.bind(15, standing.lastAt)
        }
    }

    /// Folds a member's days again from the ledger; what fades is kept as it was.
    mutating func fold(_ person: ActivityBook.Person, decay: Double, window: Int, from store: any Connection) throws {
        let days = try store.all(
            """
            SELECT day, points, messages, messages + reactions + voice FROM activity_ledger
            WHERE guild = \(person.guild) AND member = \(person.member) ORDER BY day
            """
        ) { (day: Day(number: Int32(truncatingIfNeeded: $0.int(0))), points: $0.int(1), messages: $0.int(2), deeds: $0.int(3)) }
        var folded = Standing()
        folded.momentum = momentum
        folded.influence = influence
        folded.lastAt = lastAt
        var streaks = try Correction.all(of: person, in: store).filter { if case .streak = $0.deed { true } else { false } }[
            ...]
        for one in days {
            while let set = streaks.first, set.day < one.day { folded.beSet(by: streaks.removeFirst()) }
            folded.add(points: one.points, on: one.day, decay: decay)
            folded.messages += one.messages
            if one.deeds > 0 { folded.beActive(on: one.day, window: window) }
        }
        for set in streaks { folded.beSet(by: set) }
        self = folded
    }
}
