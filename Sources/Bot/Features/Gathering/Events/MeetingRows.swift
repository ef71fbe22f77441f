internal import Kit
internal import Shared

/// Events as they lie in the store; none is ever deleted, so that each can be had back.
enum MeetingRows {
    private static let columns: SQL = """
        id, guild, title, body, start, length, zone, rule, channel, voice, place, capacity, cutoff, role, ladder, template,
        creator, uid, state, trouble, version
        """

    static func find(_ id: Int64, in store: any Connection) throws -> Meeting? {
        try store.first("SELECT \(columns) FROM events_meetings WHERE id = \(id)", read).flatMap(\.self)
    }

    static func find(uid: String, of guild: ID<Guild>, in store: any Connection) throws -> Meeting? {
        try store.first("SELECT \(columns) FROM events_meetings WHERE guild = \(guild) AND uid = \(uid)", read).flatMap(\.self)
    }

    static func all(of guild: ID<Guild>, _ states: Set<Meeting.State> = [.on], in store: any Connection) throws -> [Meeting] {
        try store.all("SELECT \(columns) FROM events_meetings WHERE guild = \(guild) ORDER BY id", read).compactMap(\.self)
            .filter { states.contains($0.state) }
    }

    /// The event that a number or a title names in the turn's server.
    static func require(_ words: String, _ turn: Turn) throws -> Meeting {
        let guild = try turn.requireGuild()
        if let id = Int64(words), let found = try find(id, in: turn.store), found.guild == guild { return found }
        let known = try all(of: guild, [.on, .cancelled], in: turn.store)
        let named = known.filter { $0.title.lowercased() == words.lowercased() }
        if let only = named.first, named.count == 1 { return only }
        let near = nearest(to: words, among: known.map(\.title)).map { "Did you mean \"\($0)\"? " } ?? ""
        throw Refusal(
            named.isEmpty ? .notFound : .invalid,
            named.isEmpty ? "There is no event \"\(words.prefix(60))\" here." : "Several events are called that.",
            hint: named.isEmpty
                ? near + "See them with events list."
                : "Say its number: \(named.prefix(5).map(\.key).joined(separator: ", ")).", field: "id")
    }

    /// Answers its number.
    static func insert(_ one: Meeting, in store: any Connection) throws -> Int64 {
        try store.first(
            """
            INSERT INTO events_meetings (guild, title, body, start, length, zone, rule, channel, voice, place, capacity, cutoff,
                role, ladder, template, creator, uid, state, version)
            VALUES (\(one.guild), \(one.title), \(one.text), \(one.start), \(one.length), \(one.zone), \(one.rule),
                \(one.channel), \(one.voice), \(one.place), \(number(one.capacity)), \(one.cutoff), \(one.role), \(one.ladder),
                \(one.template), \(one.creator), \(one.uid), \(one.state.rawValue), 1) RETURNING id
            """
        ) { $0.int(0) } ?? 0
    }

    /// Writes it back, one version on.
    static func update(_ one: Meeting, in store: any Connection) throws {
        try store.run(
            """
            UPDATE events_meetings SET title = \(one.title), body = \(one.text), start = \(one.start), length = \(one.length),
                zone = \(one.zone), rule = \(one.rule), channel = \(one.channel), voice = \(one.voice), place = \(one.place),
                capacity = \(number(one.capacity)), cutoff = \(one.cutoff), role = \(one.role), ladder = \(one.ladder),
                template = \(one.template), state = \(one.state.rawValue), trouble = \(one.trouble), version = version + 1
            WHERE id = \(one.id)
            """)
    }

    static func note(trouble: String?, of id: Int64, in store: any Connection) throws {
        try store.run("UPDATE events_meetings SET trouble = \(trouble) WHERE id = \(id)")
    }

    private static func number(_ value: Int?) -> SQLValue { value.map { .int(Int64($0)) } ?? .null }

    private static func read(_ row: any Row) -> Meeting? {
        guard let guild: ID<Guild> = row.id(1), let channel: ID<Channel> = row.id(8) else { return nil }
        return Meeting(
            id: row.int(0), guild: guild, title: row.text(2), text: row.text(3), start: row.instant(4),
            length: .milliseconds(row.int(5)), zone: row.text(6), rule: row.optionalText(7), channel: channel, voice: row.id(9),
            place: row.optionalText(10), capacity: row.optionalInt(11).map { Int($0) },
            cutoff: row.optionalInt(12).map { .milliseconds($0) }, role: row.id(13), ladder: row.optionalText(14),
            template: row.optionalText(15), creator: row.id(16), uid: row.text(17),
            state: Meeting.State(rawValue: row.text(18)) ?? .archived, trouble: row.optionalText(19), version: row.int(20))
    }
}
