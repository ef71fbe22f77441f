import Shared

extension Route {
    private static let messages = "/channels/{channel_id}/messages"
    private static let one = "/channels/{channel_id}/messages/{message_id}"

    static let messageRoutes: [Route] = [
        Route("GET", messages, .read) { world, call throws(Refusal) in .ok(try world.listMessages(call)) },
        Route("POST", messages, .send) { world, call throws(Refusal) in .ok(try world.createMessage(call)) },
        Route("GET", one, .read) { world, call throws(Refusal) in
            let (_, message) = try world.messageForBot(call, needing: [.viewChannel, .readHistory])
            return .ok(world.restJSON(message))
        },
        Route("PATCH", one, .change) { world, call throws(Refusal) in .ok(try world.editMessage(call)) },
        Route("DELETE", one, .change) { world, call throws(Refusal) in try world.deleteMessage(call) },
        Route("POST", messages + "/bulk-delete", .channels) { world, call throws(Refusal) in try world.bulkDelete(call) },
        Route("POST", "/channels/{channel_id}/typing", .change) { world, call throws(Refusal) in
            _ = try world.channelForBot(call, needing: .sendMessages)
            return .nothing
        },
        Route("GET", messages + "/pins", .read) { world, call throws(Refusal) in .ok(try world.pins(call)) },
        Route("PUT", messages + "/pins/{message_id}", .change) { world, call throws(Refusal) in try world.pin(call, true) },
        Route("DELETE", messages + "/pins/{message_id}", .change) { world, call throws(Refusal) in try world.pin(call, false) },
    ]
}

extension World {
    /// The channel of this call: unknown, hidden, or short of a permission are three different answers.
    func channelForBot(_ call: Call, needing needed: Permissions = []) throws(Refusal) -> ChannelRecord {
        guard let channel = channels[try call.id("channel_id")] else { throw Refusal.unknownChannel }
        if let guild = channel.guild, guilds[guild]?.hasBot != true { throw Refusal.missingAccess }
        let mine = permissions(of: bot.user, in: channel)
        guard mine.contains(.viewChannel) else { throw Refusal.missingAccess }
        guard mine.isSuperset(of: needed) else { throw Refusal.missingPermissions }
        return channel
    }

    func messageForBot(_ call: Call, needing needed: Permissions = []) throws(Refusal) -> (ChannelRecord, MessageRecord) {
        let channel = try channelForBot(call, needing: needed)
        guard let message = histories[channel.id]?[try call.id("message_id")] else { throw Refusal.unknownMessage }
        return (channel, message)
    }

    func restJSON(_ message: MessageRecord) -> JSON {
        let open = rules.privileged.contains(.messageContent) || isOpenToBot(message)
        let whole = open ? json(message) : withoutContent(json(message))
        guard !rules.fetchedTellsNonce, case .object(var object) = whole else { return whole }
        object["nonce"] = nil
        return .object(object)
    }

    fileprivate func listMessages(_ call: Call) throws(Refusal) -> JSON {
        let channel = try channelForBot(call)
        let limit = try call.limit(1...100, default: 50)
        let before = try call.cursor("before", Message.self)
        let after = try call.cursor("after", Message.self)
        let around = try call.cursor("around", Message.self)
        guard permissions(of: bot.user, in: channel).contains(.readHistory), let history = histories[channel.id] else {
            return []
        }
        let ids = history.ids
        let found: [ID<Message>]
        if let around {
            let middle = ids.firstIndex { $0 >= around } ?? ids.count
            found = Array(ids[max(0, middle - limit / 2)..<min(ids.count, middle + (limit + 1) / 2)])
        } else if let after {
            found = Array(ids[history.firstIndex(after: after)...].prefix(limit))
        } else {
            found = Array((before.map { ids[..<history.firstIndex(notBefore: $0)] } ?? ids[...]).suffix(limit))
        }
        return .array(found.reversed().compactMap { history[$0] }.map { restJSON($0) })
    }

