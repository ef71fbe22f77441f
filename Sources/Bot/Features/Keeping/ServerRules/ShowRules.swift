internal import Kit
internal import Shared

extension ServerRules {
    /// ONB-09: all of them, or one.
    static let show = Command(
        "rules.show", "The rules of this server, or one of them", also: ["rules"], changes: false, returns: bookShape,
        example: "1",
        .optional(.whole("n", "Which one; all when left out", 1...mostRules))
    ) { turn, number in
        let book = try RuleBook.read(turn)
        guard let number else { return .done(ServerRulesText.all(book, turn), data: row(of: book)) }
        let index = try book.index(of: number)
        return .done(ServerRulesText.one(number, book.rules[index]), data: row(of: book, only: index))
    }

    static let reading = RulesReading { turn in
        let book = try RuleBook.read(turn)
        return RulesReading.Book(version: book.version, rules: book.rules)
    }

    static let panel = Panel(
        "rules.list", "Rules", "The rules of the server", tables: ["rules_books"],
        columns: [.init("n", "#", .number), .init("text", "Rule", .text)],
        actions: [
            .init("rules.edit", "Edit", ["n": "n", "text": "text"]), .init("rules.move", "Move", ["n": "n"]),
            .init("rules.add", "Add", [:]), .init("rules.remove", "Remove", ["n": "n"]),
        ],
        empty: "No rules yet. rules add writes the first."
    ) { turn in
        lines(of: try RuleBook.read(turn)).map { Panel.Line($0["n"]?.line ?? "", $0) }
    }

    // MARK: - Rows

    static let bookShape = Shape.record([
        "version": .whole, "revision": .whole, "changed_ms": .instant,
        "rules": .list(.record(["n": .whole, "text": .text])),
    ])

    static func row(of book: RuleBook, only index: Int? = nil) -> JSON {
        .fields([
            "version": .int(book.version), "revision": .int(book.revision),
            "changed_ms": book.changed.map { .int($0.milliseconds) },
            "rules": .array(index.map { [lines(of: book)[$0]] } ?? lines(of: book)),
        ])
    }

    private static func lines(of book: RuleBook) -> [JSON] {
        book.rules.enumerated().map { ["n": .int(Int64($0.offset + 1)), "text": .string($0.element)] }
    }
}
