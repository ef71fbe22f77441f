import Kit
import Shared

/// The hot path: one pass over a message, numbers read at once, text left in the frame, nothing allocated but the frame.
extension JSONScanner {
    mutating func message(
        in bytes: UnsafeBufferPointer<UInt8>, mentioning bot: ID<Member>?
    ) throws(Malformed) -> MessageSeen? {
        guard peek() == UInt8(ascii: "{") else {
            try skip()
            return nil
        }
        var draft = MessageDraft()
        try enterObject()
        while let name = try key() { try draft.read(name, &self, bot) }
        return draft.message(in: bytes)
    }
}

/// A message while it is being read: its parts come in any order, and what they mean may depend on a later one.
private struct MessageDraft {
    private struct Author {
        var id: ID<Member>?
        var isAutomatic = false
        var username = MessageSeen.Slice.none
        var globalName = MessageSeen.Slice.none
    }

    private var id: ID<Message>?
    private var channel: ID<Channel>?
    private var guild: ID<Guild>?
    private var author = Author()
    private var isHooked = false
    private var type = 0
    private var answered: ID<Message>?
    private var answeredAuthor: ID<Member>?
    private var edited: Int64 = 0
    private var mentionsBot = false
    private var content = MessageSeen.Slice.none
    private var nick = MessageSeen.Slice.none
    private var roles = MessageSeen.Slice.none
    private var nonce = MessageSeen.Slice.none
    private var embeds = MessageSeen.Slice.none

    mutating func read(_ name: JSONText, _ scanner: inout JSONScanner, _ bot: ID<Member>?) throws(JSONScanner.Malformed) {
        switch name {
        case "id": id = try scanner.anID()
        case "channel_id": channel = try scanner.anID()
        case "guild_id": guild = try scanner.anID()
        case "type": type = try scanner.anInt() ?? 0
        case "content": content = try scanner.slice()
        case "author": author = try readAuthor(&scanner)
        case "member": try readMember(&scanner)
        case "mentions": mentionsBot = try readMentions(&scanner, bot)
        case "webhook_id": isHooked = try scanner.aSlice() != nil
        case "edited_timestamp": edited = try scanner.anInstant()?.milliseconds ?? 0
        case "message_reference": answered = try readReference(&scanner)
        case "referenced_message": answeredAuthor = try readAnsweredAuthor(&scanner)
        case "nonce": nonce = try scanner.slice()
        case "embeds": embeds = try scanner.whole()
        default: try scanner.skip()
        }
    }

    private func readAuthor(_ scanner: inout JSONScanner) throws(JSONScanner.Malformed) -> Author {
        var found = Author()
        guard scanner.peek() == UInt8(ascii: "{") else {
            try scanner.skip()
            return found
        }
        try scanner.enterObject()
        while let name = try scanner.key() {
            switch name {
            case "id": found.id = try scanner.anID()
            case "username": found.username = try scanner.slice()
            case "global_name": found.globalName = try scanner.slice()
            case "bot", "system": if try scanner.aFlag() { found.isAutomatic = true }
            default: try scanner.skip()
            }
        }
        return found
    }

    private mutating func readMember(_ scanner: inout JSONScanner) throws(JSONScanner.Malformed) {
        guard scanner.peek() == UInt8(ascii: "{") else { return try scanner.skip() }
        try scanner.enterObject()
        while let name = try scanner.key() {
            switch name {
            case "nick": nick = try scanner.slice()
            case "roles": roles = try scanner.whole()
            default: try scanner.skip()
            }
        }
    }

    private func readMentions(_ scanner: inout JSONScanner, _ bot: ID<Member>?) throws(JSONScanner.Malformed) -> Bool {
        guard scanner.peek() == UInt8(ascii: "[") else {
            try scanner.skip()
            return false
        }
        var found = false
        try scanner.enterArray()
        while try scanner.item() {
            let mentioned: ID<Member>? = try readID("id", &scanner)
            if let mentioned, mentioned == bot { found = true }
        }
        return found
    }

    /// A reply's reference is the default, type 0; a forwarded message answers nobody.
    private func readReference(_ scanner: inout JSONScanner) throws(JSONScanner.Malformed) -> ID<Message>? {
        guard scanner.peek() == UInt8(ascii: "{") else {
            try scanner.skip()
            return nil
        }
        var found: ID<Message>?
        var type: Int?
        try scanner.enterObject()
        while let name = try scanner.key() {
            switch name {
            case "message_id": found = try scanner.anID()
            case "type": type = try scanner.anInt()
            default: try scanner.skip()
            }
        }
        return type ?? 0 == 0 ? found : nil
    }

    private func readAnsweredAuthor(_ scanner: inout JSONScanner) throws(JSONScanner.Malformed) -> ID<Member>? {
        guard scanner.peek() == UInt8(ascii: "{") else {
            try scanner.skip()
            return nil
        }
        var found: ID<Member>?
        try scanner.enterObject()
        while let name = try scanner.key() {
            if "author" ~= name { found = try readID("id", &scanner) } else { try scanner.skip() }
        }
        return found
    }

    private func readID<Kind>(
        _ wanted: StaticString, _ scanner: inout JSONScanner
    ) throws(JSONScanner.Malformed) -> ID<Kind>? {
        guard scanner.peek() == UInt8(ascii: "{") else {
            try scanner.skip()
            return nil
        }
        var found: ID<Kind>?
        try scanner.enterObject()
        while let name = try scanner.key() {
            if wanted ~= name { found = try scanner.anID() } else { try scanner.skip() }
        }
        return found
    }

    /// Nil when Discord left out what makes it a message.
    func message(in bytes: UnsafeBufferPointer<UInt8>) -> MessageSeen? {
        guard let id, let channel, let writer = author.id else { return nil }
        var message = MessageSeen(
            frame: Array(bytes), id: id, channel: channel, guild: guild, author: writer,
            isAutomatic: author.isAutomatic || isHooked, type: type)
        if type == 19 { (message.answeredMessage, message.answeredAuthor) = (answered, answeredAuthor) }
        message.editedMilliseconds = edited
        message.mentionsBot = mentionsBot
        message.content = content
        (message.username, message.globalName, message.nick) = (author.username, author.globalName, nick)
        (message.roles, message.nonce, message.embeds) = (roles, nonce, embeds)
        message.fingerprint = fingerprint(over: UnsafeRawBufferPointer(bytes))
        return message
    }

    private func fingerprint(over bytes: UnsafeRawBufferPointer) -> UInt64 {
        var fingerprint = Fingerprint()
        fingerprint.mix(UnsafeRawBufferPointer(rebasing: bytes[author.username.range]))
        fingerprint.mix(UnsafeRawBufferPointer(rebasing: bytes[author.globalName.range]))
        fingerprint.mix(UnsafeRawBufferPointer(rebasing: bytes[nick.range]))
        fingerprint.mix(UnsafeRawBufferPointer(rebasing: bytes[roles.range]))
        return fingerprint.value
    }
}

extension MessageSeen.Slice {
    fileprivate var range: Range<Int> { Int(start)..<Int(start + count) }
}

extension JSONScanner {
    /// A value as it lies there, whatever it is.
    fileprivate mutating func whole() throws(Malformed) -> MessageSeen.Slice {
        _ = peek()
        let start = offset
        try skip()
        return MessageSeen.Slice(start: start, count: offset - start, isEscaped: false)
    }

    fileprivate mutating func slice() throws(Malformed) -> MessageSeen.Slice {
        guard let text = try aSlice() else { return .none }
        return MessageSeen.Slice(start: text.offset, count: text.count, isEscaped: text.isEscaped)
    }
}
