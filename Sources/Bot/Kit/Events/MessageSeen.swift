package import Shared

/// A message as it came in. Numbers are read at once; text lies in the frame until somebody asks for it.
package struct MessageSeen: Sendable {
    /// Where a JSON string's inside lies in the frame.
    package struct Slice: Sendable {
        package var start: UInt32
        package var count: UInt32
        package var isEscaped: Bool

        package init(start: Int, count: Int, isEscaped: Bool) {
            self.start = UInt32(start)
            self.count = UInt32(count)
            self.isEscaped = isEscaped
        }

        package static let none = Slice(start: 0, count: 0, isEscaped: false)
    }

    package let frame: [UInt8]
    package var id: ID<Message>
    package var channel: ID<Channel>
    package var guild: ID<Guild>?
    package var author: ID<Member>
    /// Written by a bot, the system or a webhook: never counted, never answered.
    package var isAutomatic: Bool
    /// Discord's message type; 0 and 19 are what people say.
    package var type: Int
    package var answeredMessage: ID<Message>?
    package var answeredAuthor: ID<Member>?
    /// Milliseconds of the last edit by a person, 0 when never edited.
    package var editedMilliseconds: Int64
    package var mentionsBot: Bool
    package var content: Slice
    package var username: Slice
    package var globalName: Slice
    package var nick: Slice
    /// The member's roles as they lie in the frame: a JSON list of ids.
    package var roles: Slice
    package var nonce: Slice
    /// Its embeds as they lie in the frame: a JSON list.
    package var embeds: Slice
    /// Changes whenever a name or a role of the author changes.
    package var fingerprint: UInt64

    package init(
        frame: [UInt8], id: ID<Message>, channel: ID<Channel>, guild: ID<Guild>?, author: ID<Member>, isAutomatic: Bool,
        type: Int
    ) {
        self.frame = frame
        self.id = id
        self.channel = channel
        self.guild = guild
        self.author = author
        self.isAutomatic = isAutomatic
        self.type = type
        editedMilliseconds = 0
        mentionsBot = false
        (content, username, globalName, nick, roles, nonce, embeds) = (.none, .none, .none, .none, .none, .none, .none)
        fingerprint = 0
    }

    /// Said by a person: an ordinary message or a reply.
    package var isSpeech: Bool { !isAutomatic && (type == 0 || type == 19) }

    package func bytes(_ slice: Slice) -> ArraySlice<UInt8> { frame[Int(slice.start)..<Int(slice.start + slice.count)] }

    package func text(_ slice: Slice) -> String {
        slice.isEscaped ? JSONText.decode(bytes(slice)) : String(decoding: bytes(slice), as: UTF8.self)
    }

    package var contentText: String { text(content) }
}
