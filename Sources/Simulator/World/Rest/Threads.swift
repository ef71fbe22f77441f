import Shared

extension Route {
    private static let members = "/channels/{channel_id}/thread-members"

    static let threadRoutes: [Route] = [
        Route("POST", "/channels/{channel_id}/messages/{message_id}/threads", .channels) { world, call throws(Refusal) in
            .json(201, try world.threadFromMessage(call))
        },
        Route("POST", "/channels/{channel_id}/threads", .channels) { world, call throws(Refusal) in
            .json(201, try world.threadAlone(call))
        },
        Route("GET", "/guilds/{guild_id}/threads/active", .guildRead) { world, call throws(Refusal) in
            let guild = try world.guildForBot(call)
            let threads = world.channels.values.filter {
                $0.guild == guild.id && $0.thread?.isArchived == false && world.canSee(world.bot.user, $0)
            }.sorted { $0.id < $1.id }
            return .ok([
                "threads": .array(threads.map { world.json($0) }),
                "members": .array(threads.compactMap { world.threadMemberJSON($0, world.bot.user) }),
            ])
        },
        Route("PUT", members + "/@me", .channels) { world, call throws(Refusal) in
            try world.changeThreadMember(call, world.bot.user, joining: true)
        },
        Route("DELETE", members + "/@me", .channels) { world, call throws(Refusal) in
            try world.changeThreadMember(call, world.bot.user, joining: false)
        },
        Route("PUT", members + "/{user_id}", .channels) { world, call throws(Refusal) in
            try world.changeThreadMember(call, try call.id("user_id"), joining: true)
        },
        Route("DELETE", members + "/{user_id}", .channels) { world, call throws(Refusal) in
            try world.changeThreadMember(call, try call.id("user_id"), joining: false)
        },
    ]
}

extension World {
    private func checkThread(_ body: JSON) throws(Refusal) -> Int {
        var form = Form()
        form.length(body["name"] ?? "", ["name"], 1...100)
        form.number(body["rate_limit_per_user"], ["rate_limit_per_user"], 0...21600)
        let minutes = body["auto_archive_duration"]?.int ?? 1440
        if ![60, 1440, 4320, 10080].contains(minutes) {
            form.note("auto_archive_duration", code: "BASE_TYPE_CHOICES", "Value must be one of (60, 1440, 4320, 10080).")
        }
        try form.refuse()
        return Int(minutes)
    }

    fileprivate mutating func threadFromMessage(_ call: Call) throws(Refusal) -> JSON {
        let (channel, message) = try messageForBot(call, needing: .createPublicThreads)
        let minutes = try checkThread(call.body)
        guard message.thread == nil else { throw Refusal(400, 160004, "A thread has already been created for this message") }
        let kind: ChannelKind = channel.kind == .announcement ? .announcementThread : .publicThread
        let thread = open(
            message.id.relabelled(as: Channel.self), kind, in: channel, by: bot.user, named: call.body["name"]?.text ?? "",
            minutes)
        histories[channel.id]?.change(message.id) { message in
            message.thread = thread.id
            message.flags |= 1 << 5
        }
        if let changed = find(message.said) { announce("MESSAGE_UPDATE", changed) }
        if let guild = channel.guild { audit(110, by: bot.user, target: thread.id.number, call.reason, in: guild) }
        return json(thread)
    }

    /// A post in a forum: a thread and its first message, which have one id.
    private mutating func forumPost(_ call: Call, in forum: ChannelRecord) throws(Refusal) -> JSON {
        guard permissions(of: bot.user, in: forum).contains(.sendMessages) else { throw Refusal.missingPermissions }
        let minutes = try checkThread(call.body)
        guard let body = call.body["message"], body.object != nil else {
            throw Form.refusal("message", code: "BASE_TYPE_REQUIRED", "This field is required")
        }
        let tags = call.body["applied_tags"]?.array ?? []
        if tags.count > 5 { throw Form.refusal("applied_tags", code: "BASE_TYPE_MAX_LENGTH", "Must be 5 or fewer in length.") }
        let form = try MessageForm(body, files: call.files, place: .channel)
        if form.isEmpty { throw Refusal.emptyMessage }
        frownOnOpenMentions(form, "POST forum post")
        let id = mint(Channel.self)
        let thread = open(id, .publicThread, in: forum, by: bot.user, named: call.body["name"]?.text ?? "", minutes)
        var message = MessageRecord(id: id.relabelled(as: Message.self), channel: id, author: bot.user, created: now)
        fill(&message, form)
        post(message)
        ledger.sent.append(Ledger.Sent(message: message.said, way: .channel, nonce: nil, content: message.content, at: now))
        guard case .object(var answer) = json(thread) else { return .null }
        answer["message"] = json(message)
        if let guild = forum.guild { audit(110, by: bot.user, target: id.number, call.reason, in: guild) }
        return .object(answer)
    }

