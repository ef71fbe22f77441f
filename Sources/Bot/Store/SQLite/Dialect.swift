/// Turns the shared dialect into SQLite's: BYTEA is BLOB, and a BIGINT PRIMARY KEY is the rowid itself, which SQLite
/// grants only to the word INTEGER. All else is common to both.
enum Dialect {
    /// Only definitions name types; every other statement passes untouched.
    static func spoken(_ text: String) -> String {
        let first = text.drop { $0.isWhitespace }.prefix { $0.isLetter }.uppercased()
        return first == "CREATE" || first == "ALTER" ? translated(text) : text
    }

    private static func translated(_ text: String) -> String {
        var pieces = Pieces(text[...]).map(\.self)
        let words = pieces.indices.filter { pieces[$0].first.map(isWordStart) ?? false }
        for (place, index) in words.enumerated() {
            switch pieces[index].uppercased() {
            case "BYTEA": pieces[index] = "BLOB"
            case "BIGINT" where follows(["PRIMARY", "KEY"], place, words, pieces): pieces[index] = "INTEGER"
            default: break
            }
        }
        return pieces.joined()
    }

    /// True when these words come next with nothing but blanks between.
    private static func follows(_ expected: [String], _ place: Int, _ words: [Int], _ pieces: [Substring]) -> Bool {
        guard place + expected.count < words.count else { return false }
        for (step, word) in expected.enumerated() {
            let (here, next) = (words[place + step], words[place + step + 1])
            let between = pieces[(here + 1)..<next].joined()
            guard pieces[next].uppercased() == word, between.allSatisfy(\.isWhitespace) else { return false }
        }
        return true
    }

    fileprivate static func isWordStart(_ character: Character) -> Bool { character.isLetter || character == "_" }
    fileprivate static func isWordPart(_ character: Character) -> Bool { isWordStart(character) || character.isNumber }

    /// Words, quoted texts, comments and single other characters, in order; joined they are the text again.
    private struct Pieces: Sequence, IteratorProtocol {
        private var rest: Substring
        init(_ text: Substring) { rest = text }

        mutating func next() -> Substring? {
            guard let first = rest.first else { return nil }
            let end: Substring.Index
            if Dialect.isWordStart(first) {
                end = rest.firstIndex { !Dialect.isWordPart($0) } ?? rest.endIndex
            } else if first == "'" || first == "\"" {
                end = rest.dropFirst().firstIndex(of: first).map(rest.index(after:)) ?? rest.endIndex
            } else if rest.hasPrefix("--") {
                end = rest.firstIndex(where: \.isNewline) ?? rest.endIndex
            } else {
                end = rest.index(after: rest.startIndex)
            }
            defer { rest = rest[end...] }
            return rest[..<end]
        }
    }
}
