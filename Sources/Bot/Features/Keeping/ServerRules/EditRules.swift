internal import Kit
internal import Shared

extension ServerRules {
    /// Together they fit into one message.
    static let mostRules = 50
    static let mostLetters = 3400

    static let add = Command(
        "rules.add", "Writes a rule", access: .manageGuild, changes: true, returns: bookShape,
        example: "text: \"Be kind.\"",
        body, .optional(.whole("n", "Its number; the last when left out", 1...mostRules)), minor
    ) { turn, text, number, minor in
        var book = try RuleBook.read(turn)
        try turn.require(version: book.revision)
        guard book.rules.count < mostRules else {
            throw Refusal.conflict("There are \(mostRules) rules already.", hint: "Put two of them together with rules edit.")
        }
        let place = min(number ?? book.rules.count + 1, book.rules.count + 1)
        book.rules.insert(text, at: place - 1)
        return try write(book, isMinor: minor, undo: ("rules.remove", ["n": .int(Int64(place))]), turn) {
            turn.change("rule \(place)", from: .null, to: .string(text))
        }
    }

    static let edit = Command(
        "rules.edit", "Changes the words of a rule", access: .manageGuild, changes: true, returns: bookShape,
        example: "n: 1 text: \"Be kind to each other.\"",
        number, body, minor
    ) { turn, number, text, minor in
        var book = try RuleBook.read(turn)
        try turn.require(version: book.revision)
        let index = try book.index(of: number)
        let old = book.rules[index]
        book.rules[index] = text
        let back: JSON = ["n": .int(Int64(number)), "text": .string(old), "minor": .bool(minor)]
        return try write(book, isMinor: minor, undo: ("rules.edit", back), turn) {
            turn.change("rule \(number)", from: .string(old), to: .string(text))
        }
    }

    static let move = Command(
        "rules.move", "Gives a rule another number", access: .manageGuild, changes: true, returns: bookShape,
        example: "n: 3 to: 1",
        number, .whole("to", "Its new number", 1...mostRules)
    ) { turn, number, to in
        var book = try RuleBook.read(turn)
        try turn.require(version: book.revision)
        let (from, target) = (try book.index(of: number), try book.index(of: to, field: "to"))
        book.rules.insert(book.rules.remove(at: from), at: target)
        let back: JSON = ["n": .int(Int64(to)), "to": .int(Int64(number))]
        // Where a rule stands changes nothing of what it asks.
        return try write(book, isMinor: true, undo: ("rules.move", back), turn) {
            turn.change("place of rule \(number)", from: .int(Int64(number)), to: .int(Int64(to)))
        }
    }

    static let remove = Command(
        "rules.remove", "Removes a rule", access: .manageGuild, changes: true, returns: bookShape, example: "3",
        number, minor
    ) { turn, number, minor in
        var book = try RuleBook.read(turn)
        try turn.require(version: book.revision)
        let old = book.rules.remove(at: try book.index(of: number))
        return try write(
            book, isMinor: minor, undo: ("rules.add", ["text": .string(old), "n": .int(Int64(number))]), turn
        ) { turn.change("rule \(number)", from: .string(old), to: .null) }
    }

    // MARK: - Parameters

    static let number: Parameter<Int> = .whole("n", "Its number", 1...mostRules)
    private static let minor: Parameter<Bool> = .yesNo(
        "minor", "Whether it says the same as before, so that nobody has to accept it anew", default: false)

    static let body: Parameter<String> = {
        let words = Parameter<String>.text("text", "What it says", longest: 1000)
        return Parameter(words.outline) { raw, context throws(Refusal) in trimmed(try words.parse(raw, context)) }
    }()

    private static func write(
        _ book: RuleBook, isMinor: Bool, undo: (command: String, arguments: JSON), _ turn: Turn, note: () -> Void
    ) throws -> Reply {
        let letters = book.rules.reduce(0) { $0 + $1.unicodeScalars.count + 8 }
        guard letters <= mostLetters else {
            throw Refusal.invalid(
                "All rules together would be \(letters) characters long; \(mostLetters) fit into a message.", field: "text",
                hint: "Say it in fewer words.")
        }
        let written = try book.write(isMinor: isMinor, turn)
        note()
        return .done(
            ServerRulesText.changed(written), data: row(of: written),
            undo: Invocation(command: undo.command, arguments: undo.arguments))
    }
}
