internal import Kit
internal import Shared

extension Activity {
    /// Everything that activity keeps about a member of the turn's guild, or of every guild without one.
    static let exportPersonal: @Sendable (Turn, ID<Member>) throws -> JSON = { turn, member in
        try turn.hot(ActivityBook.self).settle(to: turn.store)
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
            "days": try days(of: member, place, turn),
            "standings": try rows(
                """
                SELECT guild, points, messages, score, streak, best, momentum, influence, last_at FROM activity_standings
                WHERE member = \(member)\(place) ORDER BY guild
                """,
                ["guild", "points", "messages", "score", "streak", "best", "momentum", "influence", "last_at"]),
            "voice": try rows(
                "SELECT guild, channel, counted FROM activity_voice WHERE member = \(member)\(place) ORDER BY guild",
                ["guild", "channel", "counted"]),
            "corrections": try rows(
                "SELECT guild, day, points, streak, reason FROM activity_corrections WHERE member = \(member)\(place) ORDER BY id",
                ["guild", "day", "points", "streak", "reason"]),
            "corrected": try rows(
                """
                SELECT guild, day, reason FROM activity_corrections WHERE author = \(member.description)\(place) ORDER BY id
                """, ["guild", "day", "reason"]),
            "texts": try rows(
                "SELECT message, guild, body, at FROM activity_texts WHERE author = \(member)\(place) ORDER BY message",
                ["message", "guild", "body", "at"]),
        ])
    }

    /// Each channel of each day.
    private static func days(of member: ID<Member>, _ place: SQL, _ turn: Turn) throws -> JSON {
        let names = [
            "points", "messages", "replies", "starters", "further", "reactions", "answered", "reacted", "voice", "voice_points",
        ]
        let days = try turn.store.all(
            "SELECT guild, day, places FROM activity_ledger WHERE member = \(member)\(place) ORDER BY guild, day"
        ) { (guild: $0.text(0), day: $0.text(1), places: DayPlaces($0.bytes(2))) }
        let lines = days.flatMap { day in
            day.places.all.sorted { $0.channel < $1.channel }.map { channel, tally -> JSON in
                let figures = names.enumerated().map { (key: $1, value: JSON.string(String(tally[$0]))) }
                return .object(
                    JSON.Object(
                        [
                            (key: "guild", value: .string(day.guild)), (key: "day", value: .string(day.day)),
                            (key: "channel", value: .string(String(channel))),
                        ] + figures))
            }
        }
        return .array(lines)
    }

    static let erasePersonal: @Sendable (Turn, ID<Member>) throws -> Int = { turn, member in
        let book = turn.hot(ActivityBook.self)
        try book.settle(to: turn.store)
        let guilds = try turn.store.all("SELECT guild FROM activity_standings WHERE member = \(member)") { $0.int(0) }
        let place: SQL = turn.guild.map { " AND guild = \($0)" } ?? ""
        var gone = 0
        gone += try turn.store.run("DELETE FROM activity_facts WHERE author = \(member)\(place)")
        gone += try turn.store.run("DELETE FROM activity_reactions WHERE giver = \(member)\(place)")
        gone += try turn.store.run("DELETE FROM activity_ledger WHERE member = \(member)\(place)")
        gone += try turn.store.run("DELETE FROM activity_standings WHERE member = \(member)\(place)")
        gone += try turn.store.run("DELETE FROM activity_voice WHERE member = \(member)\(place)")
        gone += try turn.store.run("DELETE FROM activity_texts WHERE author = \(member)\(place)")
        gone += try turn.store.run("DELETE FROM activity_corrections WHERE member = \(member)\(place)")
        gone += try forget(member, place, turn)
        for guild in guilds { book.forget(.init(guild: guild, member: member.number)) }
        return gone
    }

    /// Takes a member out of what is kept about others: whom they answered, whose message they liked, who stood where.
    private static func forget(_ member: ID<Member>, _ place: SQL, _ turn: Turn) throws -> Int {
        var changed = try turn.store.run("UPDATE activity_facts SET answered = 0 WHERE answered = \(member)\(place)")
        changed += try turn.store.run("UPDATE activity_reactions SET author = 0 WHERE author = \(member)\(place)")
        changed += try turn.store.run(
            "UPDATE activity_corrections SET author = 'somebody' WHERE author = \(member.description)\(place)")
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
