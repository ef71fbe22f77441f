internal import Kit
internal import Shared

/// Kinds of tickets as they lie in the store; one that was removed stays, since tickets were opened by it.
enum KindRows {
    private static let columns: SQL =
        "id, guild, name, label, place, parent, role, preset, questions, greeting, priority, removed, version"

    static func all(of guild: ID<Guild>, in store: any Connection) throws -> [TicketKind] {
        try store.all(
            "SELECT \(columns) FROM tickets_kinds WHERE guild = \(guild) AND removed = 0 ORDER BY id", read
        ).compactMap(\.self)
    }

    static func find(_ id: Int64, in store: any Connection) throws -> TicketKind? {
        try store.first("SELECT \(columns) FROM tickets_kinds WHERE id = \(id)", read).flatMap(\.self)
    }

    /// The kind of this name in the turn's server; a removed one only when it is asked for.
    static func require(_ name: String, _ turn: Turn, removed: Bool = false) throws -> TicketKind {
        let guild = try turn.requireGuild()
        let wanted = name.lowercased()
        if let found = try named(wanted, in: guild, turn.store), removed || !found.isRemoved { return found }
        let names = try all(of: guild, in: turn.store).map(\.name)
        let near = nearest(to: wanted, among: names).map { "Did you mean \"\($0)\"? " } ?? ""
        throw Refusal(
            .notFound, "There is no kind of ticket called \"\(name.prefix(40))\" here.",
            hint: near + (names.isEmpty ? "Set one up with tickets add_kind." : "There are: \(names.joined(separator: ", "))."),
            field: "kind")
    }

    static func named(_ name: String, in guild: ID<Guild>, _ store: any Connection) throws -> TicketKind? {
        try store.first("SELECT \(columns) FROM tickets_kinds WHERE guild = \(guild) AND name = \(name)", read).flatMap(\.self)
    }

    /// Answers its number.
    static func insert(_ kind: TicketKind, in store: any Connection) throws -> Int64 {
        try store.first(
            """
            INSERT INTO tickets_kinds (guild, name, label, place, parent, role, preset, questions, greeting, priority, removed,
                version)
            VALUES (\(kind.guild), \(kind.name), \(kind.label), \(kind.place.rawValue), \(kind.parent), \(kind.role),
                \(kind.preset.rawValue), \(kind.questions.json), \(kind.greeting), \(kind.priority.rawValue), 0, 1) RETURNING id
            """
        ) { $0.int(0) } ?? 0
    }

    static func update(_ kind: TicketKind, in store: any Connection) throws {
        try store.run(
            """
            UPDATE tickets_kinds SET label = \(kind.label), place = \(kind.place.rawValue), parent = \(kind.parent),
                role = \(kind.role), preset = \(kind.preset.rawValue), questions = \(kind.questions.json),
                greeting = \(kind.greeting), priority = \(kind.priority.rawValue), removed = \(kind.isRemoved),
                version = version + 1
            WHERE id = \(kind.id)
            """)
    }

    private static func read(_ row: any Row) -> TicketKind? {
        guard let guild: ID<Guild> = row.id(1) else { return nil }
        return TicketKind(
            id: row.int(0), guild: guild, name: row.text(2), label: row.text(3),
            place: Ticket.Place(rawValue: row.text(4)) ?? .channel, parent: row.id(5), role: row.id(6),
            preset: TicketKind.Preset(rawValue: row.text(7)) ?? .closed, questions: questions(row.json(8)),
            greeting: row.optionalText(9), priority: Ticket.Priority(rawValue: row.text(10)) ?? .normal,
            isRemoved: row.flag(11), version: row.int(12))
    }

    private static func questions(_ json: JSON) -> [TicketKind.Question] {
        (json.array ?? []).map {
            TicketKind.Question(
                label: $0["label"]?.text ?? "", isLong: $0["long"]?.bool ?? false, isRequired: $0["required"]?.bool ?? true)
        }
    }
}

extension [TicketKind.Question] {
    fileprivate var json: JSON {
        .array(map { ["label": .string($0.label), "long": .bool($0.isLong), "required": .bool($0.isRequired)] })
    }
}
