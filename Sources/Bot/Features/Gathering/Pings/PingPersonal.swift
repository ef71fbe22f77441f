internal import Kit
internal import Shared

extension Pings {
    /// When a member was mentioned and answered.
    static let exportPersonal: @Sendable (Turn, ID<Member>) throws -> JSON = { turn, member in
        let place: SQL = turn.guild.map { "AND guild = \($0)" } ?? ""
        return .fields([
            "mentions": .array(
                try turn.store.all(
                    "SELECT guild, at, answered FROM pings_mentions WHERE member = \(member) \(place) ORDER BY at"
                ) { row in
                    .fields([
                        "guild": .string(row.text(0)), "at": .string(row.instant(1).rfc3339),
                        "answered": row.optionalInt(2).map { .string(Instant(milliseconds: $0).rfc3339) },
                    ])
                })
        ])
    }

    static let erasePersonal: @Sendable (Turn, ID<Member>) throws -> Int = { turn, member in
        let place: SQL = turn.guild.map { "AND guild = \($0)" } ?? ""
        return try turn.store.run("DELETE FROM pings_mentions WHERE member = \(member) \(place)")
    }
}
