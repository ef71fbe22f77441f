internal import Shared

/// The words of a message that may say what it is about: letters of any script, in small letters, each once. What names or
/// leads to somebody or something is passed over: addresses, mentions, emoji, code, spoilers, and whatever has a digit in it.
enum Words {
    private static let lengths = 3...24
    /// Of one message; nobody says more in one breath.
    static let most = 40
    private static let furthest = 2000

    static func read(_ text: String) -> [String] {
        var found: [String] = []
        for piece in spoken(text.prefix(furthest)).split(whereSeparator: \.isWhitespace) where isPlain(piece) {
            for word in letters(of: piece) where found.count < most && !found.contains(word) { found.append(word) }
        }
        return found
    }

    /// The parts of a name that a word could be taken for.
    static func parts(ofName name: String) -> [String] {
        name.lowercased().split { !$0.isLetter }.map(String.init)
    }

    /// Code and spoilers stand between marks, mentions and the server's own emoji in pointed brackets.
    private static func spoken(_ text: Substring) -> String {
        var rest = String(text)
        for mark in ["```", "`", "||"] {
            let parts = rest.split(separator: mark, omittingEmptySubsequences: false)
            // A mark without a partner hides nothing.
            let open = parts.indices.filter { $0 % 2 == 0 || $0 == parts.count - 1 }
            rest = open.map { String(parts[$0]) }.joined(separator: " ")
        }
        var out = ""
        var isInside = false
        for character in rest {
            switch character {
            case "<": isInside = true
            case ">": isInside = false
            case _ where character.isWhitespace && isInside:
                isInside = false
                out.append(character)
            case _ where !isInside: out.append(character)
            default: break
            }
        }
        return out
    }

    /// No address, no name that is called, no emoji by its name.
    private static func isPlain(_ piece: Substring) -> Bool {
        if piece.contains("@") || piece.contains("://") || piece.lowercased().hasPrefix("www.") { return false }
        if piece.count > 2, piece.first == ":", piece.last == ":" { return false }
        return !isHost(piece)
    }

    /// "example.org": letters on both sides of a dot.
    static func isHost(_ piece: some StringProtocol) -> Bool {
        let parts = piece.split(separator: ".", omittingEmptySubsequences: false)
        return zip(parts, parts.dropFirst()).contains { before, after in
            before.last.map { $0.isLetter || $0.isNumber } ?? false && after.prefix { $0.isLetter }.count >= 2
        }
    }

    private static func letters(of piece: Substring) -> [String] {
        var words: [String] = []
        var run = ""
        var hasDigit = false
        func close() {
            defer { (run, hasDigit) = ("", false) }
            if !hasDigit { words += cut(run) }
        }
        for character in piece {
            if character.isLetter, character.unicodeScalars.count <= 4 {
                run.append(character)
            } else if character == "'" || character == "’" {
                if !run.isEmpty { run.append("'") }
            } else if character.isNumber {
                hasDigit = true
            } else {
                close()
            }
        }
        close()
        return words
    }

    private static func cut(_ run: String) -> [String] {
        let lowered = run.lowercased()
        if lowered.unicodeScalars.contains(where: \.standsWithoutSpaces) { return pairs(lowered) }
        var word = lowered[...]
        if word.hasSuffix("'s") { word = word.dropLast(2) }
        while word.last == "'" { word = word.dropLast() }
        guard lengths.contains(word.count), word.utf8.count <= 96, !StopWords.all.contains(String(word)) else { return [] }
        return [String(word)]
    }

    /// Where words are not parted, each two signs that follow one another count as one.
    private static func pairs(_ run: String) -> [String] {
        let signs = run.filter { $0.unicodeScalars.first?.standsWithoutSpaces ?? false }
        guard signs.count > 1 else { return [] }
        return zip(signs, signs.dropFirst()).map { "\($0)\($1)" }.filter { !StopWords.all.contains($0) }
    }
}

extension Unicode.Scalar {
    /// Kana and Han.
    fileprivate var standsWithoutSpaces: Bool {
        switch value {
        case 0x3040...0x30FF, 0x3400...0x9FFF, 0xF900...0xFAFF, 0x20000...0x2FFFF: true
        default: false
        }
    }
}
