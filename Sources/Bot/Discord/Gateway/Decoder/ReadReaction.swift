import Kit
import Shared

extension JSONScanner {
    mutating func reaction() throws(Malformed) -> ReactionSeen? {
        let draft = try reactionDraft()
        guard let channel = draft.channel, let message = draft.message, let giver = draft.giver, let emoji = draft.emoji else {
            return nil
        }
        return ReactionSeen(
            guild: draft.guild, channel: channel, message: message, giver: giver, author: draft.author, emoji: emoji,
            giverIsBot: draft.giverIsBot)
    }

    mutating func reactionsCleared() throws(Malformed) -> Event? {
        let draft = try reactionDraft()
        guard let channel = draft.channel, let message = draft.message else { return nil }
        return .reactionsCleared(message: message, channel: channel, guild: draft.guild, emoji: draft.emoji)
    }

    mutating func deletion() throws(Malformed) -> Event? {
        var ids: [ID<Message>] = []
        var (channel, guild): (ID<Channel>?, ID<Guild>?) = (nil, nil)
        try members { (scanner: inout JSONScanner, key: JSONText) throws(Malformed) in
            switch key {
            case "id": if let id: ID<Message> = try scanner.anID() { ids.append(id) }
            case "ids": ids += try scanner.list { (scanner: inout JSONScanner) throws(Malformed) in try scanner.anID() }
            case "channel_id": channel = try scanner.anID()
            case "guild_id": guild = try scanner.anID()
            default: try scanner.skip()
            }
        }
        guard let channel, !ids.isEmpty else { return nil }
        return .messagesDeleted(ids, channel: channel, guild: guild)
    }

    private mutating func reactionDraft() throws(Malformed) -> ReactionDraft {
        var draft = ReactionDraft()
        try members { (scanner: inout JSONScanner, key: JSONText) throws(Malformed) in
            switch key {
            case "user_id": draft.giver = try scanner.anID()
            case "channel_id": draft.channel = try scanner.anID()
            case "message_id": draft.message = try scanner.anID()
            case "guild_id": draft.guild = try scanner.anID()
            case "message_author_id": draft.author = try scanner.anID()
            case "member": draft.giverIsBot = try scanner.isBot()
            case "emoji": draft.emoji = try scanner.emoji()
            default: try scanner.skip()
            }
        }
        return draft
    }

    /// A Unicode emoji, or `name:id`; a deleted custom emoji has lost its name.
    private mutating func emoji() throws(Malformed) -> String? {
        var (id, name): (ID<Emoji>?, String?) = (nil, nil)
        try members { (scanner: inout JSONScanner, key: JSONText) throws(Malformed) in
            switch key {
            case "id": id = try scanner.anID()
            case "name": name = try scanner.aText()
            default: try scanner.skip()
            }
        }
        return id.map { "\(name ?? "_"):\($0)" } ?? name
    }
}

private struct ReactionDraft {
    var guild: ID<Guild>?
    var channel: ID<Channel>?
    var message: ID<Message>?
    var giver: ID<Member>?
    var author: ID<Member>?
    var emoji: String?
    var giverIsBot = false
}
