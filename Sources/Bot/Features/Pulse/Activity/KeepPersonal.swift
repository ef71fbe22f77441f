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
                """
                SELECT message, guild, channel, kinds, points, answered, day FROM activity_facts
                WHERE author = \(member)\(place) ORDER BY message
                """, ["message", "guild", "channel", "kinds", "points", "answered", "day"]),
            "reactions": try rows(
                """
                SELECT message, guild, channel, emoji, points, day FROM activity_reactions WHERE giver = \(member)\(place)
                ORDER BY at
                """, ["message", "guild", "channel", "emoji", "points", "day"]),
            "days": try rows(
                """
                SELECT guild, day, channel, points, messages, replies, starters, further, reactions, answered, reacted, voice
                FROM activity_ledger WHERE member = \(member)\(place) ORDER BY guild, day, channel
                """,
                [
                    "guild", "day", "channel", "points", "messages", "replies", "starters", "further", "reactions", "answered",
                    "reacted", "voice",
                ]),
            "standings": try rows(
                """
                SELECT guild, points, messages, score, streak, best, momentum, influence, last_at FROM activity_standings
                WHERE member = \(member)\(place) ORDER BY guild
                """,
                ["guild", "points", "messages", "score", "streak", "best", "momentum", "influence", "last_at"]),
            "voice": try rows(
                "SELECT guild, channel, counted FROM activity_voice WHERE member = \(member)\(place) ORDER BY guild",
                ["guild", "channel", "counted"]),
            "texts": try rows(
                "SELECT message, guild, body, at FROM activity_texts WHERE author = \(member)\(place) ORDER BY message",
                ["message", "guild", "body", "at"]),
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
        gone += try forget(member, place, turn)
        for guild in guilds { book.forget(.init(guild: guild, member: member.number)) }
        return gone
    }

    /// Takes a member out of what is kept about others: whom they answered, whose message they liked, who stood where.
    private static func forget(_ member: ID<Member>, _ place: SQL, _ turn: Turn) throws -> Int {
        var changed = try turn.store.run("UPDATE activity_facts SET answered = 0 WHERE answered = \(member)\(place)")
        changed += try turn.store.run("UPDATE activity_reactions SET author = 0 WHERE author = \(member)\(place)")
        let boards = try turn.store.all(
            "SELECT guild, day, board FROM activity_snapshots WHERE board LIKE \("%\"\(member)\"%")\(place)"
        ) { (guild: $0.int(0), day: $0.int(1), board: $0.json(2)) }
        for one in boards {
            let others = (one.board.array ?? []).filter { $0["member"]?.id(Member.self) != member }
            try turn.store.run(
                "UPDATE activity_snapshots SET board = \(JSON.array(others)) WHERE guild = \(one.guild) AND day = \(one.day)")
        }
        return changed + boards.count
    }
}
