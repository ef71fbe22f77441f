internal import Kit
internal import Shared

extension Events {
    /// EVT-09: at the end of an event in voice, who was there long enough came; who was going and was not there did not.
    static func takeAttendance(_ one: Occurrence, _ turn: Turn) throws {
        let unwatched = try stopWatching(one, turn)
        let held = turn.value(of: presence, channel: nil)
        try turn.store.run(
            """
            UPDATE events_attendance SET came = CASE WHEN mark IS NOT NULL THEN mark WHEN held >= \(held) THEN 1 ELSE 0 END
            WHERE meeting = \(one.meeting) AND at = \(one.at)
            """)
        // Who was not seen while nobody looked has missed nothing.
        let isKnown = unwatched + unwatched < one.ends - one.starts && turn.late < one.ends - one.starts
        if isKnown { try expectThoseGoing(one, turn) }
    }

    /// Those who are going are on the list, also when they were never seen.
    static func expectThoseGoing(_ one: Occurrence, _ turn: Turn) throws {
        for member in try AnswerSheet(one, turn).going where try !turn.declines(member, .counting) {
            try turn.store.run(
                """
                INSERT INTO events_attendance (meeting, guild, at, member, starts, held, expected, came)
                VALUES (\(one.meeting), \(one.guild), \(one.at), \(member), \(one.starts), 0, 1, 0)
                ON CONFLICT (meeting, at, member) DO UPDATE SET expected = 1
                """)
        }
    }

    /// How one member stands to one occurrence.
    struct Attendee {
        var member: ID<Member>
        var held: Duration
        var isExpected: Bool
        var mark: Bool?
        var came: Bool
        var isThere: Bool

        var word: String {
            if came { return "attended" }
            if isThere { return "there now" }
            return isExpected || mark == false ? "missed" : "too short"
        }
    }

    static func attendees(of one: Occurrence, _ turn: Turn) throws -> [Attendee] {
        try turn.store.all(
            """
            SELECT member, held, expected, mark, came, since FROM events_attendance
            WHERE meeting = \(one.meeting) AND at = \(one.at) ORDER BY came DESC, held DESC, member
            """
        ) { row -> Attendee? in
            guard let member: ID<Member> = row.id(0) else { return nil }
            let since = row.optionalInt(5).map(Instant.init(milliseconds:))
            let now = since.map { max(.zero, min(one.ends, turn.now) - $0) } ?? .zero
            return Attendee(
                member: member, held: .milliseconds(row.int(1)) + now, isExpected: row.flag(2),
                mark: row.optionalInt(3).map { $0 != 0 }, came: row.flag(4), isThere: since != nil)
        }.compactMap(\.self)
    }

    /// What rules and reports may ask: how often somebody came, and how often they were going and did not come.
    static let measures = MeasureReading(
        Measure("attended", "How many events somebody attended", unit: "events", takesDays: true) { turn, days, only in
            try column("came = 1", days, only, turn)
        },
        Measure("missed", "How many events somebody was going to and did not attend", unit: "events", takesDays: true) {
            turn, days, only in try column("came = 0 AND since IS NULL AND (expected = 1 OR mark = 0)", days, only, turn)
        })

    private static func column(_ what: SQL, _ days: Int?, _ only: ID<Member>?, _ turn: Turn) throws -> Column {
        let guild = try turn.requireGuild()
        let now = turn.now + turn.late
        let from = days.map { turn.zone.start(of: turn.zone.day(of: now) - max(0, $0 - 1)) } ?? Instant(milliseconds: 0)
        let whose: SQL = only.map { "AND member = \($0)" } ?? ""
        var column = Column()
        try turn.store.each(
            """
            SELECT member, COUNT(*) FROM events_attendance
            WHERE guild = \(guild) AND starts >= \(from) AND \(what) \(whose) GROUP BY member ORDER BY member
            """
        ) { column.append($0.int(0), Double($0.int(1))) }
        return column
    }
}
