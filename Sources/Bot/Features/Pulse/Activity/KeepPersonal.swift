internal import Kit
internal import Shared

extension Activity {
    /// Everything that activity keeps about a member of the turn's guild, or of every guild without one.
    static let exportPersonal: @Sendable (Turn, ID<Member>) throws -> JSON = { turn, member in
        let place: SQL = turn.guild.map { " AND guild = \($0)" } ?? ""
        func rows(_ sql: SQL, _ names: [String]) throws -> JSON {
            .array(
                try turn.store.all(sql) { row in
                    .object(
                        JSON.Object(
                            names.enumerated().map { index, name in
                                (key: name, value: .string(row.text(index)))
                            }))
                })
        }
        return .fields([
            "messages": try rows(
                "SELECT message, guild, channel, points, day FROM activity_facts WHERE author = \(member)\(place) ORDER BY message",
                ["message", "guild", "channel", "points", "day"]),
            "reactions": try rows(
                """
                SELECT message, guild, channel, emoji, points, day FROM activity_reactions WHERE giver = \(member)\(place)
                ORDER BY at
                """, ["message", "guild", "channel", "emoji", "points", "day"]),
            "days": try rows(
                """
                SELECT guild, day, channel, points, messages, reactions, voice FROM activity_ledger WHERE member = \(member)\(place)
                ORDER BY guild, day, channel
                """, ["guild", "day", "channel", "points", "messages", "reactions", "voice"]),
            "texts": try rows(
                "SELECT message, guild, body FROM activity_texts WHERE author = \(member)\(place) ORDER BY message",
                ["message", "guild", "body"]),
        ])
    }

    static let erasePersonal: @Sendable (Turn, ID<Member>) throws -> Int = { turn, member in
        let book = turn.hot(ActivityBook.self)
        try book.write(to: turn.store)
        let guilds = try turn.store.all("SELECT guild FROM activity_standings WHERE member = \(member)") { $0.int(0) }
        let place: SQL = turn.guild.map { " AND guild = \($0)" } ?? ""
        var gone = 0
        gone += try turn.store.run("DELETE FROM activity_facts WHERE author = \(member)\(place)")
        gone += try turn.store.run("DELETE FROM activity_reactions WHERE giver = \(member)\(place)")
        gone += try turn.store.run("DELETE FROM activity_ledger WHERE member = \(member)\(place)")
        gone += try turn.store.run("DELETE FROM activity_standings WHERE member = \(member)\(place)")
        gone += try turn.store.run("DELETE FROM activity_voice WHERE member = \(member)\(place)")
        gone += try turn.store.run("DELETE FROM activity_texts WHERE author = \(member)\(place)")
        for guild in guilds { book.forget(.init(guild: guild, member: member.number)) }
        return gone
    }
}
