/// What a session asked to hear.
package struct Intents: OptionSet, Sendable, Hashable {
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }
    private init(bit: Int64) { rawValue = 1 << bit }

    package static let guilds = Self(bit: 0)
    package static let guildMembers = Self(bit: 1)
    package static let guildModeration = Self(bit: 2)
    package static let guildInvites = Self(bit: 6)
    package static let guildVoiceStates = Self(bit: 7)
    package static let guildPresences = Self(bit: 8)
    package static let guildMessages = Self(bit: 9)
    package static let guildMessageReactions = Self(bit: 10)
    package static let guildMessageTyping = Self(bit: 11)
    package static let directMessages = Self(bit: 12)
    package static let directMessageReactions = Self(bit: 13)
    package static let messageContent = Self(bit: 15)
    package static let guildScheduledEvents = Self(bit: 16)

    package static let known = Self(rawValue: 53_608_447)
    package static let needApproval: Self = [.guildMembers, .guildPresences, .messageContent]
}
