internal import Kit
internal import Shared

extension Seasons {
    static let exportPersonal: @Sendable (Turn, ID<Member>) throws -> JSON = { turn, member in
        let place: SQL = turn.guild.map { "AND places.guild = \($0)" } ?? ""
        return .fields([
            "places": .array(
                try turn.store.all(
                    """
                    SELECT places.guild, one.name, places.rank, places.points, places.messages FROM seasons_places AS places
                    JOIN seasons_seasons AS one ON one.id = places.season WHERE places.member = \(member) \(place)
                    ORDER BY one.first
                    """
                ) {
                    .fields([
                        "guild": .string($0.text(0)), "season": .string($0.text(1)), "rank": .int($0.int(2)),
                        "points": .points($0.int(3)), "messages": .int($0.int(4)),
                    ])
                })
        ])
    }

    /// Their places stay empty: nobody moves up in an archive.
    static let erasePersonal: @Sendable (Turn, ID<Member>) throws -> Int = { turn, member in
        let place: SQL = turn.guild.map { "AND guild = \($0)" } ?? ""
        return try turn.store.run("DELETE FROM seasons_places WHERE member = \(member) \(place)")
    }
}
