internal import Kit
internal import Shared

extension Activity {
    /// What has been counted, as committed: the figure that a load or a crash is checked against.
    static let totals = Command(
        "activity.totals", "Messages counted and points given, in one server or in all", access: .houseOwner, scope: .either,
        changes: false,
        returns: .record(["messages": .whole, "points": .decimal, "members": .whole, "guild": .id]), example: "guild: here",
        .optional(.text("guild", "A server's id, or \"here\"; all of them when left out", longest: 20))
    ) { turn, word in
        let guild = try place(word, turn)
        let which: SQL = guild.map { "WHERE guild = \($0)" } ?? ""
        let sums = try turn.store.first(
            "SELECT COALESCE(SUM(messages), 0), COALESCE(SUM(points), 0), COUNT(*) FROM activity_standings \(which)"
        ) { (messages: $0.int(0), points: $0.int(1), members: $0.int(2)) }
        let (messages, points, members) = sums ?? (0, 0, 0)
        return .done(
            Card(text: ActivityText.totals(messages, points)),
            data: .fields([
                "messages": .int(messages), "points": decimal(points), "members": .int(members),
                "guild": guild.map { .id($0) },
            ]))
    }

    private static func place(_ word: String?, _ turn: Turn) throws(Refusal) -> ID<Guild>? {
        switch word {
        case nil: return turn.door == .socket ? turn.guild : nil
        case "here": return try turn.requireGuild()
        case let word?:
            guard let guild = ID<Guild>(word) else {
                throw .invalid("guild is a server's id or \"here\", not \"\(word)\".", field: "guild")
            }
            return guild
        }
    }
}
