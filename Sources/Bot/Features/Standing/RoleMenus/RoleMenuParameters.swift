internal import Kit
internal import Shared

extension RoleMenus {
    /// A menu by its number or its title.
    static let which: Parameter<String> = .lookup("id", "Its number, as rolemenus list shows it, or its title", names)

    private static let names = Lookup("rolemenus") { turn, typed in
        let wanted = typed.lowercased()
        return try RoleMenuRows.all(of: try turn.requireGuild(), in: turn.store)
            .filter { wanted.isEmpty || $0.title.lowercased().contains(wanted) || $0.key.hasPrefix(wanted) }.prefix(25)
            .map { Choice("\($0.key): \($0.title)", $0.key) }
    }

    static let title: Parameter<String> = .title("title", "What stands above it", longest: 100)
    static let channel: Parameter<ID<Channel>> = .channel("channel", "Where it is posted")
    static let style: Parameter<RoleMenu.Style?> = .optional(
        .oneOf("style", "buttons, menu (a list to choose from) or reactions"))
    static let text: Parameter<String> = .text("text", "What it says above the roles, or none", longest: 1500)
    static let exclusive: Parameter<Bool> = .yesNo("exclusive", "Whether who takes one gives the other back")
    static let most: Parameter<Int> = .whole("most", "How many of them one may have; 0 for all", 0...25)
    static let needs: Parameter<ID<Role>?> = .orNone(.role("needs", "Only who has this role may choose, or none"))
    static let lasts: Parameter<Duration?> = .orNone(
        .duration("lasts", "How long a role is kept, such as 7d, or none for ever", 10.minutes...365.days, bare: .days))
    static let roles: Parameter<[RoleMenu.Choice]> = .choices(
        "roles", "The roles, each with its emoji before it where it has one: 🎮 @Gamer, 🎨 @Artist")
    static let emoji: Parameter<EmojiName> = .emoji("emoji", "What stands for it; each role has another one")
}

extension EmojiName {
    /// As reactions name it: a Unicode emoji, or `name:id`.
    var asReaction: String {
        switch self {
        case .unicode(let emoji): emoji
        case .custom(let id, let name, _): "\(name):\(id)"
        }
    }
}

extension Parameter where Value == [RoleMenu.Choice] {
    fileprivate static func choices(_ name: String, _ summary: String) -> Parameter {
        let role = Parameter<ID<Role>>.role(name, summary)
        let emoji = Parameter<EmojiName>.emoji(name, summary)
        return Parameter(Outline(name, summary, .text(longest: 2000))) { raw, context throws(Refusal) in
            guard let text = raw.text, text.unicodeScalars.count <= 2000, !text.utf8.contains(0) else {
                throw .invalid("\(name) are roles, not \(raw.quoted).", hint: "Write 🎮 @Gamer, 🎨 @Artist.")
            }
            var found: [RoleMenu.Choice] = []
            for part in text.split(whereSeparator: { $0 == "," || $0.isNewline }) {
                let words = trimmed(String(part))
                if words.isEmpty { continue }
                let first = String(words.prefix { !$0.isWhitespace })
                let sign = try? emoji.parse(.text(first), context)
                let rest = sign == nil ? words : trimmed(String(words.dropFirst(first.count)))
                let id = try role.parse(.text(rest), context)
                guard !found.contains(where: { $0.role == id }) else {
                    throw .invalid("\(name) has the role \"\(rest.prefix(60))\" twice.")
                }
                found.append(RoleMenu.Choice(role: id, emoji: sign?.asReaction))
            }
            guard !found.isEmpty else { throw .invalid("\(name) names no role.", hint: "Write 🎮 @Gamer, 🎨 @Artist.") }
            return found
        }
    }
}
