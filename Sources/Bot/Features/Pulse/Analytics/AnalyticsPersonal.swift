internal import Kit
internal import Shared

extension Analytics {
    /// When they came and went, the tables that they asked for and those that list them; all else are sums.
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
                }),
            "asked_for": .array(try exports("asker = \(member) \(place)", turn)),
            "listed_in": .array(try exports("id IN (\(listing(member))) \(place)", turn)),
        ])
    }

    private static func listing(_ member: ID<Member>) -> SQL {
        """
        SELECT export FROM analytics_parts WHERE body LIKE \("%\(member)%")
            AND export IN (SELECT id FROM analytics_exports WHERE what = \(Book.members.rawValue))
        """
    }

    private static func exports(_ which: SQL, _ turn: Turn) throws -> [JSON] {
        try turn.store.all("SELECT guild, id, at, what FROM analytics_exports WHERE \(which) ORDER BY id") { row in
            .fields([
                "guild": .string(row.text(0)), "export": .int(row.int(1)), "at": .string(row.instant(2).rfc3339),
                "book": .string(row.text(3)),
            ])
        }
    }

    /// Exports that list members go as well: they were made for a download and can be made again.
    static let erasePersonal: @Sendable (Turn, ID<Member>) throws -> Int = { turn, member in
        let place: SQL = turn.guild.map { "AND guild = \($0)" } ?? ""
        var gone = try turn.store.run("DELETE FROM analytics_arrivals WHERE member = \(member) \(place)")
        let listed = try turn.store.all("SELECT id FROM analytics_exports WHERE id IN (\(listing(member))) \(place)") {
            $0.int(0)
        }
        for export in listed {
            try turn.store.run("DELETE FROM analytics_parts WHERE export = \(export)")
            gone += try turn.store.run("DELETE FROM analytics_exports WHERE id = \(export)")
        }
        return gone + (try turn.store.run("UPDATE analytics_exports SET asker = 0 WHERE asker = \(member) \(place)"))
    }
}
