internal import Kit
internal import Shared

extension Activity {
    /// What has been counted, as committed: the figure that a load or a crash is checked against.
    static let totals = Command(
        "activity.totals", "Messages counted and points given, in one server or in all", access: .houseOwner, scope: .either,
        changes: false,
        returns: .record(["messages": .whole, "points": .decimal, "members": .whole, "guild": .id]), example: "guild: here",
        .optional(.text("guild", "A server's id or name, or \"here\"; all of them when left out", longest: 100))
    ) { turn, word in
        let guild = try place(word, turn)
        let which: SQL = guild.map { "WHERE guild = \($0)" } ?? ""
        let sums = try turn.store.first(
            """
            SELECT COALESCE(SUM(messages), 0), COALESCE(SUM(points), 0), COUNT(CASE WHEN messages > 0 OR points > 0 THEN 1 END)
            FROM activity_standings \(which)
            """
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
            let named = turn.house.directory.guilds().filter { $0.name == word || $0.id.description == word }
            guard let guild = named.first, named.count == 1 else {
                throw .notFound("There is no one server \"\(word)\".", hint: "Name it by its id, or write \"here\".")
            }
            return guild.id
        }
    }
}
