internal import Kit
internal import Shared

/// A text without what leads to a person: mentions, addresses, long numbers, and the names of those who wrote.
struct Nameless {
    private let names: Set<String>

    init(names: [String]) {
        self.names = Set(names.flatMap { Self.parts($0) }.filter { $0.count > 2 && !StopWords.all.contains($0) })
    }

    init(of lines: [TicketLine], _ turn: Turn) {
        let authors = Set(lines.compactMap(\.author))
        var names: [String] = []
        for author in authors {
            for profile in turn.house.directory.profiles(of: author) {
                names += [profile.username, profile.globalName, profile.nick].compactMap(\.self)
            }
        }
        self.init(names: names)
    }

    func read(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.split(separator: " ", omittingEmptySubsequences: true).map { word($0) }.joined(separator: " ")
        }.joined(separator: "\n")
    }

    private func word(_ word: Substring) -> String {
        if word.contains("<@") || word.contains("<#") { return "(somebody)" }
        if word.contains("://") || word.lowercased().hasPrefix("www.") { return "(a link)" }
        if word.contains("@"), word.count > 1 { return "(an address)" }
        if word.count(where: \.isNumber) >= 6 { return "(a number)" }
        let parts = Self.parts(String(word))
        return parts.contains(where: names.contains) ? "(somebody)" : String(word)
    }

    private static func parts(_ name: String) -> [String] {
        name.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
    }
}
