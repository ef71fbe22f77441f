internal import Kit
internal import Shared

/// A message with which members give themselves roles, as an admin has set it up.
struct RoleMenu: Equatable {
    enum Style: String, CaseIterable {
        case buttons, menu, reactions

        /// As many as Discord shows of it.
        var most: Int { self == .reactions ? 20 : 25 }
    }

    enum State: String {
        case on
        /// Its message was deleted, or cannot be written to any more.
        case lost
        case removed
    }

    struct Choice: Equatable, Codable {
        var role: ID<Role>
        /// A Unicode emoji, or `name:id`.
        var emoji: String?
    }

    var id: Int64 = 0
    var guild: ID<Guild>
    var channel: ID<Channel>
    var title: String
    var text: String
    var style: Style
    var choices: [Choice]
    /// Who takes one gives back the one that they had.
    var isExclusive = false
    /// How many of them one may have.
    var most: Int?
    /// Only who has this role may choose.
    var needs: ID<Role>?
    /// How long a role is kept.
    var lasts: Duration?
    var message: ID<Message>?
    var state = State.on
    var trouble: String?
    var version: Int64 = 1

    var key: String { String(id) }
    var subject: String { "role menu \(id)" }

    func choice(of role: ID<Role>) -> Choice? { choices.first { $0.role == role } }

    /// Whether an emoji is shown as a picture or as a letter is not told of reactions.
    func choice(of emoji: String) -> Choice? { choices.first { $0.emoji.map(Self.bare) == Self.bare(emoji) } }

    static func bare(_ emoji: String) -> String {
        let parts = emoji.split(separator: ":")
        // A custom emoji may have been renamed since; its number is the truth.
        if parts.count == 2, let id = ID<Emoji>(parts[1]) { return id.description }
        return String(String.UnicodeScalarView(emoji.unicodeScalars.filter { $0 != "\u{FE0F}" }))
    }

    /// What can be set, as the audit and the undo know it.
    var settings: JSON {
        .fields([
            "title": .string(title), "text": text.isEmpty ? "none" : .string(text), "style": .string(style.rawValue),
            "roles": .string(spelled), "exclusive": .bool(isExclusive), "most": .int(Int64(most ?? 0)),
            "needs": needs.map { .id($0) } ?? "none", "lasts": lasts.map { .string($0.exactly) } ?? "none",
        ])
    }

    /// As the parameter `roles` reads it.
    var spelled: String { Self.spelled(choices) }

    static func spelled(_ choices: [Choice]) -> String {
        choices.map { choice in
            let emoji = choice.emoji.map { $0.contains(":") ? "<:\($0)> " : $0 + " " } ?? ""
            return emoji + "<@&\(choice.role)>"
        }.joined(separator: ", ")
    }
}
