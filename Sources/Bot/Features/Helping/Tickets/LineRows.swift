internal import Kit
internal import Shared

/// What was said in a ticket, a row each: the answers that it began with, messages, and what became of it.
struct TicketLine: Equatable {
    enum Voice: String {
        /// An opening question and what was answered.
        case answer
        case member, staff, guest
        /// The bot, in the staff's name.
        case house
        /// What happened to the ticket.
        case note
    }

    var id: Int64 = 0
    var ticket: Int64
    var guild: ID<Guild>
    var message: ID<Message>?
    var at: Instant
    var author: ID<Member>?
    var voice: Voice
    /// The question of an answer.
    var head: String?
    /// Nil: not kept, or gone.
    var body: String?
    var edited: Instant?
    var deleted: Instant?
}

enum LineRows {
    private static let columns: SQL = "id, ticket, guild, message, at, author, voice, head, body, edited, deleted"

    /// What is told twice is kept once.
    @discardableResult
    static func insert(_ line: TicketLine, in store: any Connection) throws -> Bool {
        try store.run(
            """
            INSERT INTO tickets_lines (ticket, guild, message, at, author, voice, head, body)
            VALUES (\(line.ticket), \(line.guild), \(line.message), \(line.at), \(line.author), \(line.voice.rawValue),
                \(line.head), \(line.body)) ON CONFLICT DO NOTHING
            """) > 0
    }

    static func all(of ticket: Int64, in store: any Connection) throws -> [TicketLine] {
        try store.all("SELECT \(columns) FROM tickets_lines WHERE ticket = \(ticket) ORDER BY at, id", read).compactMap(\.self)
    }

    static func hasAnswers(_ ticket: Int64, in store: any Connection) throws -> Bool {
        try store.first("SELECT 1 FROM tickets_lines WHERE ticket = \(ticket) AND voice = 'answer' LIMIT 1") { _ in true }
            ?? false
    }

    static func edit(_ message: ID<Message>, of ticket: Int64, _ body: String?, at: Instant, in store: any Connection) throws {
        try store.run(
            """
            UPDATE tickets_lines SET body = \(body), edited = \(at)
            WHERE ticket = \(ticket) AND message = \(message) AND deleted IS NULL
            """)
    }

    /// What somebody took back is not kept behind their back; that something was said is.
    static func delete(_ message: ID<Message>, of ticket: Int64, at: Instant, in store: any Connection) throws {
        let gone: String? = nil
        try store.run(
            """
            UPDATE tickets_lines SET body = \(gone), deleted = \(at) WHERE ticket = \(ticket) AND message = \(message)
            """)
    }

    /// Something that happened, in the ticket's own history.
    static func note(_ words: String, by member: ID<Member>? = nil, on ticket: Ticket, _ turn: Turn) throws {
        try insert(
            TicketLine(
                ticket: ticket.id, guild: ticket.guild, message: nil, at: turn.now, author: member, voice: .note, body: words),
            in: turn.store)
    }

    private static func read(_ row: any Row) -> TicketLine? {
        guard let guild: ID<Guild> = row.id(2) else { return nil }
        func moment(_ column: Int) -> Instant? { row.optionalInt(column).map(Instant.init(milliseconds:)) }
        return TicketLine(
            id: row.int(0), ticket: row.int(1), guild: guild, message: row.id(3), at: row.instant(4), author: row.id(5),
            voice: TicketLine.Voice(rawValue: row.text(6)) ?? .note, head: row.optionalText(7), body: row.optionalText(8),
            edited: moment(9), deleted: moment(10))
    }
}
