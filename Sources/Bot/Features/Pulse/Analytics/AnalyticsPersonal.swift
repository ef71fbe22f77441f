internal import Kit
internal import Shared

extension Analytics {
    /// Of a person only when they came and went is kept; all else are sums.
    static let exportPersonal: @Sendable (Turn, ID<Member>) throws -> JSON = { turn, member in
        let place: SQL = turn.guild.map { "AND guild = \($0)" } ?? ""
        return .fields([
            "arrivals": .array(
                try turn.store.all(
                    "SELECT guild, joined, gone FROM analytics_arrivals WHERE member = \(member) \(place) ORDER BY joined"
                ) { row in
                    .fields([
                        "guild": .string(row.text(0)), "joined": .string(row.instant(1).rfc3339),
                        "left": row.optionalInt(2).map { .string(Instant(milliseconds: $0).rfc3339) },
                    ])
                })
        ])
    }

    /// Exports that list members go as well: they were made for a download and can be made again.
    static let erasePersonal: @Sendable (Turn, ID<Member>) throws -> Int = { turn, member in
        let place: SQL = turn.guild.map { "AND guild = \($0)" } ?? ""
        let gone = try turn.store.run("DELETE FROM analytics_arrivals WHERE member = \(member) \(place)")
        let mark = "%\(member)%"
        let listing = try turn.store.all(
            """
            SELECT DISTINCT export FROM analytics_parts
            WHERE body LIKE \(mark) AND export IN (SELECT id FROM analytics_exports WHERE 1 = 1 \(place))
            """
        ) { $0.int(0) }
        for export in listing {
            try turn.store.run("DELETE FROM analytics_parts WHERE export = \(export)")
            try turn.store.run("DELETE FROM analytics_exports WHERE id = \(export)")
        }
        return gone + listing.count
    }
}
