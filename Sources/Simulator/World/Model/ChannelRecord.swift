package import Shared

/// What kind of place a channel is, by Discord's numbers.
package enum ChannelKind: Int64, Sendable {
    case text = 0
    case direct = 1
    case voice = 2
    case category = 4
    case announcement = 5
    case announcementThread = 10
    case publicThread = 11
    case privateThread = 12
    case stage = 13
    case forum = 15
    case media = 16

    var isThread: Bool { self == .announcementThread || self == .publicThread || self == .privateThread }
    var isVoice: Bool { self == .voice || self == .stage }
    var holdsMessages: Bool { self != .category && self != .forum && self != .media }
}

/// An exception to the roles for one channel.
package struct Overwrite: Sendable, Hashable {
    package enum Target: Int64, Sendable { case role = 0, member = 1 }
    package let id: Int64
    package let target: Target
    package var allow: Permissions
    package var deny: Permissions

    package init(id: Int64, target: Target, allow: Permissions = [], deny: Permissions = []) {
        self.id = id
        self.target = target
        self.allow = allow
        self.deny = deny
    }

    var json: JSON {
        [
            "id": .string(String(id)), "type": .int(target.rawValue), "allow": .string(String(allow.rawValue)),
            "deny": .string(String(deny.rawValue)),
        ]
    }
}

/// A channel, a thread or a conversation of two.
package struct ChannelRecord: Sendable {
    package let id: ID<Channel>
    package let kind: ChannelKind
    package var guild: ID<Guild>?
    package var name = ""
    package var topic: String?
    package var position = 0
    package var parent: ID<Channel>?
    package var overwrites: [Overwrite] = []
    package var slowMode = 0
    package var isAdult = false
    package var recipient: ID<Member>?
    package var lastMessage: ID<Message>?
    package var thread: ThreadRecord?

    package init(id: ID<Channel>, kind: ChannelKind) {
        self.id = id
        self.kind = kind
    }
}

/// What a thread has beyond a channel.
package struct ThreadRecord: Sendable {
    package let owner: ID<Member>
    package let created: Instant
    package var members: [ID<Member>: Instant] = [:]
    package var isArchived = false
    package var isLocked = false
    package var isInvitable = true
    package var archiveMinutes: Int
    package var archivedAt: Instant
    package var messages = 0

    var metadata: JSON {
        [
            "archived": .bool(isArchived), "auto_archive_duration": .int(Int64(archiveMinutes)),
            "archive_timestamp": .string(archivedAt.discord), "locked": .bool(isLocked), "invitable": .bool(isInvitable),
            "create_timestamp": .string(created.discord),
        ]
    }
}
