internal import Kit
internal import Shared

/// What is said about rules. An admin wrote them, so their Markdown works.
enum ServerRulesText {
    static func all(_ book: RuleBook, _ turn: Turn) -> Card {
        let server = turn.house.directory.guild(book.guild)?.name ?? "this server"
        guard !book.rules.isEmpty else { return Card(text: "There are no rules here yet.") }
        return Card("Rules of \(server)", text: RulesReading.phrase(book.rules), footer: version(book))
    }

    static func one(_ number: Int, _ rule: String) -> Card { Card(text: "\(strong: "\(number).") \(words: rule)") }

    static func changed(_ book: RuleBook) -> Card {
        Card(
            "The rules are changed", text: book.rules.isEmpty ? "There are none any more." : RulesReading.phrase(book.rules),
            footer: version(book), tone: .good)
    }

    private static func version(_ book: RuleBook) -> Phrase? {
        book.changed.map { "Version \(book.version), of \($0, .date)" }
    }
}
