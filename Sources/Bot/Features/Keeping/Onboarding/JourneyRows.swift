internal import Kit
internal import Shared

/// Journeys as they lie in the store, a row for each member of each server.
enum JourneyRows {
    private static let columns: SQL =
        """
        guild, member, joined, stage, question, moved, greeting, started, accepted, rules, finished, roles, reminded, reminders,
        left_at
        """

    static func find(_ member: ID<Member>, in guild: ID<Guild>, _ store: any Connection) throws -> Journey? {
        try store.first(
            "SELECT \(columns) FROM onboarding_journeys WHERE guild = \(guild) AND member = \(member)", read
        ).flatMap(\.self)
    }

    static func all(of guild: ID<Guild>, where condition: SQL, in store: any Connection) throws -> [Journey] {
        try store.all("SELECT \(columns) FROM onboarding_journeys WHERE guild = \(guild) AND \(condition)", read)
            .compactMap(\.self)
    }

    static func count(of guild: ID<Guild>, where condition: SQL, in store: any Connection) throws -> Int {
        try store.first("SELECT COUNT(*) FROM onboarding_journeys WHERE guild = \(guild) AND \(condition)") {
            Int($0.int(0))
        } ?? 0
    }

    static func write(_ one: Journey, in store: any Connection) throws {
        try store.run(
            """
            INSERT INTO onboarding_journeys (guild, member, joined, stage, question, moved, greeting, started, accepted, rules,
                finished, roles, reminded, reminders, left_at)
            VALUES (\(one.guild), \(one.member), \(one.joined), \(one.stage.rawValue), \(optional: one.question), \(one.moved),
                \(one.greeting.rawValue), \(one.started), \(one.accepted), \(optional: one.rules), \(one.finished),
                \(one.roles.rawValue), \(one.reminded), \(one.reminders), \(one.left))
            ON CONFLICT (guild, member) DO UPDATE SET joined = excluded.joined, stage = excluded.stage,
                question = excluded.question, moved = excluded.moved, greeting = excluded.greeting, started = excluded.started,
                accepted = excluded.accepted, rules = excluded.rules, finished = excluded.finished, roles = excluded.roles,
                reminded = excluded.reminded, reminders = excluded.reminders, left_at = excluded.left_at
            """)
    }

    private static func read(_ row: any Row) -> Journey? {
        guard let guild: ID<Guild> = row.id(0), let member: ID<Member> = row.id(1) else { return nil }
        func moment(_ column: Int) -> Instant? { row.optionalInt(column).map(Instant.init(milliseconds:)) }
        var one = Journey(guild: guild, member: member, joined: row.instant(2), moved: row.instant(5))
        one.stage = Journey.Stage(rawValue: row.text(3)) ?? .joined
        one.question = row.optionalInt(4)
        one.greeting = Journey.Greeting(rawValue: row.text(6)) ?? .none
        one.started = moment(7)
        one.accepted = moment(8)
        one.rules = row.optionalInt(9)
        one.finished = moment(10)
        one.roles = Journey.Roles(rawValue: row.text(11)) ?? .none
        one.reminded = moment(12)
        one.reminders = row.int(13)
        one.left = moment(14)
        return one
    }
}

extension SQL.Interpolation {
    fileprivate mutating func appendInterpolation(optional number: Int64?) {
        appendInterpolation(number.map(SQLValue.int) ?? .null)
    }
}