    fileprivate mutating func threadAlone(_ call: Call) throws(Refusal) -> JSON {
        let channel = try channelForBot(call)
        if channel.kind == .forum || channel.kind == .media { return try forumPost(call, in: channel) }
        let minutes = try checkThread(call.body)
        let kind = ChannelKind(rawValue: call.body["type"]?.int ?? 12) ?? .privateThread
        guard kind.isThread, channel.kind == .text || channel.kind == .announcement,
            kind != .privateThread || channel.kind == .text
        else {
            throw Refusal.wrongChannelKind
        }
        let needed: Permissions = kind == .privateThread ? .createPrivateThreads : .createPublicThreads
        guard permissions(of: bot.user, in: channel).contains(needed) else { throw Refusal.missingPermissions }
        let thread = open(mint(Channel.self), kind, in: channel, by: bot.user, named: call.body["name"]?.text ?? "", minutes)
        if kind != .privateThread {
            var note = MessageRecord(id: mint(Message.self), channel: channel.id, author: bot.user, created: now)
            note.kind = 18
            note.content = thread.name
            post(note)
        }
        if let guild = channel.guild { audit(110, by: bot.user, target: thread.id.number, call.reason, in: guild) }
        return json(thread)
    }

    mutating func open(
        _ id: ID<Channel>, _ kind: ChannelKind, in parent: ChannelRecord, by owner: ID<Member>, named name: String,
        _ minutes: Int
    ) -> ChannelRecord {
        var thread = ChannelRecord(id: id, kind: kind)
        thread.guild = parent.guild
        thread.parent = parent.id
        thread.name = name
        thread.thread = ThreadRecord(
            owner: owner, created: now, members: [owner: now], archiveMinutes: minutes, archivedAt: now)
        channels[id] = thread
        announceThread("THREAD_CREATE", id, isNew: true)
        return thread
    }

    mutating func announceThread(_ event: String, _ id: ID<Channel>, isNew: Bool = false) {
        guard let thread = channels[id], case .object(var object) = json(thread) else { return }
        if isNew { object["newly_created"] = true }
        if let member = threadMemberJSON(thread, bot.user) { object["member"] = member }
        dispatch(event, .object(object), guild: thread.guild, channel: id, intents: .guilds)
    }

    mutating func join(_ user: ID<Member>, thread id: ID<Channel>) {
        guard let guild = channels[id]?.guild, channels[id]?.thread?.members[user] == nil else { return }
        channels[id]?.thread?.members[user] = now
        if user == bot.user { announceThread("THREAD_CREATE", id) }
        guard let thread = channels[id] else { return }
        dispatch(
            "THREAD_MEMBERS_UPDATE",
            [
                "id": .id(id), "guild_id": .id(guild), "member_count": .int(Int64(min(50, thread.thread?.members.count ?? 0))),
                "added_members": .array(threadMemberJSON(thread, user).map { [$0] } ?? []),
            ], guild: guild, channel: id, intents: user == bot.user ? .guilds : .guildMembers)
    }

    mutating func leave(_ user: ID<Member>, thread id: ID<Channel>) {
        guard let guild = channels[id]?.guild, channels[id]?.thread?.members[user] != nil else { return }
        channels[id]?.thread?.members[user] = nil
        dispatch(
            "THREAD_MEMBERS_UPDATE",
            [
                "id": .id(id), "guild_id": .id(guild),
                "member_count": .int(Int64(min(50, channels[id]?.thread?.members.count ?? 0))),
                "removed_member_ids": [.id(user)],
            ], guild: guild, channel: id, intents: user == bot.user ? .guilds : .guildMembers)
    }

    fileprivate mutating func changeThreadMember(_ call: Call, _ user: ID<Member>, joining: Bool) throws(Refusal) -> Answer {
        let channel = try channelForBot(call)
        guard let thread = channel.thread, let guild = channel.guild else { throw Refusal.wrongChannelKind }
        if thread.isArchived { throw Refusal.archivedThread }
        guard guilds[guild]?.members[user] != nil else { throw Refusal.unknownMember }
        if joining, user != bot.user, !permissions(of: bot.user, in: channel).contains(.sendMessages) {
            throw Refusal.missingPermissions
        }
        if !joining, user != bot.user, thread.owner != bot.user || channel.kind != .privateThread,
            !permissions(of: bot.user, in: channel).contains(.manageThreads)
        {
            throw Refusal.missingPermissions
        }
        if joining, thread.members.count >= 1000 {
            throw Refusal(400, 30033, "Maximum number of thread participants reached (1000)")
        }
        if joining { join(user, thread: channel.id) } else { leave(user, thread: channel.id) }
        return .nothing
    }
}
