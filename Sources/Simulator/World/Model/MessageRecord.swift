package import Shared

/// Where a message is: enough to find it again.
package struct Said: Hashable, Sendable {
    package let channel: ID<Channel>
    package let id: ID<Message>
    package init(channel: ID<Channel>, id: ID<Message>) {
        self.channel = channel
        self.id = id
    }
}

/// One emoji on one message with everybody who gave it, in order.
package struct ReactionRecord: Sendable {
    package let emoji: EmojiName
    package var users: [ID<Member>]
}

/// An emoji as routes and events name it: a character, or a custom one's name and id.
package struct EmojiName: Hashable, Sendable {
    package let name: String
    package let id: ID<Emoji>?

    package init(_ name: String, id: ID<Emoji>? = nil) {
        self.name = name
        self.id = id
    }

    var json: JSON { ["id": id.map { .id($0) } ?? .null, "name": .string(name)] }
}

/// A message, as it stands now.
package struct MessageRecord: Sendable {
    package let id: ID<Message>
    package let channel: ID<Channel>
    package let author: ID<Member>
    package var kind: Int64 = 0
    package var content = ""
    package var embeds: [JSON] = []
    package var components: [JSON] = []
    package var attachments: [JSON] = []
    package var flags: Int64 = 0
    package var created: Instant
    package var edited: Instant?
    package var reference: Said?
    package var nonce: JSON?
    package var isPinned = false
    package var mentions: [ID<Member>] = []
    package var mentionedRoles: [ID<Role>] = []
    package var mentionsEveryone = false
    package var reactions: [ReactionRecord] = []
    package var thread: ID<Channel>?
    package var webhook: Int64?
    package var interaction: ID<Interaction>?
    /// An ephemeral message is seen by one person only.
    package var onlyFor: ID<Member>?

    package var said: Said { Said(channel: channel, id: id) }
    package var isEphemeral: Bool { flags & 64 != 0 }
    package var isLoading: Bool { flags & 128 != 0 }

    init(id: ID<Message>, channel: ID<Channel>, author: ID<Member>, created: Instant) {
        self.id = id
        self.channel = channel
        self.author = author
        self.created = created
    }
}

/// A channel's messages, oldest first. Those of a prepared load are kept as a number until somebody looks at them.
struct History: Sendable {
    private(set) var ids: [ID<Message>] = []
    private var records: [ID<Message>: MessageRecord] = [:]
    private var prepared: [ID<Message>: PreparedMessage] = [:]

    var last: ID<Message>? { ids.last }

    mutating func append(_ record: MessageRecord) {
        ids.append(record.id)
        records[record.id] = record
    }

    mutating func append(_ id: ID<Message>, _ message: PreparedMessage) {
        ids.append(id)
        prepared[id] = message
    }

    subscript(id: ID<Message>) -> MessageRecord? { records[id] ?? prepared[id]?.record(id) }

    mutating func change(_ id: ID<Message>, _ body: (inout MessageRecord) -> Void) {
        guard var record = self[id] else { return }
        body(&record)
        records[id] = record
        prepared[id] = nil
    }

    mutating func remove(_ id: ID<Message>) -> MessageRecord? {
        guard let record = self[id] else { return nil }
        ids.removeAll { $0 == id }
        records[id] = nil
        prepared[id] = nil
        return record
    }
}
