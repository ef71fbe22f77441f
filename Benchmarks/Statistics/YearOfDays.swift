import Kit
import Machine
import Shared
import Store

/// A hundred thousand members of whom one in ten is there on a day, for a year: written where the daemon would have written it.
struct YearOfDays {
    static let members = 100_000
    static let aDay = 10_000
    static let days = 365
    static let channels = 30
    static let newcomersAWeek = 500

    let guild: ID<Guild>

    func settles(in database: String) throws {
        let now = Instant(milliseconds: wallMilliseconds())
        let today = now.milliseconds / 86_400_000
        let writer = try SQLiteLibrary(path: database).openWriter()
        try batch(writer) { try standings(today, now, writer) }
        for back in stride(from: Int64(Self.days), through: 0, by: -1) {
            try batch(writer) { try day(today - back, isOver: back > 0, writer) }
        }
        try batch(writer) { try arrivals(now, writer) }
        try writer.stop()
    }

    private func batch(_ writer: SQLiteWriter, _ body: () throws -> Void) throws {
        try writer.begin()
        try body()
        try writer.commit()
    }

    private func member(_ number: Int) -> Int64 { 400_000_000_000_000_000 + Int64(number) << 22 }

    /// Who is there on a day: an odd step goes through all members in another order each day.
    private func member(_ place: Int, on day: Int64) -> Int64 { member((place * 7919 + Int(day) * 104_729) % Self.members) }

    private func standings(_ today: Int64, _ now: Instant, _ writer: SQLiteWriter) throws {
        try writer.repeated(
            """
            INSERT INTO activity_standings (guild, member, points, messages, score, score_day, place, streak, best, active_day,
                momentum, momentum_at, influence, influence_at, last_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, 1, 1, $8, 0, $9, 0, $9, $9)
            """, count: Self.members
        ) { index, row in
            row.bind(1, guild.number)
            row.bind(2, member(index))
            row.bind(3, Int64(3_000 * (index % 500 + 1)))
            row.bind(4, Int64(index % 500 + 1))
            row.bind(5, Double(index % 500 + 1))
            row.bind(6, today)
            row.bind(7, Double(index % 500 + 1))
            row.bind(8, today - Int64(index % 40))
            row.bind(9, now.milliseconds)
        }
    }

    private func day(_ day: Int64, isOver: Bool, _ writer: SQLiteWriter) throws {
        try writer.repeated(
            """
            INSERT INTO activity_ledger (guild, day, member, points, messages, replies, starters, further, reactions,
                answered, reacted, voice, voice_points, places) VALUES ($1, $2, $3, 9000, 3, 0, 0, 0, 0, 0, 0, 0, 0, $4)
            ON CONFLICT DO NOTHING
            """, count: Self.aDay
        ) { index, row in
            row.bind(1, guild.number)
            row.bind(2, day)
            row.bind(3, member(index, on: day))
            row.bind(4, [])
        }
        try writer.repeated(
            "INSERT INTO activity_hours (guild, hour, messages, points, members, reactions, voice) VALUES ($1, $2, $3, $4, $5, 0, 0)",
            count: 24
        ) { hour, row in
            row.bind(1, guild.number)
            row.bind(2, day * 24 + Int64(hour))
            row.bind(3, Int64(Self.aDay * 3 / 24))
            row.bind(4, Int64(Self.aDay * 9_000 / 24))
            row.bind(5, Int64(Self.aDay / 12))
        }
        guard isOver else { return }
        try rollUp(day, writer)
    }

    private func rollUp(_ day: Int64, _ writer: SQLiteWriter) throws {
        try writer.run(
            """
            INSERT INTO analytics_days (guild, day, messages, points, members, reactions, voice, week, month)
            VALUES (\(guild), \(day), \(3 * Self.aDay), \(9_000 * Self.aDay), \(Self.aDay), 0, 0, \(6 * Self.aDay), \(9 * Self.aDay))
            """)
        try writer.run(
            """
            INSERT INTO analytics_folds (guild, through) VALUES (\(guild), \(day))
            ON CONFLICT (guild) DO UPDATE SET through = excluded.through
            """)
        try writer.repeated(
            """
            INSERT INTO analytics_channels (guild, day, channel, messages, points, members, reactions, voice)
            VALUES ($1, $2, $3, $4, 9000, 10, 0, 0)
            """, count: Self.channels
        ) { index, row in
            row.bind(1, guild.number)
            row.bind(2, day)
            row.bind(3, 500_000_000_000_000_000 + Int64(index) << 22)
            row.bind(4, Int64(Self.aDay * 3 / Self.channels))
        }
    }

    private func arrivals(_ now: Instant, _ writer: SQLiteWriter) throws {
        let count = Self.newcomersAWeek * 13
        try writer.repeated(
            "INSERT INTO analytics_arrivals (guild, member, joined) VALUES ($1, $2, $3)", count: count
        ) { index, row in
            row.bind(1, guild.number)
            row.bind(2, member(index * 13))
            row.bind(3, now.milliseconds - Int64(index) * 90 * 86_400_000 / Int64(count))
        }
    }
}
