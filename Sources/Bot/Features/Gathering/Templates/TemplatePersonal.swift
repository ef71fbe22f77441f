internal import Kit
internal import Shared

extension Templates {
    /// Which texts a member wrote last.
    static let exportPersonal: @Sendable (Turn, ID<Member>) throws -> JSON = { turn, member in
        let place: SQL = turn.guild.map { "AND guild = \($0)" } ?? ""
        return .fields([
            "texts": .array(
                try turn.store.all(
                    "SELECT guild, name, changed FROM templates_texts WHERE author = \(member) \(place) ORDER BY guild, name"
                ) { row in
                    .fields([
                        "guild": .string(row.text(0)), "name": .string(row.text(1)),
                        "changed": .string(row.instant(2).rfc3339),
                    ])
                })
        ])
    }

    /// The texts are the server's; that they are theirs is forgotten.
    static let erasePersonal: @Sendable (Turn, ID<Member>) throws -> Int = { turn, member in
        let place: SQL = turn.guild.map { "AND guild = \($0)" } ?? ""
        return try turn.store.run("UPDATE templates_texts SET author = NULL WHERE author = \(member) \(place)")
    }
}
