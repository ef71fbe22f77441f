/// Permission bits. Bits without a name are kept: an administrator may carry any.
package struct Permissions: OptionSet, Sendable, Hashable {
    package let rawValue: UInt64
    package init(rawValue: UInt64) { self.rawValue = rawValue }
    package init(bit: Int) { rawValue = 1 << UInt64(bit) }

    package static let createInvite = Self(bit: 0)
    package static let kickMembers = Self(bit: 1)
    package static let banMembers = Self(bit: 2)
    package static let administrator = Self(bit: 3)
    package static let manageChannels = Self(bit: 4)
    package static let manageGuild = Self(bit: 5)
    package static let addReactions = Self(bit: 6)
    package static let viewAuditLog = Self(bit: 7)
    package static let viewChannel = Self(bit: 10)
    package static let sendMessages = Self(bit: 11)
    package static let sendSpoken = Self(bit: 12)
    package static let manageMessages = Self(bit: 13)
    package static let embedLinks = Self(bit: 14)
    package static let attachFiles = Self(bit: 15)
    package static let readHistory = Self(bit: 16)
    package static let mentionEveryone = Self(bit: 17)
    package static let externalEmoji = Self(bit: 18)
    package static let connect = Self(bit: 20)
    package static let speak = Self(bit: 21)
    package static let muteMembers = Self(bit: 22)
    package static let deafenMembers = Self(bit: 23)
    package static let moveMembers = Self(bit: 24)
    package static let changeNickname = Self(bit: 26)
    package static let manageNicknames = Self(bit: 27)
    package static let manageRoles = Self(bit: 28)
    package static let manageWebhooks = Self(bit: 29)
    package static let useCommands = Self(bit: 31)
    package static let manageEvents = Self(bit: 33)
    package static let manageThreads = Self(bit: 34)
    package static let createPublicThreads = Self(bit: 35)
    package static let createPrivateThreads = Self(bit: 36)
    package static let sendInThreads = Self(bit: 38)
    package static let moderateMembers = Self(bit: 40)
    package static let createEvents = Self(bit: 44)
    package static let pinMessages = Self(bit: 51)
    package static let bypassSlowMode = Self(bit: 52)

    package static let all = Self(rawValue: (1 << 53) - 1)
    /// What a timed out member keeps.
    static let readOnly: Self = [.viewChannel, .readHistory]
    /// What @everyone has in a new guild.
    package static let ordinary: Self = [
        .createInvite, .addReactions, .viewChannel, .sendMessages, .embedLinks, .attachFiles, .readHistory, .externalEmoji,
        .connect, .speak, .changeNickname, .useCommands, .createPublicThreads, .createPrivateThreads, .sendInThreads,
    ]
    /// What our bot is invited with.
    package static let invited: Self = ordinary.union([
        .manageRoles, .manageMessages, .manageChannels, .manageThreads, .kickMembers, .banMembers, .moderateMembers,
        .manageNicknames, .viewAuditLog, .pinMessages, .moveMembers, .muteMembers, .manageGuild, .manageWebhooks, .createEvents,
        .manageEvents,
    ])
}
