internal import Kit
internal import Shared

extension Rewards {
    /// What a member was given and what was taken from them, and whether they want hints.
    static let exportPersonal: @Sendable (Turn, ID<Member>) throws -> JSON = { turn, member in
        let place: SQL = turn.guild.map { "AND guild = \($0)" } ?? ""
        return .fields([
            "holdings": .array(
                try HoldingRows.all(where: "member = \(member) \(place) ORDER BY guild, role", in: turn.store).map { holding in
                    .fields([
                        "guild": .string(holding.guild.description), "role": .string(holding.role.description),
                        "source": .string(holding.source.rawValue), "state": .string(holding.state.rawValue),
                        "since": .string(holding.since.rfc3339), "until": holding.until.map { .string($0.rfc3339) },
                    ])
                }),
            "changes": .array(
                try turn.store.all(
                    "SELECT guild, at, role, deed, why, outcome FROM rewards_changes WHERE member = \(member) \(place) ORDER BY id"
                ) { row in
                    .fields([
                        "guild": .string(row.text(0)), "at": .string(row.instant(1).rfc3339), "role": .string(row.text(2)),
                        "deed": .string(row.text(3)), "why": .string(row.text(4)), "outcome": .string(row.text(5)),
                    ])
                }),
            "wants_hints_in": .array(
                try turn.store.all("SELECT guild FROM rewards_hopefuls WHERE member = \(member) \(place) ORDER BY guild") {
                    .string($0.text(0))
                }),
        ])
    }

    /// Roles that they have stay theirs: nobody is left who would take them back, but for those that were for a time.
    static let erasePersonal: @Sendable (Turn, ID<Member>) throws -> Int = { turn, member in
        let place: SQL = turn.guild.map { "AND guild = \($0)" } ?? ""
        var gone = try turn.store.run("DELETE FROM rewards_holdings WHERE member = \(member) \(place) AND until IS NULL")
        gone += try turn.store.run("DELETE FROM rewards_changes WHERE member = \(member) \(place) AND outcome <> 'sent'")
        gone += try turn.store.run("DELETE FROM rewards_hopefuls WHERE member = \(member) \(place)")
        return gone
    }
}
