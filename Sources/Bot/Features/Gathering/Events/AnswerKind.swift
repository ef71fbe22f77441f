internal import Kit
internal import Shared

/// What a member can answer to an event.
struct AnswerKind: Hashable, Sendable {
    var key: String
    var label: String
    /// As buttons and reactions name it: a character, or `name:id`.
    var emoji: String

    static let going = AnswerKind(key: "going", label: "Going", emoji: "✅")
    static let maybe = AnswerKind(key: "maybe", label: "Maybe", emoji: "❔")
    static let no = AnswerKind(key: "no", label: "Can't", emoji: "❌")
    /// Takes an answer back.
    static let withdrawn = "none"

    /// The answers that a server knows: three, and those that it has added.
    static func all(_ turn: Turn) -> [AnswerKind] { [going, maybe, no] + (read(turn[Events.moreAnswers]) ?? []) }

    /// "🕗 late, 🎧 listening". Nil when it cannot be read.
    private static func read(_ text: String) -> [AnswerKind]? {
        if text == "none" { return [] }
        var found = [going, maybe, no]
        for part in text.split(separator: ",") {
            let words = trimmed(part).split(separator: " ", maxSplits: 1)
            guard words.count == 2, let emoji = emoji(String(words[0])) else { return nil }
            let label = trimmed(words[1])
            let one = AnswerKind(key: label.lowercased(), label: label, emoji: emoji)
            let isKnown = found.contains { $0.key == one.key || $0.emoji == one.emoji } || one.key == withdrawn
            guard (1...30).contains(label.count), !isKnown else { return nil }
            found.append(one)
        }
        return (4...5 + 3).contains(found.count) ? Array(found.dropFirst(3)) : nil
    }

    private static func emoji(_ word: String) -> String? {
        switch try? Parameter<EmojiName>.emoji("emoji", "").parse(.text(word), .bare) {
        case .unicode(let text)?: text
        case .custom(let id, let name, _)?: "\(name):\(id)"
        case nil: nil
        }
    }

    static func more(_ name: String, _ summary: String) -> Parameter<String> {
        Parameter(Parameter<String>.text(name, summary, longest: 300).outline) { raw, _ throws(Refusal) in
            let text = trimmed(raw.text ?? "")
            guard read(text) != nil else {
                throw .invalid(
                    "\(name) are up to five more answers, each an emoji and words, not \(raw.quoted).",
                    hint: "Write 🕗 late, 🎧 listening, or none. Each emoji and each word only once.")
            }
            return text
        }
    }
}
