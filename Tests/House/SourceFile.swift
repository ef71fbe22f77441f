/// One Swift file as the house's laws see it: its code without comments and texts, taken apart into words.
struct SourceFile {
    struct Word {
        let text: String
        let line: Int
        /// The letters around it; 0x0A at the ends.
        let before: UInt8
        let after: UInt8
    }

    /// From the root of the checkout: "Sources/Bot/Kit/Turn.swift".
    let path: String
    let lines: [Substring]
    /// The same lines with blanks for comments and texts.
    let code: [Substring]
    let words: [Word]

    init(path: String, text: String) {
        self.path = path
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let blanked = BlankText.blanked(text)
        code = blanked.split(separator: "\n", omittingEmptySubsequences: false)
        words = Self.words(of: Array(blanked.utf8))
    }

    var folders: [Substring] { path.split(separator: "/").dropLast() }
    var name: String { String(path.split(separator: "/").last?.split(separator: ".").first ?? "") }

    /// The modules it imports, each with its line.
    var imports: [(module: Substring, line: Int)] {
        code.enumerated().compactMap { index, line in
            let words = line.split(separator: " ")
            guard let place = words.firstIndex(of: "import"), words[..<place].allSatisfy(Self.importModifiers.contains) else {
                return nil
            }
            let module = words[(place + 1)...].first { !Self.importKinds.contains($0) }
            return module.map { ($0.prefix { $0 != "." }, index + 1) }
        }
    }

    /// Names of the types that it declares, each with its line.
    var types: [(name: String, line: Int)] {
        zip(words, words.dropFirst()).compactMap { keyword, name in
            ["struct", "enum", "class", "actor", "protocol", "typealias"].contains(keyword.text) && keyword.line == name.line
                && name.text.first?.isUppercase == true ? (name.text, name.line) : nil
        }
    }

    private static let importModifiers: Set<Substring> = [
        "package", "internal", "private", "fileprivate", "public", "@testable",
    ]
    private static let importKinds: Set<Substring> = ["struct", "enum", "class", "func", "protocol", "typealias", "var", "let"]

    private static func words(of code: [UInt8]) -> [Word] {
        var words: [Word] = []
        var line = 1
        var start: Int?
        for index in 0...code.count {
            let letter = index < code.count ? code[index] : newline
            if isWordLetter(letter) {
                start = start ?? index
            } else if let begin = start {
                let before = begin > 0 ? code[begin - 1] : newline
                words.append(
                    Word(text: String(decoding: code[begin..<index], as: UTF8.self), line: line, before: before, after: letter))
                start = nil
            }
            if letter == newline { line += 1 }
        }
        return words
    }

    private static let newline = UInt8(ascii: "\n")

    private static func isWordLetter(_ letter: UInt8) -> Bool {
        switch letter {
        case 48...57, 64...90, 95, 97...122, 128...: true
        default: false
        }
    }
}
