internal import Kit
internal import Shared

/// What is said about keys.
enum KeyText {
    static func made(_ row: KeyRow, _ text: String) -> Card {
        Card(
            "Key \(row.id), \(row.name)", text: "\(code: text)",
            fields: [
                .init("Reads", "\(words: row.features.joined(separator: ", ")), as \(words: row.sees.rawValue)"),
                .init("At most", "\(row.limit) requests a minute"), .init("Until", until(row)),
            ], footer: "This is the only time that it is shown. Take it back with keys revoke.", tone: .good)
    }

    static func list(_ rows: [KeyRow]) -> Card {
        let lines = rows.map { row -> Phrase in
            "\(strong: String(row.id))  \(row.name): \(words: row.features.joined(separator: ", ")), as \(words: row.sees.rawValue), until \(until(row))"
        }
        return Card("Keys", text: rows.isEmpty ? "There are none. Make one in a shell: hearth keys create" : .lines(lines))
    }

    static func revoked(_ row: KeyRow) -> Card {
        Card(text: "Key \(row.id), \(row.name), opens nothing any more.", tone: .good)
    }

    private static func until(_ row: KeyRow) -> Phrase { row.ends.map { "\($0, .moment)" } ?? "it is revoked" }
}
