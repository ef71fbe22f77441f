internal import Kit
internal import Shared

/// A pattern as it was written, before its repetitions are written out.
indirect enum PatternNode: Hashable, Sendable {
    case letter(LetterSet)
    case sequence([PatternNode])
    case either(PatternNode, PatternNode)
    case repeated(PatternNode, least: Int, most: Int?)
}

/// Reads `.`, `[a-z]`, `\d \w \s`, `( | )`, `* + ?` and `{2,5}`; `^` and `$` at the ends are read over, since the whole answer is
/// meant anyway.
struct PatternReader {
    private static let deepest = 20
    private static let mostTimes = 200

    private let letters: [Unicode.Scalar]
    private let field: String
    private var at = 0
    private var depth = 0

    init(_ text: String, field: String) {
        letters = Array(text.unicodeScalars)
        self.field = field
    }

    mutating func read() throws(Refusal) -> PatternNode {
        guard (1...Pattern.longest).contains(letters.count) else {
            throw refusal("has 1 to \(Pattern.longest) characters")
        }
        if letters.first == "^" { at = 1 }
        let node = try alternatives()
        guard at == letters.count else { throw refusal("has a ) that closes nothing", "Write \\) for the sign itself.") }
        return node
    }

    private var next: Unicode.Scalar? { at < letters.count ? letters[at] : nil }

    private mutating func takes(_ letter: Unicode.Scalar) -> Bool {
        guard next == letter else { return false }
        at += 1
        return true
    }

    private mutating func alternatives() throws(Refusal) -> PatternNode {
        var node = try sequence()
        while takes("|") { node = .either(node, try sequence()) }
        return node
    }

    private mutating func sequence() throws(Refusal) -> PatternNode {
        var nodes: [PatternNode] = []
        while let letter = next, letter != "|", letter != ")" {
            if letter == "$", at == letters.count - 1 {
                at += 1
                break
            }
            nodes.append(try repeated(try atom()))
        }
        return .sequence(nodes)
    }

    private mutating func repeated(_ node: PatternNode) throws(Refusal) -> PatternNode {
        if takes("*") { return .repeated(node, least: 0, most: nil) }
        if takes("+") { return .repeated(node, least: 1, most: nil) }
        if takes("?") { return .repeated(node, least: 0, most: 1) }
        guard takes("{") else { return node }
        guard let least = number() else { throw refusal("has a { without a number", "Write \\{ for the sign itself.") }
        var most: Int? = least
        if takes(",") { most = number() }
        guard takes("}"), least <= Self.mostTimes, most.map({ (max(least, 1)...Self.mostTimes).contains($0) }) ?? true else {
            throw refusal("has a repetition that cannot be", "Write {2}, {2,} or {2,5}; \(Self.mostTimes) at the most.")
        }
        return .repeated(node, least: least, most: most)
    }

    private mutating func number() -> Int? {
        var digits = ""
        while let letter = next, (48...57).contains(letter.value), digits.count < 5 {
            digits.unicodeScalars.append(letter)
            at += 1
        }
        return Int(digits)
    }

    private mutating func atom() throws(Refusal) -> PatternNode {
        guard let letter = next else { throw refusal("ends too soon") }
        at += 1
        switch letter {
        case ".": return .letter(.any)
        case "[": return .letter(try set())
        case "\\": return .letter(try escaped())
        case "(":
            depth += 1
            guard depth <= Self.deepest else { throw refusal("has more than \(Self.deepest) brackets in each other") }
            if takes("?"), !takes(":") { throw refusal("looks ahead or behind, which is not known here") }
            let node = try alternatives()
            guard takes(")") else { throw refusal("has a ( that is not closed", "Write \\( for the sign itself.") }
            depth -= 1
            return node
        case "*", "+", "?", "{": throw refusal("repeats nothing with \(Character(letter))", "Write \\\(Character(letter)).")
        default: return .letter(LetterSet(ranges: [letter.value...letter.value]))
        }
    }

    private mutating func escaped() throws(Refusal) -> LetterSet {
        guard let letter = next else { throw refusal("ends with a \\") }
        at += 1
        switch letter {
        case "d": return LetterSet(kinds: [.digit])
        case "w": return LetterSet(kinds: [.word])
        case "s": return LetterSet(kinds: [.space])
        case "D": return LetterSet(others: [.digit])
        case "W": return LetterSet(others: [.word])
        case "S": return LetterSet(others: [.space])
        case "n": return LetterSet(ranges: [10...10])
        case let letter where letter.properties.isAlphabetic || (48...57).contains(letter.value):
            throw refusal("has \\\(Character(letter)), which is not known here", "There are \\d, \\w, \\s and their opposites.")
        default: return LetterSet(ranges: [letter.value...letter.value])
        }
    }

    /// What stands in square brackets.
    private mutating func set() throws(Refusal) -> LetterSet {
        var set = LetterSet(isNegated: takes("^"))
        while let letter = next, letter != "]" {
            at += 1
            guard letter != "\\" else {
                let inner = try escaped()
                set.ranges += inner.ranges
                set.kinds += inner.kinds
                set.others += inner.others
                continue
            }
            guard next == "-", at + 1 < letters.count, letters[at + 1] != "]" else {
                set.ranges.append(letter.value...letter.value)
                continue
            }
            let last = letters[at + 1]
            guard letter.value <= last.value else { throw refusal("has a range that runs backwards") }
            set.ranges.append(letter.value...last.value)
            at += 2
        }
        guard takes("]") else { throw refusal("has a [ that is not closed", "Write \\[ for the sign itself.") }
        return set
    }

    private func refusal(_ what: String, _ hint: String? = nil) -> Refusal {
        .invalid("\(field) \(what) (at character \(min(at, letters.count))).", field: field, hint: hint)
    }
}
