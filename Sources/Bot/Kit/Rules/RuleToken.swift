internal import Shared

/// One word of a rule, and where it stands: characters from the beginning.
struct RuleToken: Hashable {
    enum Kind: Hashable {
        /// With its digits, since an id has more of them than a number keeps.
        case number(Double, digits: String, unit: TimeUnit?)
        case name(String)
        case quoted(String)
        /// A role as Discord writes a mention of it.
        case mention(ID<Role>)
        case sign(String)
        case end
    }

    var kind: Kind
    var place: Range<Int>

    /// As it is quoted when it is in the wrong place.
    var spelled: String {
        switch kind {
        case .number(_, let digits, _): "the number \(digits)"
        case .name(let name): "\"\(name)\""
        case .quoted(let text): "\"\(text)\""
        case .mention: "a mention"
        case .sign(let sign): "\"\(sign)\""
        case .end: "the end"
        }
    }
}

/// Cuts a rule into words.
struct RuleScanner {
    private let letters: [Character]
    private var at = 0

    init(_ text: String) { letters = Array(text) }

    static func tokens(of text: String) throws(RuleError) -> [RuleToken] {
        var scanner = RuleScanner(text)
        var tokens: [RuleToken] = []
        repeat { tokens.append(try scanner.next()) } while tokens.last?.kind != .end
        return tokens
    }

    private mutating func next() throws(RuleError) -> RuleToken {
        while at < letters.count, letters[at].isWhitespace { at += 1 }
        let start = at
        guard at < letters.count else { return RuleToken(kind: .end, place: at..<at) }
        let kind = try kind(of: letters[at])
        return RuleToken(kind: kind, place: start..<at)
    }

    private mutating func kind(of first: Character) throws(RuleError) -> RuleToken.Kind {
        if Self.isDigit(first) { return try number() }
        if first == "_" || first.isLetter { return .name(take { $0 == "_" || $0.isLetter || Self.isDigit($0) }) }
        if let close = Self.quotes[first] { return .quoted(try quoted(until: close)) }
        if letters[at...].starts(with: "<@&") { return try mention() }
        let two = String(letters[at..<min(at + 2, letters.count)])
        if let sign = Self.longSigns[two] {
            at += 2
            return .sign(sign)
        }
        if let sign = Self.signs[first] {
            at += 1
            return .sign(sign)
        }
        throw RuleError("I cannot read \"\(first)\".", at: at..<at + 1, hint: Self.advice(on: first))
    }

    private mutating func number() throws(RuleError) -> RuleToken.Kind {
        let start = at
        let digits = take { Self.isDigit($0) || $0 == "." }
        guard digits.utf8.count <= 20, let number = Double(digits), number < 1e15 || ID<Role>(digits) != nil else {
            throw RuleError("\(digits.prefix(20)) is no number that I can read.", at: start..<at)
        }
        let word = take { $0.isLetter }
        guard !word.isEmpty else { return .number(number, digits: digits, unit: nil) }
        guard let unit = TimeUnit(word: word.lowercased()) else {
            throw RuleError(
                "\"\(word.prefix(20))\" is no unit of time.", at: start..<at, hint: "There are s, m, h, d and w, as in 30d.")
        }
        return .number(number, digits: digits, unit: unit)
    }

    private mutating func quoted(until close: Character) throws(RuleError) -> String {
        let start = at
        var text = ""
        at += 1
        while at < letters.count, letters[at] != close {
            if letters[at] == "\\", at + 1 < letters.count { at += 1 }
            text.append(letters[at])
            at += 1
        }
        guard at < letters.count else {
            throw RuleError("This quotation mark has no partner.", at: start..<start + 1, hint: "Close it with \(close).")
        }
        at += 1
        return text
    }

    private mutating func mention() throws(RuleError) -> RuleToken.Kind {
        let start = at
        at += 3
        let digits = take(while: Self.isDigit)
        guard let id = ID<Role>(digits), at < letters.count, letters[at] == ">" else {
            throw RuleError("This mention is not whole.", at: start..<at)
        }
        at += 1
        return .mention(id)
    }

    private mutating func take(while fits: (Character) -> Bool) -> String {
        let start = at
        while at < letters.count, fits(letters[at]) { at += 1 }
        return String(letters[start..<at])
    }

    private static func isDigit(_ letter: Character) -> Bool { letter.isASCII && letter.isNumber }
    private static let quotes: [Character: Character] = ["\"": "\"", "'": "'", "“": "”", "„": "“", "«": "»"]
    private static let longSigns = ["&&": "and", "||": "or", ">=": ">=", "<=": "<=", "==": "==", "!=": "!=", "=>": ">="]
    private static let signs: [Character: String] = [
        "(": "(", ")": ")", ",": ",", ">": ">", "<": "<", "=": "==", "!": "not", "+": "+", "-": "-", "*": "*", "≥": ">=",
        "≤": "<=", "≠": "!=",
    ]

    private static func advice(on letter: Character) -> String? {
        switch letter {
        case "/": "Multiply the other side instead: replies(30d) >= 0.2 * messages(30d)."
        case "&": "Write && or and."
        case "|": "Write || or or."
        case "[", "{": "Brackets are ( and )."
        default: nil
        }
    }
}
