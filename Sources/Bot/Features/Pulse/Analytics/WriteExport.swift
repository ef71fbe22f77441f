internal import Kit
internal import Shared

/// An export that is written bit by bit.
struct ExportRow {
    var id: Int64
    var asker: ID<Member>?
    var format: Analytics.Format
    var book: Analytics.Book
    var lines: Int64
    var state: String

    static func insert(
        _ guild: ID<Guild>, asker: ID<Member>?, _ format: Analytics.Format, _ book: Analytics.Book, _ turn: Turn
    ) throws -> Int64 {
        try turn.store.first(
            """
            INSERT INTO analytics_exports (guild, asker, at, format, what, lines, bytes, state)
            VALUES (\(guild), \(asker?.number ?? 0), \(turn.now), \(format.rawValue), \(book.rawValue), 0, 0, 'writing')
            RETURNING id
            """
        ) { $0.int(0) } ?? 0
    }

    static func require(_ number: Int, _ turn: Turn) throws -> ExportRow {
        let guild = try turn.requireGuild()
        let found = try turn.store.first(
            "SELECT id, asker, format, what, lines, state FROM analytics_exports WHERE id = \(number) AND guild = \(guild)"
        ) { row in
            ExportRow(
                id: row.int(0), asker: row.id(1), format: .init(rawValue: row.text(2)) ?? .json,
                book: .init(rawValue: row.text(3)) ?? .days, lines: row.int(4), state: row.text(5))
        }
        guard let found else {
            throw Refusal(
                .notFound, "There is no export \(number) here.", hint: "Exports are kept for a week.", field: "export")
        }
        return found
    }
}

extension Analytics {
    struct ExportState: Codable, Sendable {
        var guild: Int64
        var export: Int64
        var days: Int
        /// Lines that are written.
        var after: Int
        var part: Int
    }

    /// Lines of a slice, parts of a file, and what Discord takes in one message.
    private static let slice = 100
    private static let partLines = 20_000
    private static let largestFile = 8 << 20

    static let writeExport = LongJob<ExportState>("analytics.export", "Writes an export") { turn, state in
        guard let guild = ID<Guild>(state.guild) else { return .finished("no such server") }
        let local = turn.inside(guild)
        guard let row = try? ExportRow.require(Int(state.export), local) else { return .finished("it was taken back") }
        let table = try ExportTable(row.book, days: state.days, local)
        let lines = try table.lines(from: state.after, limit: slice, local)
        var next = state
        next.part = state.after / partLines + 1
        next.after = state.after + lines.count
        let isFirst = state.after % partLines == 0
        let isLast = lines.count < slice || next.after % partLines == 0
        let text = ExportText.piece(row.format, table.columns, lines, isFirst: isFirst, isLast: isLast)
        try turn.store.run(
            """
            INSERT INTO analytics_parts (export, part, body) VALUES (\(state.export), \(next.part), \(text))
            ON CONFLICT (export, part) DO UPDATE SET body = analytics_parts.body || excluded.body
            """)
        try turn.store.run(
            """
            UPDATE analytics_exports SET lines = \(next.after), bytes = bytes + \(text.utf8.count) WHERE id = \(state.export)
            """)
        guard lines.count < slice else { return .more(next, done: next.after, of: max(table.count, next.after)) }
        try turn.store.run("UPDATE analytics_exports SET state = 'done' WHERE id = \(state.export)")
        try handOver(row, lines: next.after, turn)
        return .finished("\(grouped(Int64(next.after))) lines")
    }

    /// Whoever asked in Discord gets it there, when it fits; on the socket it is fetched part by part.
    private static func handOver(_ row: ExportRow, lines: Int, _ turn: Turn) throws {
        guard let asker = row.asker else { return }
        let parts = try turn.store.all("SELECT part, body FROM analytics_parts WHERE export = \(row.id) ORDER BY part") {
            (Int($0.int(0)), $0.text(1))
        }
        let isSmall = parts.count <= 10 && parts.reduce(0) { $0 + $1.1.utf8.count } <= largestFile
        let files = parts.map { part, body in
            Attachment(
                name: fileName(row.book, row.format, parts.count > 1 ? part : nil), type: "application/octet-stream",
                bytes: Array(body.utf8))
        }
        let card = ExportText.finished(row.id, lines: lines, fits: isSmall)
        turn.emit(.privately(member: asker, Post(card, files: isSmall ? files : [])))
    }

    /// Exports are for fetching, not for keeping.
    static func sweepExports(_ turn: Turn) throws {
        let old = turn.now - 7.days
        try turn.store.run(
            "DELETE FROM analytics_parts WHERE export IN (SELECT id FROM analytics_exports WHERE at < \(old))")
        try turn.store.run("DELETE FROM analytics_exports WHERE at < \(old)")
    }
}
