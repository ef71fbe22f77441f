package import Kit
package import Shared

/// A message in a frame of real JSON: what is text lies in it as slices, as the gateway's reader leaves it.
package struct Said {
    package var author: Int64
    package var place: Int64 = 1
    package var at: Instant
    package var extra: Int64 = 0
    package var text = "hello"
    package var replyTo: (message: ID<Message>, author: Int64)?
    package var isAutomatic = false
    package var type = 0
    package var guild: ID<Guild>? = Town.guild
    package var username: String?
    package var nick: String?
    package var roles: [ID<Role>] = []
    package var fingerprint: UInt64 = 0
    package var nonce: String?

    package init(
        _ author: Int64, _ text: String = "hello", in place: Int64 = 1, at: Instant, extra: Int64 = 0,
        replyTo: (message: ID<Message>, author: Int64)? = nil
    ) {
        self.author = author
        self.text = text
        self.place = place
        self.at = at
        self.extra = extra
        self.replyTo = replyTo
        type = replyTo == nil ? 0 : 19
    }

    package var id: ID<Message> { Town.id(at: at, extra) }

    package var seen: MessageSeen {
        var frame = Array("{".utf8)
        func slice(_ key: String, _ value: JSON) -> MessageSeen.Slice {
            if frame.count > 1 { frame += [UInt8(ascii: ",")] }
            frame += Array("\"\(key)\":".utf8)
            let line = Array(value.line.utf8)
            defer { frame += line }
            guard value.text != nil else {
                return MessageSeen.Slice(start: frame.count, count: line.count, isEscaped: false)
            }
            return MessageSeen.Slice(
                start: frame.count + 1, count: line.count - 2, isEscaped: line.contains(UInt8(ascii: "\\")))
        }
        _ = slice("id", .id(id))
        let content = slice("content", .string(text))
        let name = username.map { slice("username", .string($0)) }
        let nickname = nick.map { slice("nick", .string($0)) }
        let token = nonce.map { slice("nonce", .string($0)) }
        let held = slice("roles", .array(roles.map { .id($0) }))
        frame += [UInt8(ascii: "}")]
        var message = MessageSeen(
            frame: frame, id: id, channel: Town.channel(place), guild: guild, author: Town.member(author),
            isAutomatic: isAutomatic, type: type)
        message.content = content
        message.username = name ?? .none
        message.nick = nickname ?? .none
        message.nonce = token ?? .none
        message.roles = held
        message.answeredMessage = replyTo?.message
        message.answeredAuthor = replyTo.map { Town.member($0.author) }
        message.fingerprint = fingerprint
        return message
    }

    package var event: Event { .message(seen) }
}
