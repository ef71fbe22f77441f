internal import Kit
internal import Shared

extension Analytics {
    /// What can be had as a table.
    enum Book: String, CaseIterable, Sendable { case days, hours, channels, members, snapshots }
    enum Format: String, CaseIterable, Sendable { case json, csv, embed }

    /// More lines than this are written bit by bit, and handed over when they are all there.
    static let most = 5_000

    /// ANA-03: small books at once as a file, large ones as work whose progress can be watched.
    static let export = Command(
        "analytics.export", "Hands over the server's statistics as JSON, CSV or an embed", access: .guildOwner,
        also: ["export"],
        isPrivate: true, isSlow: true, changes: true,
        returns: .record(["export": .whole, "format": .text, "book": .text, "lines": .whole, "text": .text]),
        example: "format: csv book: members",
        .oneOf("format", "json, csv or embed", default: Format.json), .oneOf("book", "Which table", default: Book.days),
        .whole("days", "How many days back", 1...3660, default: 365)
    ) { turn, format, book, days in
        let table = try ExportTable(book, days: days, turn)
        switch format {
        case .embed:
            let lines = try table.lines(from: 0, limit: 20, turn)
            return .done(
                ExportText.embed(book, table, lines), data: told(format, book, table.count, text: nil, export: nil))
        case .json, .csv:
            guard table.count <= most else { return try begin(format, book, table, turn) }
            let text = ExportText.whole(format, table.columns, try table.lines(from: 0, limit: most, turn))
            return Reply(
                .file(name: fileName(book, format, nil), bytes: Array(text.utf8)),
                ExportText.handedOver(book, lines: table.count, at: turn.door),
                data: told(format, book, table.count, text: text, export: nil))
        }
    }

    static let download = Command(
        "analytics.download", "A part of an export that was written", access: .guildOwner, isPrivate: true, isSlow: true,
        changes: false, returns: .record(["export": .whole, "state": .text, "part": .whole, "parts": .whole, "text": .text]),
        example: "export: 1 part: 1",
        .whole("export", "Its number", 1...Int.max), .whole("part", "Which part of it", 1...100_000, default: 1)
    ) { turn, number, part in
        let export = try ExportRow.require(number, turn)
        guard export.state == "done" else {
            throw Refusal.unavailable("Export \(number) is still being written: \(grouped(export.lines)) lines so far.")
        }
        let parts = try turn.store.first("SELECT COUNT(*) FROM analytics_parts WHERE export = \(number)") { $0.int(0) } ?? 0
        let text = try turn.store.first(
            "SELECT body FROM analytics_parts WHERE export = \(number) AND part = \(part)"
        ) { $0.text(0) }
        guard let text else {
            throw Refusal(.notFound, "Export \(number) has \(parts) parts.", hint: "The first is 1.", field: "part")
        }
        let data = JSON.fields([
            "export": .int(Int64(number)), "state": .string(export.state), "part": .int(Int64(part)), "parts": .int(parts),
            "text": .string(text),
        ])
        return Reply(
            .file(name: fileName(export.book, export.format, part), bytes: Array(text.utf8)),
            ExportText.part(number, part, of: parts, at: turn.door), data: data)
    }

    private static func begin(_ format: Format, _ book: Book, _ table: ExportTable, _ turn: Turn) throws -> Reply {
        let guild = try turn.requireGuild()
        let id = try ExportRow.insert(guild, asker: turn.asker.member, format, book, turn)
        let state = ExportState(guild: guild.number, export: id, days: table.days, after: 0, part: 1)
        try turn.start(writeExport, key: String(id), state)
        turn.change("export \(id)", from: .null, to: .string("\(book.rawValue) as \(format.rawValue)"))
        return .done(
            ExportText.begun(id, lines: table.count, isMember: turn.asker.member != nil),
            data: told(format, book, table.count, text: nil, export: id))
    }

    private static func told(_ format: Format, _ book: Book, _ count: Int, text: String?, export: Int64?) -> JSON {
        .fields([
            "export": export.map { .int($0) }, "format": .string(format.rawValue), "book": .string(book.rawValue),
            "lines": .int(Int64(count)), "text": text.map { .string($0) },
        ])
    }

    static func fileName(_ book: Book, _ format: Format, _ part: Int?) -> String {
        "\(book.rawValue)\(part.map { "-\($0)" } ?? "").\(format == .csv ? "csv" : "json")"
    }
}
