internal import Kit
internal import Shared

extension Levels {
    /// Which level was told of a member, and from which points on they began anew.
    static let exportPersonal: @Sendable (Turn, ID<Member>) throws -> JSON = { turn, member in
        let place: SQL = turn.guild.map { "AND guild = \($0)" } ?? ""
        return .fields([
            "told": .array(
                try turn.store.all("SELECT guild, level, at FROM levels_told WHERE member = \(member) \(place) ORDER BY guild")
                {
                    .fields([
                        "guild": .string($0.text(0)), "level": .int($0.int(1)), "at": .string($0.instant(2).rfc3339),
                    ])
                }),
            "starts": .array(
                try turn.store.all(
                    "SELECT guild, points, at, reason FROM levels_starts WHERE member = \(member) \(place) ORDER BY guild"
                ) {
                    .fields([
                        "guild": .string($0.text(0)), "points": .points($0.int(1)), "at": .string($0.instant(2).rfc3339),
                        "reason": .string($0.text(3)),
                    ])
                }),
        ])
    }

    static let erasePersonal: @Sendable (Turn, ID<Member>) throws -> Int = { turn, member in
        let place: SQL = turn.guild.map { "AND guild = \($0)" } ?? ""
        let guilds = try turn.store.all("SELECT guild FROM levels_starts WHERE member = \(member) \(place)") {
            $0.id(0, Guild.self)
        }
        for case let guild? in guilds { turn.hot(FreshStarts.self).note(member, in: guild, from: nil) }
        return try turn.store.run("DELETE FROM levels_told WHERE member = \(member) \(place)")
            + turn.store.run("DELETE FROM levels_starts WHERE member = \(member) \(place)")
    }
}
