internal import Kit
internal import Shared

/// A badge as an admin has defined it.
struct Badge: Equatable {
    enum State: String { case on, removed }

    var id: Int64 = 0
    var guild: ID<Guild>
    var name: String
    var emoji: String
    var text: String
    var occasion: Occasion?
    var state = State.on
    var version: Int64 = 1

    var subject: String { "badge \(id)" }
    var title: Phrase { "\(words: emoji) \(name)" }

    /// What an admin can set, as the audit and the undo know it.
    var settings: JSON {
        .fields([
            "name": .string(name), "emoji": .string(emoji), "text": .string(text),
            "occasion": .string(occasion?.spelled ?? "none"),
        ])
    }
}

/// When a badge is given by itself.
enum Occasion: Equatable {
    /// Whoever reaches this level, or a higher one.
    case level(Int)
    /// The first so many of a season's board, when it closes.
    case season(Int)

    init?(_ text: String) {
        let words = text.lowercased().split(separator: " ").filter { $0 != "top" }
        guard words.count == 2, let number = Int(words[1]), (1...1000).contains(number) else { return nil }
        switch words[0] {
        case "level": self = .level(number)
        case "season": self = .season(number)
        default: return nil
        }
    }

    var spelled: String {
        switch self {
        case .level(let level): "level \(level)"
        case .season(let top): "season \(top)"
        }
    }
}

extension Parameter where Value == Occasion? {
    /// "level 10", "season 3", or "none".
    static func occasion(_ name: String, _ summary: String) -> Parameter {
        Parameter(Outline(name, summary, .text(longest: 30))) { raw, _ throws(Refusal) in
            let words = trimmed(raw.text ?? "")
            if words.lowercased() == "none" { return nil }
            guard let occasion = Occasion(words) else {
                throw .invalid(
                    "\(name) is when the badge is given by itself, not \(raw.quoted).",
                    hint: "Write level 10, season 3 (the first three of a closed season), or none.")
            }
            return occasion
        }
    }
}

extension EmojiName {
    /// As Discord writes it in a text.
    var spelled: String {
        switch self {
        case .unicode(let emoji): emoji
        case .custom(let id, let name, let isAnimated): "<\(isAnimated ? "a" : ""):\(name):\(id)>"
        }
    }
}
