internal import Kit
internal import Shared

/// What became of those who joined: whether they spoke, whether they came back, and who was still there weeks later.
struct Arrivals {
    private struct Arrival {
        var member: ID<Member>
        var joined: Day
    }

    struct Cohort {
        /// The Monday of the week in which they joined.
        var week: Day
        var size = 0
        /// How many of them wrote something in each week since, their first one first.
        var active: [Int]
    }

    struct Funnel {
        var joined = 0
        /// Wrote something within seven days.
        var spoke = 0
        /// Wrote again on another day, within seven days of the first.
        var returned = 0
        /// Have some of their seven days before them.
        var pending = 0
    }

    private let turn: Turn
    private let guild: ID<Guild>
    private let today: Day

    init(_ turn: Turn) throws {
        self.turn = turn
        guild = try turn.requireGuild()
        today = turn.zone.day(of: turn.now)
    }

    func cohorts(weeks: Int, through last: Day) throws -> [Cohort] {
        let end = Analytics.Span.week.start(of: min(last, today))
        let first = end - 7 * (weeks - 1)
        var cohorts = (0..<weeks).map { Cohort(week: first + 7 * $0, active: Array(repeating: 0, count: weeks - $0)) }
        for one in try joined(in: first...end + 6) {
            let index = (one.joined - first) / 7
            cohorts[index].size += 1
            let spoke = try turn.ledger().spoke(turn, one.member, one.joined...max(one.joined, end + 6))
            for week in Set(spoke.map { ($0 - cohorts[index].week) / 7 }) where cohorts[index].active.indices.contains(week) {
                cohorts[index].active[week] += 1
            }
        }
        return cohorts
    }

    func funnel(of days: ClosedRange<Day>) throws -> Funnel {
        var funnel = Funnel()
        for one in try joined(in: days) {
            funnel.joined += 1
            let spoke = try turn.ledger().spoke(turn, one.member, one.joined...one.joined + 13)
            let first = spoke.first.flatMap { $0 - one.joined < 7 ? $0 : nil }
            if let first {
                funnel.spoke += 1
                if spoke.contains(where: { $0 > first && $0 - first <= 7 }) { funnel.returned += 1 }
            } else if today - one.joined < 7 {
                funnel.pending += 1
            }
        }
        return funnel
    }

    private func joined(in days: ClosedRange<Day>) throws -> [Arrival] {
        let zone = turn.zone
        return try turn.store.all(
            """
            SELECT member, joined FROM analytics_arrivals WHERE guild = \(guild)
                AND joined >= \(zone.start(of: days.lowerBound)) AND joined < \(zone.start(of: days.upperBound + 1)) ORDER BY joined
            """
        ) { row in
            row.id(0, Member.self).map { Arrival(member: $0, joined: zone.day(of: row.instant(1))) }
        }.compactMap(\.self)
    }
}
