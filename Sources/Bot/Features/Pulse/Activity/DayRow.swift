internal import Kit
internal import Shared

/// What a member did on one day: a row of the ledger. The sums are columns, so that SQL can add them up; where it was done
/// lies packed beside them.
struct DayRow {
    var day: Day
    var sums = Tally()
    var places = DayPlaces()

    init(_ day: Day) { self.day = day }

    mutating func add(_ tally: Tally, in channel: Int64) {
        sums.add(tally)
        places.add(tally, in: channel)
    }

    /// Nothing was done before that day's first deed.
    static func read(_ person: ActivityBook.Person, _ day: Day, from store: any Connection) throws -> DayRow {
        var found = DayRow(day)
        try store.each(
            """
            SELECT points, messages, replies, starters, further, reactions, answered, reacted, voice, voice_points, places
            FROM activity_ledger WHERE guild = \(person.guild) AND day = \(day) AND member = \(person.member)
            """
        ) { row in
            for kind in 0..<Tally.kinds { found.sums[kind] = row.int(kind) }
            found.places = DayPlaces(row.bytes(Tally.kinds))
        }
        return found
    }

    static func write(
        _ count: Int, to store: any Connection, _ row: (Int) -> (person: ActivityBook.Person, row: DayRow)
    ) throws(StoreError) {
        try store.repeated(
            """
            INSERT INTO activity_ledger (guild, day, member, points, messages, replies, starters, further, reactions,
                answered, reacted, voice, voice_points, places)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            ON CONFLICT (guild, day, member) DO UPDATE SET points = excluded.points, messages = excluded.messages,
                replies = excluded.replies, starters = excluded.starters, further = excluded.further,
                reactions = excluded.reactions, answered = excluded.answered, reacted = excluded.reacted,
                voice = excluded.voice, voice_points = excluded.voice_points, places = excluded.places
            """, count: count
        ) { index, binder in
            let (person, row) = row(index)
            binder.bind(1, person.guild)
            binder.bind(2, Int64(row.day.number))
            binder.bind(3, person.member)
            for kind in 0..<Tally.kinds { binder.bind(4 + kind, row.sums[kind]) }
            binder.bind(14, row.places.bytes)
        }
    }
}
