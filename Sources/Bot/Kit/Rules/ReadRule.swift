internal import Shared

extension Rule {
    /// Reads a rule, or says in a refusal what is wrong with it and where.
    package init(_ text: String, words: RuleWords, field: String) throws(Refusal) {
        guard text.unicodeScalars.count <= Self.longest else {
            throw .invalid("The rule is \(text.unicodeScalars.count) characters long; \(Self.longest) fit.", field: field)
        }
        do throws(RuleError) {
            var reader = RuleReader(tokens: try RuleScanner.tokens(of: text), words: words)
            self = try reader.whole()
        } catch {
            throw error.refusal(of: text, field: field)
        }
    }
}

/// Reads tokens by the grammar, from what binds loosest to what binds closest: or, and, not, comparison, sum, product. What is
/// a number and what is true or false is known as soon as it is read.
struct RuleReader {
    enum Meaning {
        case truth(Rule)
        /// A number, with the unit of time that it counts in.
        case figure(Figure, TimeUnit?)
        /// A length of time, such as 30d.
        case span(Duration)
    }

    struct Part {
        var meaning: Meaning
        var place: Range<Int>
    }

    private let tokens: [RuleToken]
    let words: RuleWords
    private var at = 0
    private var depth = 0
    private var parts = 0

    init(tokens: [RuleToken], words: RuleWords) {
        self.tokens = tokens
        self.words = words
    }

    mutating func whole() throws(RuleError) -> Rule {
        guard token.kind != .end else { throw RuleError("The rule is empty.", at: 0..<1, hint: words.examples) }
        let rule = try truth(of: try either())
        switch token.kind {
        case .end: return rule
        case .sign(")"): throw RuleError("This bracket closes nothing.", at: token.place)
        default:
            throw RuleError(
                "I did not expect \(token.spelled) here.", at: token.place, hint: "Between two conditions stands and, or or.")
        }
    }

    // MARK: - Grammar

    mutating func either() throws(RuleError) -> Part {
        try chain("or", Rule.any) { (reader) throws(RuleError) in try reader.both() }
    }

    private mutating func both() throws(RuleError) -> Part {
        try chain("and", Rule.all) { (reader) throws(RuleError) in try reader.negation() }
    }

    private mutating func chain(
        _ word: String, _ join: ([Rule]) -> Rule, _ next: (inout RuleReader) throws(RuleError) -> Part
    ) throws(RuleError) -> Part {
        var first = try next(&self)
        guard isWord(word) else { return first }
        var rules = [try truth(of: first)]
        while isWord(word) {
            _ = take()
            let part = try next(&self)
            rules.append(try truth(of: part))
            first.place = first.place.lowerBound..<part.place.upperBound
        }
        return Part(meaning: .truth(join(rules)), place: first.place)
    }

    private mutating func negation() throws(RuleError) -> Part {
        guard isWord("not") else { return try comparison() }
        let start = take().place.lowerBound
        let part = try deeper { (reader) throws(RuleError) in try reader.negation() }
        return Part(meaning: .truth(.not(try truth(of: part))), place: start..<part.place.upperBound)
    }

    private mutating func comparison() throws(RuleError) -> Part {
        let left = try sum()
        guard case .sign(let sign) = token.kind, let comparison = Comparison(rawValue: sign) else { return left }
        _ = take()
        let right = try sum()
        if case .sign(let again) = token.kind, Comparison(rawValue: again) != nil {
            throw RuleError("One thing is compared with one other.", at: token.place, hint: "Join two comparisons with and.")
        }
        let (a, b) = try alike(left, right)
        return Part(meaning: .truth(.compare(a, comparison, b)), place: left.place.lowerBound..<right.place.upperBound)
    }

    private mutating func sum() throws(RuleError) -> Part {
        var left = try product()
        while case .sign(let sign) = token.kind, sign == "+" || sign == "-" {
            _ = take()
            let right = try product()
            left = try joined(left, right) { sign == "+" ? .sum($0, $1) : .difference($0, $1) }
        }
        return left
    }

    private mutating func product() throws(RuleError) -> Part {
        var left = try atom()
        while case .sign("*") = token.kind {
            _ = take()
            let right = try atom()
            left = try joined(left, right) { .product($0, $1) }
        }
        return left
    }

    private mutating func atom() throws(RuleError) -> Part {
        try count()
        let first = take()
        switch first.kind {
        case .number(let number, let digits, let unit):
            guard number * Double((unit ?? .milliseconds).duration.milliseconds) < 1e15 else {
                throw RuleError("\(digits) is more than anything that I count.", at: first.place)
            }
            return Part(meaning: Self.meaning(number, unit), place: first.place)
        case .sign("-"):
            guard case .number(let number, _, nil) = token.kind else {
                throw RuleError("A minus stands before a number or between two.", at: first.place)
            }
            let place = first.place.lowerBound..<take().place.upperBound
            return Part(meaning: .figure(.number(-number), nil), place: place)
        case .sign("("):
            var inner = try deeper { (reader) throws(RuleError) in try reader.either() }
            inner.place = first.place.lowerBound..<(try close(first)).upperBound
            return inner
        case .name(let name): return try named(name, first)
        case .end: throw RuleError("Something is missing at the end.", at: first.place, hint: words.examples)
        default: throw RuleError("I did not expect \(first.spelled) here.", at: first.place, hint: words.examples)
        }
    }

    private static func meaning(_ number: Double, _ unit: TimeUnit?) -> Meaning {
        unit.map { .span(.milliseconds(Int64((number * Double($0.duration.milliseconds)).rounded()))) }
            ?? .figure(.number(Figure.kept(number)), nil)
    }

    // MARK: - Tokens

    var token: RuleToken { tokens[at] }

    mutating func take() -> RuleToken {
        defer { at = min(at + 1, tokens.count - 1) }
        return tokens[at]
    }

    func isWord(_ word: String) -> Bool {
        switch token.kind {
        case .sign(word): true
        case .name(let name): name.lowercased() == word
        default: false
        }
    }

    /// The bracket that closes another one, and where it stands.
    mutating func close(_ open: RuleToken) throws(RuleError) -> Range<Int> {
        guard token.kind == .sign(")") else {
            throw token.kind == .end
                ? RuleError("This bracket is never closed.", at: open.place)
                : RuleError("I expected ) and not \(token.spelled).", at: token.place)
        }
        return take().place
    }

    mutating func deeper(_ body: (inout RuleReader) throws(RuleError) -> Part) throws(RuleError) -> Part {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Rule.deepest else {
            throw RuleError("The rule goes more than \(Rule.deepest) brackets deep.", at: token.place)
        }
        return try body(&self)
    }

    private mutating func count() throws(RuleError) {
        parts += 1
        guard parts <= Rule.mostParts else {
            throw RuleError("The rule has more than \(Rule.mostParts) parts.", at: token.place)
        }
    }
}
