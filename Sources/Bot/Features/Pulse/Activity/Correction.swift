internal import Kit
internal import Shared

/// A figure that staff have set: points on top of (or short of) what was counted on a day, or a streak as it stood at its end.
struct Correction {
    enum Deed {
        case points(Int64)
        case streak(Int)
    }

    var id: Int64
    var person: ActivityBook.Person
    var day: Day
    var deed: Deed
    var reason: String
    var author: String
    var at: Instant
    /// The import that it came with; 0 when staff have set it one by one.
    var batch: Int64 = 0

    static func all(
        of person: ActivityBook.Person, since day: Day = Day(number: 0), in store: any Connection
    ) throws -> [Correction] {
        try read(
            "guild = \(person.guild) AND member = \(person.member) AND (day >= \(day) OR batch > 0) ORDER BY day, id", store)
    }

    static func find(_ id: Int64, in guild: ID<Guild>, _ store: any Connection) throws -> Correction? {
        try read("guild = \(guild) AND id = \(id)", store).first
    }

    static func latest(in guild: ID<Guild>, _ count: Int, _ store: any Connection) throws -> [Correction] {
        try read("guild = \(guild) AND batch = 0 ORDER BY id DESC LIMIT \(count)", store)
    }

    static func all(ofBatch batch: Int64, in guild: ID<Guild>, _ store: any Connection) throws -> [Correction] {
        try read("batch = \(batch) AND guild = \(guild) ORDER BY id", store)
    }

    private static func read(_ which: SQL, _ store: any Connection) throws -> [Correction] {
        try store.all(
            "SELECT id, guild, member, day, points, streak, reason, author, at, batch FROM activity_corrections WHERE \(which)"
        ) { row in
            Correction(
                id: row.int(0), person: .init(guild: row.int(1), member: row.int(2)),
                day: Day(number: Int32(truncatingIfNeeded: row.int(3))),
                deed: row.optionalInt(5).map { .streak(Int($0)) } ?? .points(row.int(4)), reason: row.text(6),
                author: row.text(7), at: row.instant(8), batch: row.int(9))
        }
    }

    func insert(in store: any Connection) throws -> Int64 {
        let (points, streak): (Int64, Int?) =
            switch deed {
            case .points(let points): (points, nil)
            case .streak(let streak): (0, streak)
            }
        return try store.first(
            """
            INSERT INTO activity_corrections (guild, member, day, points, streak, reason, author, at, batch)
            VALUES (\(person.guild), \(person.member), \(day), \(points), \(streak.map { SQLValue.int(Int64($0)) } ?? .null),
                \(reason), \(author), \(at), \(batch)) RETURNING id
            """
        ) { $0.int(0) } ?? 0
    }
}