    fileprivate mutating func createMessage(_ call: Call) throws(Refusal) -> JSON {
        let channel = try channelForBot(call)
        guard channel.kind.holdsMessages else {
            throw channel.kind == .category
                ? Refusal.notText : Refusal(400, 40058, "Cannot message this channel until after it becomes a text channel")
        }
        var needed: Permissions = .sendMessages
        if !call.files.isEmpty { needed.insert(.attachFiles) }
        guard permissions(of: bot.user, in: channel).isSuperset(of: needed) else { throw Refusal.missingPermissions }
        try checkDirect(channel)
        if channel.thread?.isLocked == true, !permissions(of: bot.user, in: channel).contains(.manageThreads) {
            throw Refusal(400, 160005, "Thread is locked")
        }
        let form = try MessageForm(call.body, files: call.files, place: .channel)
        let key = nonceKey(call.body)
        if call.body["enforce_nonce"]?.bool == true, let key, let earlier = try rememberedMessage(key) { return earlier }
        if form.isEmpty { throw Refusal.emptyMessage }
        frownOnOpenMentions(form, "POST message")
        var message = MessageRecord(id: mint(Message.self), channel: channel.id, author: bot.user, created: now)
        message.reference = try reference(call.body["message_reference"], from: channel)
        message.kind = message.reference == nil ? 0 : 19
        if let nonce = call.body["nonce"], !nonce.isNull { message.nonce = nonce }
        fill(&message, form)
        post(message)
        if nonces.count > 10_000 { nonces = nonces.filter { $0.value.at + rules.nonceWindow > now } }
        if let key { nonces[key] = (message.said, now) }
        ledger.sent.append(Ledger.Sent(message: message.said, way: .channel, nonce: key, content: message.content, at: now))
        return json(message)
    }

    private func nonceKey(_ body: JSON) -> String? { body["nonce"].flatMap { $0.text ?? $0.int.map(String.init) } }

    /// The message that this nonce made a short while ago; when it is gone, so is the answer.
    private mutating func rememberedMessage(_ key: String) throws(Refusal) -> JSON? {
        guard let known = nonces[key], known.at + rules.nonceWindow > now else { return nil }
        if let index = ledger.sent.lastIndex(where: { $0.message == known.said }) { ledger.sent[index].repeats += 1 }
        guard let message = find(known.said) else { throw Refusal.unknownMessage }
        return json(message)
    }

    private func checkDirect(_ channel: ChannelRecord) throws(Refusal) {
        guard let user = channel.recipient else { return }
        guard users[user]?.acceptsMessages == true else { throw Refusal.closedMessages }
        let share = guilds.values.contains { $0.hasBot && $0.members[user] != nil }
        guard share else { throw Refusal(403, 50278, "Cannot send messages to this user due to having no mutual guilds") }
    }

    mutating func frownOnOpenMentions(_ form: MessageForm, _ what: String) {
        let speaks = !(form.content ?? "").isEmpty || !(form.components ?? []).isEmpty || !(form.embeds ?? []).isEmpty
        if speaks, !form.mentionsAreStated { frown(.mentionsLeftOpen, what) }
    }

    func fill(_ message: inout MessageRecord, _ form: MessageForm) {
        if let content = form.content { message.content = content }
        if let embeds = form.embeds { message.embeds = embeds }
        if let components = form.components { message.components = components }
        if let attachments = form.attachments { message.attachments = attachments }
        if let flags = form.flags { message.flags = message.flags & (64 | 128 | MessageForm.layoutFlag) | flags }
        fillMentions(&message, form.mentions, by: message.author)
    }

    private func reference(_ value: JSON?, from channel: ChannelRecord) throws(Refusal) -> Said? {
        guard let value, !value.isNull else { return nil }
        guard let id = value["message_id"]?.id(Message.self) else {
            throw Form.refusal("message_reference", "message_id", code: "BASE_TYPE_REQUIRED", "This field is required")
        }
        guard permissions(of: bot.user, in: channel).contains(.readHistory) else {
            throw Refusal(400, 160002, "Cannot reply without permission to read message history")
        }
        let said = Said(channel: value["channel_id"]?.id(Channel.self) ?? channel.id, id: id)
        guard let target = find(said), said.channel == channel.id else {
            if value["fail_if_not_exists"]?.bool == false { return nil }
            throw Form.refusal("message_reference", code: "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message")
        }
        guard [0, 19, 20, 23].contains(target.kind) else {
            throw Form.refusal(
                "message_reference", code: "REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE", "Cannot reply to a system message")
        }
        return said
    }

    fileprivate mutating func editMessage(_ call: Call) throws(Refusal) -> JSON {
        let (channel, message) = try messageForBot(call)
        if channel.thread?.isArchived == true { throw Refusal.archivedThread }
        let form = try MessageForm(call.body, files: call.files, place: .edit, earlier: message)
        if message.author != bot.user {
            let others = call.body.object?.keys.filter { $0 != "flags" } ?? []
            guard others.isEmpty else { throw Refusal.notAuthor }
            guard permissions(of: bot.user, in: channel).contains(.manageMessages) else { throw Refusal.missingPermissions }
        } else {
            frownOnOpenMentions(form, "PATCH message")
        }
        return try change(message, form)
    }

    /// Applies an edit; an edit that leaves nothing is refused.
    mutating func change(_ message: MessageRecord, _ form: MessageForm) throws(Refusal) -> JSON {
        var edited = message
        fill(&edited, form)
        if edited.content.isEmpty, edited.embeds.isEmpty, edited.components.isEmpty, edited.attachments.isEmpty {
            throw Refusal.emptyMessage
        }
        edited.edited = now
        edited.flags &= ~128
        if whispers[message.id] != nil {
            whispers[message.id] = edited
        } else {
            histories[message.channel]?.change(message.id) { $0 = edited }
        }
        announce("MESSAGE_UPDATE", edited)
        return json(edited)
    }

