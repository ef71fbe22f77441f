import Kit
import Machine
import Shared
import Store

/// A million members, or fewer, written where the daemon would have written them: few have much and most have little, and who leads today is
/// not quite who leads all time.
struct Multitude {
    private static let batch = 20_000
    private static let decay = 0.98

    private struct Person {
        var id: Int64
        var earlier: Int64
        var today: Int64
    }

    let guild: ID<Guild>
    var count = 1_000_000
    /// On how many days, up to today, each has done as much as today.
    var days = 1

    func settles(in database: String) throws {
        let now = Instant(milliseconds: wallMilliseconds())
        let writer = try SQLiteLibrary(path: database).openWriter()
        for start in stride(from: 0, to: count, by: Self.batch) {
            let people = (start..<start + Self.batch).map(person)
            try writer.begin()
            try standings(people, now, writer)
            for day in 0..<days { try write(people, on: now - day.days, writer) }
            try names(people, writer)
            try writer.commit()
        }
        try writer.stop()
    }

    private func person(_ number: Int) -> Person {
        // An odd factor mixes the numbers without giving one twice; points fall as one over the rank.
        let rank = Int64(number * 7_368_787 % count) + 1
        let luck = Int64(number &* 2_654_435_761 % 1000) + 1
        let share = 2_000_000_000 / rank
        return Person(
            id: 400_000_000_000_000_000 + Int64(number) << 22, earlier: max(1000, share / 1000 * 1000),
            today: max(1000, share * luck / 20_000 / 1000 * 1000))
    }

    private func standings(_ people: [Person], _ now: Instant, _ writer: SQLiteWriter) throws {
        let today = Double(now.milliseconds / 86_400_000)
        try writer.repeated(
            """
            INSERT INTO activity_standings (guild, member, points, messages, score, score_day, place, streak, best, active_day,
                momentum, momentum_at, influence, influence_at, last_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, 1, 1, $6, 0, $8, 0, $8, $8)
            """, count: people.count
        ) { index, row in
            let person = people[index]
            let score = Double(person.earlier) / 2 + Double(person.today)
            row.bind(1, guild.number)
            row.bind(2, person.id)
            row.bind(3, person.earlier + person.today)
            row.bind(4, (person.earlier + person.today) / 1000)
            row.bind(5, score)
            row.bind(6, Int64(today))
            row.bind(7, ((logarithm2(score) - today * logarithm2(Self.decay)) * 1e9).rounded() / 1e9)
            row.bind(8, now.milliseconds)
        }
    }

    private func write(_ people: [Person], on now: Instant, _ writer: SQLiteWriter) throws {
        try writer.repeated(
            """
            INSERT INTO activity_ledger (guild, day, member, points, messages, replies, starters, further, reactions,
                answered, reacted, voice, voice_points, places) VALUES ($1, $2, $3, $4, $5, 0, 0, 0, 0, 0, 0, 0, 0, $6)
            """, count: people.count
        ) { index, row in
            row.bind(1, guild.number)
            row.bind(2, now.milliseconds / 86_400_000)
            row.bind(3, people[index].id)
            row.bind(4, people[index].today)
            row.bind(5, people[index].today / 1000)
            row.bind(6, [])
        }
    }

    /// Forty to a row, as the projection packs them.
    private func names(_ people: [Person], _ writer: SQLiteWriter) throws {
        let rows = stride(from: 0, to: people.count, by: 40).map { people[$0..<min($0 + 40, people.count)] }
        try writer.repeated(
            "INSERT INTO house_rosters (guild, first, members) VALUES ($1, $2, $3)", count: rows.count
        ) { index, row in
            let profiles = rows[index].compactMap { person in
                ID<Member>(person.id).map { id in
                    MemberProfile(
                        id: id, guild: guild, username: "person-\(id)", globalName: nil, nick: nil, roles: [], isBot: false,
                        joined: nil)
                }
            }
            row.bind(1, guild.number)
            row.bind(2, rows[index].first?.id ?? 0)
            row.bind(3, MemberList(profiles).bytes)
        }
    }
}
