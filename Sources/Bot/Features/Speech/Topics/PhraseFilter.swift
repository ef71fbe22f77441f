internal import Shared

/// What a language model said is held for the worst until it looks like a question that could have come along.
enum PhraseFilter {
    enum Fault: String, Sendable { case length, control, link, mention, markup, forbidden, empty }

    static let longest = 240
    static let shortest = 10

    /// The lines that may be said, without what numbers or quotes them, and how many may not.
    static func read(_ answer: String, most: Int, forbidden: [String]) -> (kept: [String], refused: Int) {
        let lines = answer.prefix(20_000).split(whereSeparator: \.isNewline).map { bare($0) }.filter { !$0.isEmpty }
        var kept: [String] = []
        var refused = max(0, lines.count - most)
        for line in lines.prefix(most) where !kept.contains(line) {
            if fault(in: line, forbidden: forbidden) == nil { kept.append(line) } else { refused += 1 }
        }
        return (kept, refused)
    }

    static func fault(in text: String, forbidden: [String]) -> Fault? {
        let lowered = text.lowercased()
        if !text.contains(where: \.isLetter) { return .empty }
        if !(shortest...longest).contains(text.unicodeScalars.count) || text.contains(where: { $0.unicodeScalars.count > 8 }) {
            return .length
        }
        if text.inert != text { return .control }
        if ["://", "www.", "discord.gg", "discord.com", "discordapp", "dsc.gg"].contains(where: lowered.contains) {
            return .link
        }
        if lowered.split(whereSeparator: \.isWhitespace).contains(where: { Words.isHost($0) }) { return .link }
        if text.contains(where: { "@＠".contains($0) }) || text.contains("<#") || text.contains("<:") { return .mention }
        if text.contains(where: { "<>`*_~|[]{}\\".contains($0) }) || ["#", ">", "-#"].contains(where: text.hasPrefix) {
            return .markup
        }
        return forbidden.contains(where: lowered.contains) ? .forbidden : nil
    }

    /// "1. ", "- ", "• " and quotation marks around the whole go.
    private static func bare(_ line: Substring) -> String {
        var rest = Substring(trimmed(line))
        let number = rest.prefix { $0.isNumber }
        if !number.isEmpty, number.count <= 2, let mark = rest.dropFirst(number.count).first, ".):".contains(mark) {
            rest = rest.dropFirst(number.count + 1)
        } else if let first = rest.first, "-•*–".contains(first), rest.dropFirst().first?.isWhitespace == true {
            rest = rest.dropFirst()
        }
        rest = Substring(trimmed(rest))
        if rest.count > 2, let first = rest.first, let last = rest.last, "\"“„«".contains(first), "\"”“»".contains(last) {
            rest = rest.dropFirst().dropLast()
        }
        return trimmed(rest)
    }
}
