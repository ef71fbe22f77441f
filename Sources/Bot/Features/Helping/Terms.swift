internal import Shared

/// The words of a text that may say what it is about, cut to what they have in common with their other forms. Six letters keep
/// "invitation" and "invited" together and "rolled" apart from "roasted", in every language that writes with letters; a dictionary
/// for each language would do better in that one and nothing in the others.
enum Terms {
    private static let stem = 6
    private static let furthest = 4000

    static func read(_ text: String) -> [String] {
        var found: [String] = []
        var run = ""
        for character in text.prefix(furthest).lowercased() {
            if character.isLetter || character.isNumber || character == "'" || character == "’" {
                run.append(character == "’" ? "'" : character)
            } else if !run.isEmpty {
                found += cut(run)
                run = ""
            }
        }
        return found + (run.isEmpty ? [] : cut(run))
    }

    private static func cut(_ run: String) -> [String] {
        if run.unicodeScalars.contains(where: \.standsWithoutSpaces) { return pairs(run) }
        var word = run[...]
        while word.last == "'" { word = word.dropLast() }
        if word.hasSuffix("'s") { word = word.dropLast(2) }
        let letters = word.filter { $0 != "'" }
        guard !letters.isEmpty, letters.count > 2 || letters.contains(where: \.isNumber),
            !StopWords.all.contains(String(word))
        else { return [] }
        return [stemmed(letters)]
    }

    private static func stemmed(_ word: String) -> String {
        guard word.count > 3, word.allSatisfy(\.isLetter) else { return String(word.prefix(12)) }
        var rest = word[...]
        for ending in ["ing", "ed", "es", "s"] where rest.hasSuffix(ending) && rest.count - ending.count >= 3 {
            rest = rest.dropLast(ending.count)
            break
        }
        if rest.count > 3, let last = rest.last, rest.dropLast().last == last { rest = rest.dropLast() }
        if rest.count > 3, rest.last == "e" { rest = rest.dropLast() }
        return String(rest.prefix(stem))
    }

    /// Where words are not parted, each two signs that follow one another count as one.
    private static func pairs(_ run: String) -> [String] {
        let signs = run.filter { $0.unicodeScalars.first?.standsWithoutSpaces ?? false }
        return zip(signs, signs.dropFirst()).map { "\($0)\($1)" }
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
