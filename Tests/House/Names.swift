extension Law {
    static let names = [
        Law(
            advice: "a name says what a thing is; Manager, Helper, Util, Service, Base, Common and Misc say nothing",
            offence: ("Sources/Bot/Kit/PingManager.swift", "struct Ping {}")
        ) { file in
            let types = file.types.filter { isEmpty($0.name) }.map(\.line)
            return (isEmpty(file.name) ? [1] : []) + types
        },
        Law(
            advice: "a file is named for the one type or verb in it; rename the file, or move what does not belong",
            offence: ("Sources/Bot/Kit/Turtle.swift", "struct Turn {}")
        ) { file in
            guard file.path.hasPrefix("Sources/"), file.name != "main", !file.words.isEmpty else { return [] }
            if file.types.contains(where: { $0.name == file.name }) { return [] }
            let said = Set(file.words.flatMap { words(of: $0.text) }.map(stem))
            return words(of: file.name).map(stem).contains { said.contains($0) && !particles.contains($0) } ? [] : [1]
        },
    ]

    private static func isEmpty(_ name: String) -> Bool {
        words(of: name).contains { word in
            ["manager", "helper", "util", "utility", "utilitie", "service", "base", "common", "misc"].contains(
                word.hasSuffix("s") ? String(word.dropLast()) : word)
        }
    }

    private static let particles: Set<String> = ["of", "from", "for", "to", "in", "on", "by", "and", "the"]

    /// "JSONWriter" is json and writer.
    static func words(of name: String) -> [String] {
        var words: [String] = []
        let letters = Array(name.replacing("SQLite", with: "Sqlite"))
        for (index, letter) in letters.enumerated() where letter.isLetter || letter.isNumber {
            let follows = index > 0 && (letters[index - 1].isLowercase || letters[index - 1].isNumber)
            let leads =
                index > 0 && index + 1 < letters.count && letters[index - 1].isUppercase && letters[index + 1].isLowercase
            if letter.isUppercase && (follows || leads) || words.isEmpty || index > 0 && letters[index - 1] == "_" {
                words.append(letter.lowercased())
            } else {
                words[words.count - 1] += letter.lowercased()
            }
        }
        return words
    }

    /// "writer" and "write", "keys" and "key" are one word.
    private static func stem(_ word: String) -> String { String((word.hasSuffix("s") ? word.dropLast() : word[...]).prefix(4)) }
}
