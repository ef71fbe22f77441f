internal import Kit
internal import Shared

/// A question that was asked again and again, and its answer: proposed by the house, or written by staff.
struct FaqEntry: Equatable {
    enum State: String, CaseIterable, Sendable { case proposed, approved, rejected, removed }

    var id: Int64 = 0
    var guild: ID<Guild>
    /// The topic of tickets that it is about; nil when staff wrote it.
    var topic: Int64?
    var question: String
    var answer: String
    var state: State
    /// Whose words the question is, as long as nobody has put it in others.
    var source: ID<Member>?
    var author: ID<Member>?
    var helped: Int64 = 0
    var made: Instant
    var changed: Instant
    var version: Int64 = 1

    var subject: String { "answer \(id)" }
    var record: JSON { ["question": .string(question), "answer": .string(answer), "state": .string(state.rawValue)] }
}

enum FaqRows {
    private static let columns: SQL =
        "id, guild, topic, question, answer, state, source, author, helped, made, changed, version"

    static func all(of guild: ID<Guild>, _ state: FaqEntry.State, in store: any Connection) throws -> [FaqEntry] {
        try store.all(
            "SELECT \(columns) FROM faq_entries WHERE guild = \(guild) AND state = \(state.rawValue) ORDER BY id", read
        ).compactMap(\.self)
    }

    static func require(_ id: Int, _ turn: Turn) throws -> FaqEntry {
        let guild = try turn.requireGuild()
        let found = try turn.store.first(
            "SELECT \(columns) FROM faq_entries WHERE id = \(id) AND guild = \(guild)", read
        ).flatMap(\.self)
        guard let found else {
            throw Refusal(.notFound, "There is no answer \(id) here.", hint: "See them all with faq list.", field: "id")
        }
        return found
    }

    /// Whether a topic has been proposed, whatever became of that.
    static func has(topic: Int64, of guild: ID<Guild>, in store: any Connection) throws -> Bool {
        try store.first("SELECT 1 FROM faq_entries WHERE guild = \(guild) AND topic = \(topic) LIMIT 1") { _ in true } ?? false
    }

    static func insert(_ entry: FaqEntry, in store: any Connection) throws -> Int64 {
        try store.first(
            """
            INSERT INTO faq_entries (guild, topic, question, answer, state, source, author, helped, made, changed, version)
            VALUES (\(entry.guild), \(entry.topic.map(SQLValue.int) ?? .null), \(entry.question), \(entry.answer),
                \(entry.state.rawValue), \(entry.source), \(entry.author), 0, \(entry.made), \(entry.changed), 1) RETURNING id
            """
        ) { $0.int(0) } ?? 0
    }

    static func update(_ entry: FaqEntry, in store: any Connection) throws {
        try store.run(
            """
            UPDATE faq_entries SET question = \(entry.question), answer = \(entry.answer), state = \(entry.state.rawValue),
                source = \(entry.source), author = \(entry.author), helped = \(entry.helped), changed = \(entry.changed),
                version = version + 1
            WHERE id = \(entry.id)
            """)
    }

    private static func read(_ row: any Row) -> FaqEntry? {
        guard let guild: ID<Guild> = row.id(1) else { return nil }
        return FaqEntry(
            id: row.int(0), guild: guild, topic: row.optionalInt(2), question: row.text(3), answer: row.text(4),
            state: FaqEntry.State(rawValue: row.text(5)) ?? .removed, source: row.id(6), author: row.id(7), helped: row.int(8),
            made: row.instant(9), changed: row.instant(10), version: row.int(11))
    }
}
