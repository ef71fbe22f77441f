/// Discord's permission bits; unknown ones are kept.
package struct Permissions: OptionSet, Hashable, Sendable {
    package let rawValue: UInt64
    package init(rawValue: UInt64) { self.rawValue = rawValue }
    package init(bit: Int) { rawValue = 1 << UInt64(bit) }

    package static let kickMembers = Permissions(bit: 1)
    package static let banMembers = Permissions(bit: 2)
    package static let administrator = Permissions(bit: 3)
    package static let manageChannels = Permissions(bit: 4)
    package static let manageGuild = Permissions(bit: 5)
    package static let addReactions = Permissions(bit: 6)
    package static let viewAuditLog = Permissions(bit: 7)
    package static let viewChannel = Permissions(bit: 10)
    package static let sendMessages = Permissions(bit: 11)
    package static let manageMessages = Permissions(bit: 13)
    package static let embedLinks = Permissions(bit: 14)
    package static let attachFiles = Permissions(bit: 15)
    package static let readMessageHistory = Permissions(bit: 16)
    package static let mentionEveryone = Permissions(bit: 17)
    package static let connect = Permissions(bit: 20)
    package static let manageRoles = Permissions(bit: 28)
    package static let manageEvents = Permissions(bit: 33)
    package static let manageThreads = Permissions(bit: 34)
    package static let createPublicThreads = Permissions(bit: 35)
    package static let createPrivateThreads = Permissions(bit: 36)
    package static let sendMessagesInThreads = Permissions(bit: 38)
    package static let moderateMembers = Permissions(bit: 40)
    package static let createEvents = Permissions(bit: 44)
    package static let pinMessages = Permissions(bit: 51)
    package static let all = Permissions(rawValue: .max)

    /// The name that Discord's own settings show, for sentences that ask an admin to grant it.
    package static let names: [(Permissions, String)] = [
        (.kickMembers, "Kick Members"), (.banMembers, "Ban Members"), (.administrator, "Administrator"),
        (.manageChannels, "Manage Channels"), (.manageGuild, "Manage Server"), (.addReactions, "Add Reactions"),
        (.viewAuditLog, "View Audit Log"), (.viewChannel, "View Channel"), (.sendMessages, "Send Messages"),
        (.manageMessages, "Manage Messages"), (.embedLinks, "Embed Links"), (.attachFiles, "Attach Files"),
        (.readMessageHistory, "Read Message History"), (.mentionEveryone, "Mention Everyone"), (.manageRoles, "Manage Roles"),
        (.manageEvents, "Manage Events"), (.manageThreads, "Manage Threads"),
        (.createPublicThreads, "Create Public Threads"), (.createPrivateThreads, "Create Private Threads"),
        (.sendMessagesInThreads, "Send Messages in Threads"), (.moderateMembers, "Time Out Members"),
        (.createEvents, "Create Events"), (.pinMessages, "Pin Messages"),
    ]

    package var spelled: String { Self.names.filter { contains($0.0) }.map(\.1).joined(separator: ", ") }
}
