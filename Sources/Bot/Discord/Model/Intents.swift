/// What Discord is asked to tell. The privileged ones have to be switched on for the application first.
package struct Intents: OptionSet, Hashable, Sendable {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }
    private init(bit: Int) { rawValue = 1 << bit }

    package static let guilds = Intents(bit: 0)
    package static let members = Intents(bit: 1)
    package static let voiceStates = Intents(bit: 7)
    package static let messages = Intents(bit: 9)
    package static let reactions = Intents(bit: 10)
    package static let directMessages = Intents(bit: 12)
    package static let messageContent = Intents(bit: 15)

    package static let usual: Intents = [
        .guilds, .members, .voiceStates, .messages, .reactions, .directMessages, .messageContent,
    ]
    static let privileged: Intents = [.members, .messageContent]

    /// The privileged intents that an application's flags say are switched on, for apps of any size.
    static func granted(byFlags flags: Int) -> Intents {
        var granted: Intents = []
        if flags & (1 << 14 | 1 << 15) != 0 { granted.insert(.members) }
        if flags & (1 << 18 | 1 << 19) != 0 { granted.insert(.messageContent) }
        return granted
    }

    /// The names that the developer portal shows.
    package var spelled: String {
        var names: [String] = []
        if contains(.members) { names.append("Server Members Intent") }
        if contains(.messageContent) { names.append("Message Content Intent") }
        return names.joined(separator: " and ")
    }

    /// What an admin reads when privileged intents had to be left out.
    static func lacking(_ missing: Intents) -> String {
        let effect =
            missing == .members
            ? "Members who join, leave or change are not noticed."
            : missing == .messageContent
                ? "Prefix commands work only where the bot is mentioned."
                : "Member changes are not noticed, and prefix commands work only where the bot is mentioned."
        return "The \(missing.spelled) is switched off in Discord's developer portal (Bot, Privileged Gateway Intents). "
            + "The bot goes on without it. \(effect)"
    }
}
