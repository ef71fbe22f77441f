import Shared

extension Route {
    private static let reactions = "/channels/{channel_id}/messages/{message_id}/reactions"
    private static let emoji = reactions + "/{emoji_name}"

    static let reactionRoutes: [Route] = [
        Route("PUT", emoji + "/@me", .react) { world, call throws(Refusal) in
            let (channel, message) = try world.messageForBot(call, needing: .readHistory)
            try world.react(world.bot.user, with: try world.emoji(call), to: message, in: channel)
            return .nothing
        },
        Route("DELETE", emoji + "/@me", .react) { world, call throws(Refusal) in
            let (_, message) = try world.messageForBot(call)
            world.unreact(world.bot.user, with: try world.emoji(call), on: message.said)
            return .nothing
        },
        Route("DELETE", emoji + "/{user_id}", .react) { world, call throws(Refusal) in
            let (_, message) = try world.messageForBot(call, needing: .manageMessages)
            world.unreact(try call.id("user_id"), with: try world.emoji(call), on: message.said)
            return .nothing
        },
        Route("GET", emoji, .read) { world, call throws(Refusal) in
            let (_, message) = try world.messageForBot(call, needing: .readHistory)
            let emoji = try world.emoji(call)
            let limit = try call.limit(1...100, default: 25)
            let after = try call.cursor("after", Member.self)
            let users = (message.reactions.first { $0.emoji == emoji }?.users ?? []).sorted()
            return .ok(
                .array(
                    users.filter { user in after.map { user > $0 } ?? true }.prefix(limit).compactMap { world.users[$0]?.json })
            )
        },
        Route("DELETE", reactions, .react) { world, call throws(Refusal) in
            let (_, message) = try world.messageForBot(call, needing: .manageMessages)
            world.clearReactions(message)
            return .nothing
        },
        Route("DELETE", emoji, .react) { world, call throws(Refusal) in
            let (_, message) = try world.messageForBot(call, needing: .manageMessages)
            world.clearReactions(message, only: try world.emoji(call))
            return .nothing
        },
    ]
}

extension World {
    fileprivate func emoji(_ call: Call) throws(Refusal) -> EmojiName {
        guard let emoji = EmojiName(route: call.names["emoji_name"] ?? "") else { throw Refusal.unknownEmoji }
        return emoji
    }

    /// Somebody adds an emoji; doing it twice changes nothing.
    mutating func react(
        _ user: ID<Member>, with emoji: EmojiName, to message: MessageRecord, in channel: ChannelRecord
    ) throws(Refusal) {
        let mine = permissions(of: user, in: channel)
        guard mine.isSuperset(of: [.viewChannel, .readHistory]) else { throw Refusal.missingPermissions }
        let known = message.reactions.firstIndex { $0.emoji == emoji }
        if known == nil, !mine.contains(.addReactions) { throw Refusal.missingPermissions }
        if known == nil, message.reactions.count >= 20 { throw Refusal(403, 30010, "Maximum number of reactions reached (20)") }
        if let known, message.reactions[known].users.contains(user) { return }
        histories[channel.id]?.change(message.id) { message in
            if let known {
                message.reactions[known].users.append(user)
            } else {
                message.reactions.append(ReactionRecord(emoji: emoji, users: [user]))
            }
        }
        noteReaction(user, emoji, message, added: true)
        guard case .object(var object) = reactionEvent(user, emoji, message) else { return }
        if let guild = channel.guild, let member = guilds[guild]?.members[user] {
            object["member"] = member.json(user: users[user]?.json)
        }
        object["message_author_id"] = .id(message.author)
        dispatch(
            "MESSAGE_REACTION_ADD", .object(object), guild: channel.guild, channel: channel.id, intents: reactionIntent(channel)
        )
    }

    mutating func unreact(_ user: ID<Member>, with emoji: EmojiName, on said: Said) {
        guard let message = find(said), let index = message.reactions.firstIndex(where: { $0.emoji == emoji }),
            message.reactions[index].users.contains(user), let channel = channels[said.channel]
        else { return }
        histories[said.channel]?.change(said.id) { message in
            message.reactions[index].users.removeAll { $0 == user }
            if message.reactions[index].users.isEmpty { message.reactions.remove(at: index) }
        }
        noteReaction(user, emoji, message, added: false)
        dispatch(
            "MESSAGE_REACTION_REMOVE", reactionEvent(user, emoji, message), guild: channel.guild, channel: channel.id,
            intents: reactionIntent(channel))
    }

    /// Takes all reactions from a message, or all of one emoji.
    mutating func clearReactions(_ message: MessageRecord, only emoji: EmojiName? = nil) {
        let gone = message.reactions.filter { emoji == nil || $0.emoji == emoji }
        guard !gone.isEmpty, let channel = channels[message.channel] else { return }
        histories[message.channel]?.change(message.id) { message in
            message.reactions.removeAll { emoji == nil || $0.emoji == emoji }
        }
        for reaction in gone {
            for user in reaction.users { noteReaction(user, reaction.emoji, message, added: false) }
        }
        let data = JSON.fields([
            "channel_id": .id(message.channel), "message_id": .id(message.id), "guild_id": channel.guild.map { .id($0) },
            "emoji": emoji?.json,
        ])
        dispatch(
            emoji == nil ? "MESSAGE_REACTION_REMOVE_ALL" : "MESSAGE_REACTION_REMOVE_EMOJI", data, guild: channel.guild,
            channel: channel.id, intents: reactionIntent(channel))
    }

    private func reactionIntent(_ channel: ChannelRecord) -> Intents {
        channel.guild == nil ? .directMessageReactions : .guildMessageReactions
    }

    private func reactionEvent(_ user: ID<Member>, _ emoji: EmojiName, _ message: MessageRecord) -> JSON {
        .fields([
            "user_id": .id(user), "channel_id": .id(message.channel), "message_id": .id(message.id),
            "guild_id": channels[message.channel]?.guild.map { .id($0) }, "emoji": emoji.json, "burst": false, "type": 0,
        ])
    }

    private mutating func noteReaction(_ user: ID<Member>, _ emoji: EmojiName, _ message: MessageRecord, added: Bool) {
        guard let guild = channels[message.channel]?.guild else { return }
        ledger.reacted.append(
            Ledger.Reacted(
                message: message.id, channel: message.channel, guild: guild, messageAuthor: message.author, giver: user,
                giverIsBot: users[user]?.isBot ?? true, emoji: emoji, isAdded: added, at: now))
    }
}

extension EmojiName {
    /// As routes name it: characters of an emoji, or name:id.
    init?(route text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        if parts.count == 2, let id = ID<Emoji>(parts[1]) {
            self.init(String(parts[0]), id: id)
        } else if parts.count == 1,
            text.unicodeScalars.contains(where: { $0.properties.isEmoji && $0.value > 0xA8 || $0.value == 0x20E3 })
        {
            self.init(text)
        } else {
            return nil
        }
    }
}
