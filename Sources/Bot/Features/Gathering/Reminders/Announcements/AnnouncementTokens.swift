/// A piece of what somebody wrote: a word in lower case and without accents, a number, a sign, or the end of a line.
struct AnnouncementToken: Equatable {
    enum Kind: Equatable { case word, number, sign, line }

    var kind: Kind
    var text: String
    var value = 0
    /// Nothing stands between it and the one before.
    var isGlued = false

    static let line = AnnouncementToken(kind: .line, text: "\n")
}

/// What was written, cut into pieces. Never longer than a message is.
struct AnnouncementTokens {
    private(set) var all: [AnnouncementToken] = []
    /// Who writes am and pm may well write the month first.
    private(set) var hasHalfDays = false

    private static let most = 8000

    init(_ text: String) {
        var word = ""
        var isGlued = false
        func isNumber(_ text: String) -> Bool { text.first?.isNumber == true }
        func close(_ tokens: inout [AnnouncementToken]) {
            guard !word.isEmpty else { return }
            let value = isNumber(word) ? (word.count <= 9 ? Int(word) : nil) : nil
            tokens.append(
                AnnouncementToken(
                    kind: value == nil ? .word : .number, text: value == nil ? Self.folded(word) : word, value: value ?? 0,
                    isGlued: isGlued))
            word = ""
            isGlued = true
        }
        for character in text {
            if all.count >= Self.most { break }
            let isDigit = character.isASCII && character.isNumber
            if isDigit || character.isLetter || Self.isMark(character, in: word) {
                if !word.isEmpty, isDigit != isNumber(word) { close(&all) }
                word.append(character)
                continue
            }
            close(&all)
            if character.isNewline {
                all.append(.line)
                isGlued = false
            } else if character.isWhitespace || Self.unseen.contains(character) {
                isGlued = false
            } else {
                all.append(AnnouncementToken(kind: .sign, text: Self.sign(character), isGlued: isGlued))
                isGlued = true
            }
        }
        close(&all)
        hasHalfDays = all.indices.contains { index in
            self.word(index) == "pm" || self.word(index) == "am" && number(index - 1) != nil
        }
    }

    subscript(index: Int) -> AnnouncementToken? { all.indices.contains(index) ? all[index] : nil }
    var count: Int { all.count }

    func word(_ index: Int) -> String? { self[index].flatMap { $0.kind == .word ? $0.text : nil } }
    func number(_ index: Int) -> Int? { self[index].flatMap { $0.kind == .number ? $0.value : nil } }
    func digits(_ index: Int) -> Int { self[index].map { $0.kind == .number ? $0.text.count : 0 } ?? 0 }
    func isSign(_ index: Int, _ signs: String...) -> Bool {
        self[index].map { $0.kind == .sign && signs.contains($0.text) } ?? false
    }
    func isGlued(_ index: Int) -> Bool { self[index]?.isGlued ?? false }

    /// An accent that is written as a letter of its own.
    private static func isMark(_ character: Character, in word: String) -> Bool {
        !word.isEmpty && character.unicodeScalars.allSatisfy { (0x300...0x36F).contains($0.value) }
    }

    /// Marks of bold and code, and what is not seen at all.
    private static let unseen: Set<Character> = ["*", "_", "`", "~", "|", "\u{200B}", "\u{FEFF}", "\u{2060}"]

    private static func sign(_ character: Character) -> String {
        switch character {
        case "–", "—", "‑", "−", "→": "-"
        case "’", "‘", "´": "'"
        default: String(character)
        }
    }

    /// In lower case, without accents: people leave them out.
    static func folded(_ word: String) -> String {
        var folded = ""
        for scalar in word.lowercased().unicodeScalars {
            if let plain = plain[scalar] {
                folded += plain
            } else if !(0x300...0x36F).contains(scalar.value) {
                folded.unicodeScalars.append(scalar)
            }
        }
        return folded
    }

    private static let plain: [Unicode.Scalar: String] = [
        "à": "a", "á": "a", "â": "a", "ä": "a", "ã": "a", "ç": "c", "è": "e", "é": "e", "ê": "e", "ë": "e", "ì": "i", "í": "i",
        "î": "i", "ï": "i", "ñ": "n", "ò": "o", "ó": "o", "ô": "o", "ö": "o", "õ": "o", "ù": "u", "ú": "u", "û": "u", "ü": "u",
        "ß": "ss", "œ": "oe",
    ]
}
