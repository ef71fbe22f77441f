internal import Kit
internal import Shared

extension RoleMenus {
    static let exportPersonal: @Sendable (Turn, ID<Member>) throws -> JSON = { turn, member in
        let place: SQL = turn.guild.map { "AND guild = \($0)" } ?? ""
        return [
            "roles": .array(
                try turn.store.all(
                    """
                    SELECT guild, role, via, since, until FROM rolemenus_holdings WHERE member = \(member) AND wanted = 1 \(place)
                    ORDER BY guild, role
                    """
                ) { row in
                    .fields([
                        "guild": .string(row.text(0)), "role": .string(row.text(1)), "by": .string(row.text(2)),
                        "since": .string(row.instant(3).rfc3339),
                        "until": row.optionalInt(4).map { .string(Instant(milliseconds: $0).rfc3339) },
                    ])
                })
        ]
    }

    /// Roles that they have stay theirs; those that were for a time are still taken back, and then forgotten.
    static let erasePersonal: @Sendable (Turn, ID<Member>) throws -> Int = { turn, member in
        let place: SQL = turn.guild.map { "AND guild = \($0)" } ?? ""
        let gone = try turn.store.run(
            "DELETE FROM rolemenus_holdings WHERE member = \(member) \(place) AND (until IS NULL OR wanted = 0)")
        return gone + (try turn.store.run("DELETE FROM rolemenus_reacted WHERE member = \(member)"))
    }
}