    fileprivate mutating func deleteMessage(_ call: Call) throws(Refusal) -> Answer {
        let (channel, message) = try messageForBot(call)
        if message.author != bot.user {
            guard permissions(of: bot.user, in: channel).contains(.manageMessages) else { throw Refusal.missingPermissions }
            if (1...5).contains(message.kind) || message.kind == 21 { throw Refusal.systemMessage }
        }
        erase(message.said)
        if message.author != bot.user, let guild = channel.guild {
            audit(72, by: bot.user, target: message.author.number, call.reason, in: guild)
        }
        return .nothing
    }

    /// Takes a message out of the world.
    mutating func erase(_ said: Said) {
        guard histories[said.channel]?.remove(said.id) != nil else { return }
        let guild = channels[said.channel]?.guild
        dispatch(
            "MESSAGE_DELETE",
            .fields(["id": .id(said.id), "channel_id": .id(said.channel), "guild_id": guild.map { .id($0) }]), guild: guild,
            channel: said.channel, intents: guild == nil ? .directMessages : .guildMessages)
    }

    fileprivate mutating func bulkDelete(_ call: Call) throws(Refusal) -> Answer {
        let channel = try channelForBot(call, needing: .manageMessages)
        guard let guild = channel.guild else { throw Refusal(403, 50003, "Cannot execute action on a DM channel") }
        let ids = (call.body["messages"]?.array ?? []).compactMap { $0.id(Message.self) }
        guard (2...100).contains(ids.count), Set(ids).count == ids.count else {
            throw Refusal(
                400, 50016,
                "Provided too few or too many messages to delete. Must provide at least 2 and fewer than 100 messages to delete"
            )
        }
        guard ids.allSatisfy({ $0.created > now - 14.days }) else {
            throw Refusal(400, 50034, "A message provided was too old to bulk delete")
        }
        let gone = ids.filter { histories[channel.id]?.remove($0) != nil }
        dispatch(
            "MESSAGE_DELETE_BULK",
            ["ids": .array(gone.map { .id($0) }), "channel_id": .id(channel.id), "guild_id": .id(guild)], guild: guild,
            channel: channel.id, intents: .guildMessages)
        audit(73, by: bot.user, target: channel.id.number, call.reason, in: guild)
        return .nothing
    }

    fileprivate func pins(_ call: Call) throws(Refusal) -> JSON {
        let channel = try channelForBot(call, needing: .readHistory)
        let limit = try call.limit(1...50, default: 50)
        let pinned = (histories[channel.id]?.ids ?? []).compactMap { histories[channel.id]?[$0] }.filter(\.isPinned).reversed()
        return [
            "items": .array(pinned.prefix(limit).map { ["pinned_at": .string($0.created.discord), "message": restJSON($0)] }),
            "has_more": .bool(pinned.count > limit),
        ]
    }

    fileprivate mutating func pin(_ call: Call, _ pinned: Bool) throws(Refusal) -> Answer {
        let (channel, message) = try messageForBot(call, needing: .pinMessages)
        if message.isPinned == pinned { return .nothing }
        let count = (histories[channel.id]?.ids ?? []).filter { histories[channel.id]?[$0]?.isPinned == true }.count
        if pinned, count >= 250 { throw Refusal(400, 30003, "Maximum number of pins reached for the channel (250)") }
        histories[channel.id]?.change(message.id) { $0.isPinned = pinned }
        dispatch(
            "CHANNEL_PINS_UPDATE",
            .fields([
                "guild_id": channel.guild.map { .id($0) }, "channel_id": .id(channel.id),
                "last_pin_timestamp": .string(now.discord),
            ]),
            guild: channel.guild, channel: channel.id, intents: .guilds)
        if pinned {
            var note = MessageRecord(id: mint(Message.self), channel: channel.id, author: bot.user, created: now)
            note.kind = 6
            note.reference = message.said
            post(note)
        }
        if let guild = channel.guild {
            audit(pinned ? 74 : 75, by: bot.user, target: message.author.number, call.reason, in: guild)
        }
        return .nothing
    }
}

extension History {
    /// Ids are in order, so places are found by halving.
    func firstIndex(after id: ID<Message>) -> Int { partition { $0 > id } }
    func firstIndex(notBefore id: ID<Message>) -> Int { partition { $0 >= id } }

    private func partition(_ isBeyond: (ID<Message>) -> Bool) -> Int {
        var low = 0
        var high = ids.count
        while low < high {
            let middle = (low + high) / 2
            if isBeyond(ids[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
