import Shared

extension World {
    /// A message as REST writes it; the gateway adds guild and member.
    func json(_ message: MessageRecord, nested: Bool = false) -> JSON {
        var object = JSON.Object([
            ("id", .id(message.id)), ("channel_id", .id(message.channel)), ("type", .int(message.kind)),
            ("author", users[message.author]?.json ?? .null), ("content", .string(message.content)),
            ("timestamp", .string(message.created.discord)),
            ("edited_timestamp", message.edited.map { .string($0.discord) } ?? .null), ("tts", false),
            ("mention_everyone", .bool(message.mentionsEveryone)),
            ("mentions", .array(message.mentions.compactMap { users[$0]?.json })),
            ("mention_roles", .array(message.mentionedRoles.map { .id($0) })),
            ("attachments", .array(message.attachments)), ("embeds", .array(message.embeds)),
            ("components", .array(message.components)), ("pinned", .bool(message.isPinned)),
            ("flags", .int(message.flags)),
        ])
        if !message.reactions.isEmpty { object["reactions"] = .array(message.reactions.map(reactionJSON)) }
        if let nonce = message.nonce { object["nonce"] = nonce }
        if let webhook = message.webhook { object["webhook_id"] = .string(String(webhook)) }
        if let thread = message.thread.flatMap({ channels[$0] }) { object["thread"] = json(thread) }
        if message.author == bot.user { object["application_id"] = .id(bot.application) }
        if let interaction = message.interaction.flatMap({ interactions[$0] }) {
            object["interaction_metadata"] = .fields([
                "id": .id(interaction.id), "type": .int(interaction.kind.rawValue),
                "user": users[interaction.user]?.json, "authorizing_integration_owners": [:],
            ])
        }
        if let target = message.reference {
            object["message_reference"] = .fields([
                "type": 0, "channel_id": .id(target.channel), "message_id": .id(target.id),
                "guild_id": channels[target.channel]?.guild.map { .id($0) },
            ])
            if message.kind == 19, !nested {
                object["referenced_message"] = find(target).map { json($0, nested: true) } ?? .null
            }
        }
        return .object(object)
    }

    private func reactionJSON(_ reaction: ReactionRecord) -> JSON {
        let count = JSON.int(Int64(reaction.users.count))
        return [
            "emoji": reaction.emoji.json, "count": count, "count_details": ["burst": 0, "normal": count],
            "burst_colors": [], "me": .bool(reaction.users.contains(bot.user)), "me_burst": false, "burst_me": false,
            "burst_count": 0,
        ]
    }

    func find(_ said: Said) -> MessageRecord? { histories[said.channel]?[said.id] ?? whispers[said.id] }

    /// What a session without the message-content intent may see of it.
    func withoutContent(_ data: JSON) -> JSON {
        guard case .object(var object) = data else { return data }
        object["content"] = ""
        for list in ["embeds", "attachments", "components"] { object[list] = [] }
        object["poll"] = nil
        if let nested = object["referenced_message"], let id = nested["author"]?["id"]?.id(Member.self), id != bot.user {
            object["referenced_message"] = withoutContent(nested)
        }
        return .object(object)
    }

    func isOpenToBot(_ message: MessageRecord) -> Bool {
        message.author == bot.user || channels[message.channel]?.kind == .direct || message.mentions.contains(bot.user)
    }
}
