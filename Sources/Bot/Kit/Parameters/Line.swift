import Shared

/// Reads the words after a prefix command's name: in order, or named as `name: value`, `name=value` and `--name value`.
package enum Line {
    package static func values(_ text: String, for parameters: [Outline]) throws(Refusal) -> [String: Raw] {
        var values: [String: Raw] = [:]
        var open = parameters
        var rest = Substring(text)
        while true {
            rest = rest.drop(while: \.isWhitespace)
            guard !rest.isEmpty else { return values }
            if let (name, after) = named(rest, among: parameters) {
                open.removeAll { $0.name == name }
                (values[name], rest) = value(of: name, in: after.drop(while: \.isWhitespace), open, parameters)
                continue
            }
            guard let outline = open.first else {
                throw .invalid(
                    "There is more here than this command takes: \"\(rest.prefix(40))\".",
                    hint: parameters.isEmpty ? nil : "It takes: \(parameters.map(\.name).joined(separator: ", ")).")
            }
            open.removeFirst()
            let isLast = open.isEmpty
            if outline.isGreedy && isLast && rest.first.map(quotes.contains) != true {
                values[outline.name] = .text(trimmed(rest))
                return values
            }
            let (word, next) = date(outline, rest) ?? (outline.runsOn ? running(rest, parameters) : word(rest))
            values[outline.name] = .text(word)
            rest = next
            if isLast, !takesMore(outline), let joined = joining(outline, word, rest) {
                values[outline.name] = .text(joined)
                return values
            }
        }
    }

    /// Everything up to the next named value; what is in quotation marks stands alone.
    private static func running(_ text: Substring, _ parameters: [Outline]) -> (String, Substring) {
        if text.first.map(quotes.contains) == true { return word(text) }
        var end = word(text).1
        while true {
            let rest = end.drop(while: \.isWhitespace)
            guard !rest.isEmpty, named(rest, among: parameters) == nil else { break }
            end = word(rest).1
        }
        return (trimmed(text[..<end.startIndex]), end)
    }

    /// A named value is a word. Of a kind that may have spaces it goes on to the next name, where nothing that is still open
    /// could want the words between.
    private static func value(
        of name: String, in text: Substring, _ open: [Outline], _ parameters: [Outline]
    ) -> (Raw, Substring) {
        let named = parameters.first { $0.name == name }
        let (first, next) = named.flatMap { date($0, text) } ?? word(text)
        guard let outline = named, outline.isGreedy || isWordy(outline.kind),
            text.first.map(quotes.contains) != true
        else { return (.text(first), next) }
        var end = next
        var later: Set<String> = []
        while true {
            let rest = end.drop(while: \.isWhitespace)
            guard !rest.isEmpty, Self.named(rest, among: parameters) == nil else { break }
            end = word(rest).1
        }
        var rest = end
        while !rest.isEmpty {
            rest = rest.drop(while: \.isWhitespace)
            if let (other, _) = Self.named(rest, among: parameters) { later.insert(other) }
            rest = word(rest).1
        }
        guard outline.isGreedy || open.allSatisfy({ later.contains($0.name) }) else { return (.text(first), next) }
        return (.text(trimmed(text[..<end.startIndex])), end)
    }

    /// A date takes as many words as can be read as one: "tomorrow 18:00 Bring cake" is a date and more, and "mon,thu 20:00 Choir"
    /// a rhythm and more.
    private static func date(_ outline: Outline, _ text: Substring) -> (String, Substring)? {
        guard case .date = outline.kind, text.first.map(quotes.contains) != true else { return nil }
        var found: (String, Substring)?
        var rest = text
        for _ in 0..<longestDate where !rest.isEmpty {
            rest = word(rest.drop(while: \.isWhitespace)).1
            let words = text[..<rest.startIndex]
            let isRead =
                spokenTime(String(words), now: Instant(milliseconds: 0), zone: .utc) != nil || spokenRule(String(words)) != nil
            if isRead { found = (String(words), rest) }
        }
        return found
    }

    /// "on 24 dec 2026 at 18:00"
    private static let longestDate = 6

    private static let quotes: Set<Character> = ["\"", "“", "”"]

    /// A date, a duration or a name may have spaces in it: the last parameter takes them.
    private static func joining(_ outline: Outline, _ word: String, _ rest: Substring) -> String? {
        isWordy(outline.kind) && rest.contains { !$0.isWhitespace } ? word + rest : nil
    }

    private static func isWordy(_ kind: Outline.Kind) -> Bool {
        switch kind {
        case .date, .duration, .member, .role, .channel, .lookup: true
        default: false
        }
    }

    private static func takesMore(_ outline: Outline) -> Bool { outline.isGreedy }

    private static func named(_ text: Substring, among parameters: [Outline]) -> (String, Substring)? {
        var body = text
        let dashed = body.hasPrefix("--")
        if dashed { body = body.dropFirst(2) }
        let name = body.prefix { $0.isLetter || $0 == "_" || $0.isNumber }.lowercased()
        guard let outline = parameters.first(where: { $0.name == name }) else { return nil }
        let after = body.dropFirst(name.count)
        if after.first == "=" || after.first == ":" { return (outline.name, after.dropFirst()) }
        return dashed ? (outline.name, after) : nil
    }

    private static func word(_ text: Substring) -> (String, Substring) {
        if let first = text.first, quotes.contains(first) {
            let body = text.dropFirst()
            if let end = body.firstIndex(where: quotes.contains) {
                return (String(body[..<end]), body[body.index(after: end)...])
            }
        }
        let word = text.prefix { !$0.isWhitespace }
        return (String(word), text.dropFirst(word.count))
    }
}
