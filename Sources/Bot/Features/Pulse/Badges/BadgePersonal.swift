internal import Kit
internal import Shared

extension Badges {
    static let exportPersonal: @Sendable (Turn, ID<Member>) throws -> JSON = { turn, member in
        .fields([
            "worn": .array(try rows("held.member = \(member)", turn)),
            "given": .array(try rows("held.giver = \(member)", turn)),
        ])
    }

    private static func rows(_ whose: SQL, _ turn: Turn) throws -> [JSON] {
        let place: SQL = turn.guild.map { "AND held.guild = \($0)" } ?? ""
        return try turn.store.all(
            """
            SELECT held.guild, one.name, held.at, held.reason FROM badges_held AS held
            JOIN badges_badges AS one ON one.id = held.badge WHERE \(whose) \(place) ORDER BY held.at
            """
        ) {
            .fields([
                "guild": .string($0.text(0)), "badge": .string($0.text(1)), "at": .string($0.instant(2).rfc3339),
                "reason": .string($0.text(3)),
            ])
        }
    }

    /// What they gave to others stays with those; who gave it is forgotten.
    static let erasePersonal: @Sendable (Turn, ID<Member>) throws -> Int = { turn, member in
        let place: SQL = turn.guild.map { "AND guild = \($0)" } ?? ""
        return try turn.store.run("DELETE FROM badges_held WHERE member = \(member) \(place)")
            + turn.store.run("UPDATE badges_held SET giver = 0 WHERE giver = \(member) \(place)")
    }
}
