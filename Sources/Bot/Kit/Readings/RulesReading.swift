/// The rules of the turn's guild, as whoever keeps them knows.
package struct RulesReading: Reading {
    package struct Book: Sendable {
        /// Grows with every change that matters; 0 where there have never been any.
        package var version: Int64
        package var rules: [String]
        package init(version: Int64, rules: [String]) {
            self.version = version
            self.rules = rules
        }
    }

    package let book: @Sendable (Turn) throws -> Book
    package init(book: @escaping @Sendable (Turn) throws -> Book) { self.book = book }

    /// The rules one under the other, numbered. Admins wrote them, so their Markdown works.
    package static func phrase(_ rules: [String]) -> Phrase {
        .lines(rules.enumerated().map { "\(strong: "\($0.offset + 1).") \(words: $0.element)" })
    }
}

extension Turn {
    package func rules() throws -> RulesReading.Book {
        try house.catalogue.reading(RulesReading.self)?.book(self) ?? RulesReading.Book(version: 0, rules: [])
    }
}
