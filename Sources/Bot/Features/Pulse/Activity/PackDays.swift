internal import Kit
internal import Shared

extension Activity {
    /// The ledger had a row for each channel of a member's day: nearly every message was a row of its own, in three trees.
    static let packDays: @Sendable (any Connection) throws -> Void = { store in
        var open: (person: ActivityBook.Person, row: DayRow)?
        func close() throws {
            guard let done = open else { return }
            try store.run(
                """
                INSERT INTO activity_days (guild, day, member, points, messages, replies, starters, further, reactions, answered,
                    reacted, voice, voice_points, places)
                VALUES (\(done.person.guild), \(done.row.day), \(done.person.member), \(done.row.sums.points),
                    \(done.row.sums.messages), \(done.row.sums.replies), \(done.row.sums.starters), \(done.row.sums.further),
                    \(done.row.sums.reactions), \(done.row.sums.answered), \(done.row.sums.reacted), \(done.row.sums.voice),
                    \(done.row.sums.voicePoints), \(done.row.places.bytes))
                """)
        }
        try store.each(
            """
            SELECT guild, day, member, channel, points, messages, replies, starters, further, reactions, answered, reacted,
                voice, voice_points FROM activity_ledger ORDER BY guild, day, member, channel
            """
        ) { row in
            let person = ActivityBook.Person(guild: row.int(0), member: row.int(2))
            let day = Day(number: Int32(truncatingIfNeeded: row.int(1)))
            if open?.person != person || open?.row.day != day {
                try close()
                open = (person, DayRow(day))
            }
            var tally = Tally()
            for kind in 0..<Tally.kinds { tally[kind] = row.int(4 + kind) }
            open?.row.add(tally, in: row.int(3))
        }
        try close()
    }
}
