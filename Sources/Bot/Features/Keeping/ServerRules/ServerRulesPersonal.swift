internal import Kit
internal import Shared

extension ServerRules {
    /// Where a member was the last to change the rules.
    static let exportPersonal: @Sendable (Turn, ID<Member>) throws -> JSON = { turn, member in
        let place: SQL = turn.guild.map { "AND guild = \($0)" } ?? ""
        return .fields([
            "changed": .array(
                try turn.store.all(
                    "SELECT guild, version, changed FROM rules_books WHERE author = \(member) \(place) ORDER BY guild"
                ) { row in
                    .fields([
                        "guild": .string(row.text(0)), "version": .int(row.int(1)), "at": .string(row.instant(2).rfc3339),
                    ])
                })
        ])
    }

    /// The rules are the server's; who wrote them is forgotten.
    static let erasePersonal: @Sendable (Turn, ID<Member>) throws -> Int = { turn, member in
        let place: SQL = turn.guild.map { "AND guild = \($0)" } ?? ""
        return try turn.store.run("UPDATE rules_books SET author = NULL WHERE author = \(member) \(place)")
    }
}
