internal import Kit
internal import Shared

/// How exports are written, and what is said of them.
enum ExportText {
    static func whole(_ format: Analytics.Format, _ columns: [String], _ lines: [[JSON]]) -> String {
        piece(format, columns, lines, isFirst: true, isLast: true)
    }

    /// A stretch of a file: a list of objects, or lines with a heading.
    static func piece(
        _ format: Analytics.Format, _ columns: [String], _ lines: [[JSON]], isFirst: Bool, isLast: Bool
    ) -> String {
        if format == .csv {
            return (isFirst ? columns.joined(separator: ",") + "\r\n" : "")
                + lines.map { $0.map(cell).joined(separator: ",") + "\r\n" }.joined()
        }
        let objects = lines.map { line in
            JSON.object(JSON.Object(zip(columns, line).map { (key: $0, value: $1) })).line
        }
        return (isFirst ? "[\n" : objects.isEmpty ? "" : ",\n") + objects.joined(separator: ",\n") + (isLast ? "\n]\n" : "")
    }

    /// RFC 4180. What a spreadsheet would take for a formula is given an apostrophe before it.
    static func cell(_ value: JSON) -> String {
        switch value {
        case .null: return ""
        case .string(var text):
            if let first = text.first, "=+-@\t\r".contains(first) { text = "'" + text }
            guard text.contains(where: { $0 == "\"" || $0 == "," || $0.isNewline }) else { return text }
            return "\"" + text.replacing("\"", with: "\"\"") + "\""
        default: return value.line
        }
    }

    static func handedOver(_ book: Analytics.Book, lines: Int, at door: Door) -> Card {
        Card(
            text: "Here are the \(words: book.rawValue): \(words: counted(Int64(lines), "line")).",
            footer: door == .socket ? inShell : nil, tone: .good)
    }

    /// A terminal is no place for a file.
    private static let inShell: Phrase = "To have it as a file, repeat the line with --json | jq -r .text > file"

    static func begun(_ id: Int64, lines: Int, isMember: Bool) -> Card {
        let road: Phrase = isMember ? "You get it privately when it is done." : "Fetch it with analytics download \(id)."
        return Card(
            text: "Export \(id) of \(words: counted(Int64(lines), "line")) is being written. \(road)",
            footer: "How far it is: house jobs.", tone: .good)
    }

    static func finished(_ id: Int64, lines: Int, fits: Bool) -> Card {
        let rest: Phrase = fits ? "" : " It is too large for a message: fetch it part by part with analytics download."
        return Card(text: "Export \(id) is done: \(words: counted(Int64(lines), "line")).\(rest)", tone: .good)
    }

    static func part(_ id: Int, _ part: Int, of parts: Int64, at door: Door) -> Card {
        Card(text: "Part \(part) of \(parts) of export \(id).", footer: door == .socket ? inShell : nil, tone: .good)
    }

    static func embed(_ book: Analytics.Book, _ table: ExportTable, _ lines: [[JSON]]) -> Card {
        let heading: Phrase = "\(code: table.columns.joined(separator: " · "))"
        let rows = lines.map { line -> Phrase in
            "\(line.map { $0.text ?? ($0.isNull ? "–" : $0.line) }.joined(separator: " · "))"
        }
        return Card(
            "The \(words: book.rawValue) of this server", text: .lines([heading] + rows),
            footer:
                "\(words: grouped(Int64(min(20, table.count)))) of \(words: grouped(Int64(table.count))) lines; csv or json has all."
        )
    }
}
