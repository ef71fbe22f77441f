internal import Kit
internal import Shared

/// Reminders as they lie in the store. Those that are over or were removed stay a while, so that they can be put off or had back.
enum ReminderRows {
    private static let columns: SQL = """
        id, guild, owner, way, channel, name, body, once, ahead, rule, since, skipped, zone, call_minute, place, role, everyone,
        snoozed, origin_channel, origin_message, state, trouble, next, version
        """

    static func find(_ id: Int64, in store: any Connection) throws -> Reminder? {
        try store.first("SELECT \(columns) FROM reminders_reminders WHERE id = \(id)", read).flatMap(\.self)
    }

    static func all(where condition: SQL, in store: any Connection) throws -> [Reminder] {
        try store.all("SELECT \(columns) FROM reminders_reminders WHERE \(condition)", read).compactMap(\.self)
    }

    /// Those of a server that stand, staff's or a member's own.
    static func standing(in guild: ID<Guild>, of owner: ID<Member>? = nil, in store: any Connection) throws -> [Reminder] {
        let whose: SQL = owner.map { "owner = \($0) AND way <> 'channel'" } ?? "way = 'channel'"
        return try all(
            where: "guild = \(guild) AND state IN ('on', 'paused') AND \(whose) ORDER BY next IS NULL, next, id", in: store)
    }

    static func count(in guild: ID<Guild>, of owner: ID<Member>?, in store: any Connection) throws -> Int {
        let whose: SQL = owner.map { "owner = \($0) AND way <> 'channel'" } ?? "way = 'channel'"
        return try store.first(
            "SELECT COUNT(*) FROM reminders_reminders WHERE guild = \(guild) AND state IN ('on', 'paused') AND \(whose)"
        ) { Int($0.int(0)) } ?? 0
    }

    /// Answers its number.
    static func insert(_ one: Reminder, at now: Instant, in store: any Connection) throws -> Int64 {
        let parts = Parts(one)
        return try store.first(
            """
            INSERT INTO reminders_reminders (guild, owner, way, channel, name, body, once, ahead, rule, since, skipped, zone,
                call_minute, place, role, everyone, snoozed, origin_channel, origin_message, state, trouble, next, changed, version)
            VALUES (\(one.guild), \(one.owner), \(one.way.rawValue), \(one.channel), \(one.name), \(one.text), \(parts.once),
                \(parts.ahead), \(parts.rule), \(parts.since), \(parts.skipped), \(one.zone), \(parts.call), \(one.place),
                \(one.role), \(one.mentionsEveryone), \(one.snoozed), \(one.origin?.channel), \(one.origin?.message),
                \(one.state.rawValue), \(one.trouble), \(one.next), \(now), 1) RETURNING id
            """
        ) { $0.int(0) } ?? 0
    }

    /// Writes it back, one version on.
    static func update(_ one: Reminder, at now: Instant, in store: any Connection) throws {
        let parts = Parts(one)
        try store.run(
            """
            UPDATE reminders_reminders SET owner = \(one.owner), way = \(one.way.rawValue), channel = \(one.channel),
                name = \(one.name), body = \(one.text), once = \(parts.once), ahead = \(parts.ahead), rule = \(parts.rule),
                since = \(parts.since), skipped = \(parts.skipped), zone = \(one.zone), call_minute = \(parts.call),
                place = \(one.place), role = \(one.role), everyone = \(one.mentionsEveryone), snoozed = \(one.snoozed),
                origin_channel = \(one.origin?.channel), origin_message = \(one.origin?.message), state = \(one.state.rawValue),
                trouble = \(one.trouble), next = \(one.next), changed = \(now), version = version + 1 WHERE id = \(one.id)
            """)
    }

    /// What lies in columns of its own.
    private struct Parts {
        var once: Instant?
        var ahead = Duration.zero.milliseconds
        var rule: String?
        var since = Instant(milliseconds: 0)
        var skipped = ""
        var call: SQLValue

        init(_ one: Reminder) {
            call = one.call.map { .int(Int64($0)) } ?? .null
            switch one.course {
            case .once(let at, let before):
                once = at
                ahead = before.milliseconds
            case .rule(let words, let start, let left):
                rule = words
                since = start
                skipped = left.map { "\($0.milliseconds)" }.joined(separator: " ")
            }
        }
    }

    private static func read(_ row: any Row) -> Reminder? {
        guard let guild: ID<Guild> = row.id(1), let way = Reminder.Way(rawValue: row.text(3)) else { return nil }
        let skipped = row.text(11).split(separator: " ").compactMap { Int64($0) }.map(Instant.init(milliseconds:))
        let once = row.optionalInt(7).map { Reminder.Course.once(Instant(milliseconds: $0), ahead: .milliseconds(row.int(8))) }
        var origin: Reminder.Origin?
        if let channel: ID<Channel> = row.id(18), let message: ID<Message> = row.id(19) {
            origin = Reminder.Origin(channel: channel, message: message)
        }
        return Reminder(
            id: row.int(0), guild: guild, owner: row.id(2), way: way, channel: row.id(4), name: row.text(5), text: row.text(6),
            course: once ?? .rule(row.text(9), since: row.instant(10), skipped: skipped), zone: row.text(12),
            call: row.optionalInt(13).map { Int($0) }, place: row.optionalText(14), role: row.id(15),
            mentionsEveryone: row.flag(16), snoozed: row.optionalInt(17).map(Instant.init(milliseconds:)), origin: origin,
            state: Reminder.State(rawValue: row.text(20)) ?? .paused, trouble: row.optionalText(21),
            next: row.optionalInt(22).map(Instant.init(milliseconds:)), version: row.int(23))
    }
}
