internal import Kit
internal import Shared

extension Rewards {
    /// What members hold, for rules and reports.
    static let measures = MeasureReading(
        held("tier", "The highest tier that they hold on any ladder", unit: "tiers", "MAX(r.tier)"),
        held("rewards", "How many rewards they hold", unit: "rewards", "COUNT(*)"))

    private static func held(_ name: String, _ summary: String, unit: String, _ figure: StaticString) -> Measure {
        Measure(name, summary, unit: unit) { turn, _, only in
            let guild = try turn.requireGuild()
            let one: SQL = only.map { "AND h.member = \($0)" } ?? ""
            var column = Column()
            try turn.store.each(
                """
                SELECT h.member, \(words: figure) FROM rewards_holdings h JOIN rewards_rewards r ON r.id = h.reward
                WHERE h.guild = \(guild) \(one) AND h.state IN ('held', 'giving') GROUP BY h.member ORDER BY h.member
                """
            ) { row in column.append(row.int(0), row.double(1)) }
            return column
        }
    }
}
