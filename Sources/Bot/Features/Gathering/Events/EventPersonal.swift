internal import Kit
internal import Shared

extension Events {
    static let keeps = [
        Kept("what you answered to events", for: .setting("events.keep")),
        Kept("which events you attended or missed, and how long you were there", for: .setting("events.keep")),
        Kept("which events you set up, and in which voice channel you are now", for: .always),
    ]

    static let sweep = Routine("events.sweep", every: 1.days) { turn in
        for guild in turn.house.directory.guilds().map(\.id) {
            let old = turn.now - turn.inside(guild)[retention]
            try turn.store.run("DELETE FROM events_answers WHERE guild = \(guild) AND at < \(old)")
            try turn.store.run("DELETE FROM events_attendance WHERE guild = \(guild) AND starts < \(old)")
            try turn.store.run("DELETE FROM events_reminders WHERE guild = \(guild) AND at < \(old)")
        }
    }

    /// What a member answered, where they were, and what they set up.
    static let exportPersonal: @Sendable (Turn, ID<Member>) throws -> JSON = { turn, member in
        let place: SQL = turn.guild.map { "AND e.guild = \($0)" } ?? ""
        let answers = try turn.store.all(
            """
            SELECT e.guild, m.title, o.starts, e.answer, e.waits, e.answered FROM events_answers e
            JOIN events_meetings m ON m.id = e.meeting JOIN events_occurrences o ON o.meeting = e.meeting AND o.at = e.at
            WHERE e.member = \(member) \(place) ORDER BY e.answered
            """
        ) { row in
            JSON.fields([
                "guild": .string(row.text(0)), "event": .string(row.text(1)), "starts": .string(row.instant(2).rfc3339),
                "answer": .string(row.text(3)), "waiting": .bool(row.flag(4)), "at": .string(row.instant(5).rfc3339),
            ])
        }
        let attended = try turn.store.all(
            """
            SELECT e.guild, m.title, e.starts, e.held, e.came, e.mark FROM events_attendance e
            JOIN events_meetings m ON m.id = e.meeting WHERE e.member = \(member) \(place) ORDER BY e.starts
            """
        ) { row in
            JSON.fields([
                "guild": .string(row.text(0)), "event": .string(row.text(1)), "starts": .string(row.instant(2).rfc3339),
                "minutes": .int(row.int(3) / 60_000), "came": .bool(row.flag(4)),
                "marked": row.optionalInt(5).map { .bool($0 != 0) },
            ])
        }
        let made = try turn.store.all(
            "SELECT e.guild, e.title, e.start FROM events_meetings e WHERE e.creator = \(member) \(place) ORDER BY e.id"
        ) { row in
            JSON.fields([
                "guild": .string(row.text(0)), "event": .string(row.text(1)), "starts": .string(row.instant(2).rfc3339),
            ])
        }
        let present = try turn.store.all(
            "SELECT e.guild, e.channel FROM events_presence e WHERE e.member = \(member) \(place) ORDER BY e.guild"
        ) { row in JSON.fields(["guild": .string(row.text(0)), "channel": .string(row.text(1))]) }
        return [
            "answers": .array(answers), "attendance": .array(attended), "created": .array(made), "in_voice": .array(present),
        ]
    }

    /// A seat that is given up this way goes to the next who waits.
    static let erasePersonal: @Sendable (Turn, ID<Member>) throws -> Int = { turn, member in
        var gone = 0
        if let guild = turn.guild { gone += try forgetAnswers(of: member, in: guild, turn) }
        let place: SQL = turn.guild.map { "AND guild = \($0)" } ?? ""
        gone += try turn.store.run("DELETE FROM events_answers WHERE member = \(member) \(place)")
        gone += try turn.store.run("DELETE FROM events_attendance WHERE member = \(member) \(place)")
        gone += try turn.store.run("DELETE FROM events_presence WHERE member = \(member) \(place)")
        gone += try turn.store.run("UPDATE events_meetings SET creator = NULL WHERE creator = \(member) \(place)")
        return gone
    }
}
