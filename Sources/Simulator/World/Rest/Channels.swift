import Shared

extension Route {
    static let channelRoutes: [Route] = [
        Route("GET", "/channels/{channel_id}", .read) { world, call throws(Refusal) in
            .ok(world.json(try world.channelForBot(call)))
        },
        Route("POST", "/guilds/{guild_id}/channels", .roles) { world, call throws(Refusal) in
            .json(201, try world.makeChannel(call))
        },
        Route("PATCH", "/channels/{channel_id}", .channels) { world, call throws(Refusal) in .ok(try world.editChannel(call)) },
        Route("DELETE", "/channels/{channel_id}", .channels) { world, call throws(Refusal) in .ok(try world.deleteChannel(call))
        },
        Route("PUT", "/channels/{channel_id}/permissions/{overwrite_id}", .channels) { world, call throws(Refusal) in
            try world.setOverwrite(call)
        },
        Route("DELETE", "/channels/{channel_id}/permissions/{overwrite_id}", .channels) { world, call throws(Refusal) in
            try world.setOverwrite(call, removing: true)
        },
    ]
}

extension World {
    private static func checkChannel(_ body: JSON, _ form: inout Form, isNew: Bool) {
        if isNew || body["name"] != nil { form.length(body["name"] ?? "", ["name"], 1...100) }
        form.length(body["topic"], ["topic"], 0...1024)
        form.number(body["rate_limit_per_user"], ["rate_limit_per_user"], 0...21600)
        if let minutes = body["auto_archive_duration"]?.int, ![60, 1440, 4320, 10080].contains(minutes) {
            form.note("auto_archive_duration", code: "BASE_TYPE_CHOICES", "Value must be one of (60, 1440, 4320, 10080).")
        }
    }

    private func overwrites(_ value: JSON?, mine: Permissions) throws(Refusal) -> [Overwrite]? {
        guard let items = value?.array else { return nil }
        var result: [Overwrite] = []
        for item in items {
            guard let id = item["id"]?.text.flatMap({ Int64($0) }),
                let target = item["type"]?.int.flatMap(Overwrite.Target.init)
            else {
                throw Form.refusal("permission_overwrites", code: "BASE_TYPE_REQUIRED", "id and type are required")
            }
            let overwrite = Overwrite(id: id, target: target, allow: Self.bits(item["allow"]), deny: Self.bits(item["deny"]))
            let touched = overwrite.allow.union(overwrite.deny)
            guard mine.isSuperset(of: touched) else { throw Refusal.missingPermissions }
            // Who may give rights is given by administrators alone.
            guard !touched.contains(.manageRoles) || mine.contains(.administrator) else { throw Refusal.missingPermissions }
            result.append(overwrite)
        }
        return result
    }

    private static func bits(_ value: JSON?) -> Permissions {
        Permissions(rawValue: value?.text.flatMap { UInt64($0) } ?? value?.int.flatMap { UInt64(exactly: $0) } ?? 0)
    }

    fileprivate mutating func makeChannel(_ call: Call) throws(Refusal) -> JSON {
        let guild = try guildForBot(call, needing: .manageChannels)
        guard guild.channels.count < 500 else { throw Refusal(400, 30013, "Maximum number of guild channels reached (500)") }
        var form = Form()
        Self.checkChannel(call.body, &form, isNew: true)
        try form.refuse()
        guard let kind = ChannelKind(rawValue: call.body["type"]?.int ?? 0), !kind.isThread, kind != .direct else {
            throw Form.refusal("type", code: "BASE_TYPE_CHOICES", "no such channel type")
        }
        var channel = ChannelRecord(id: mint(Channel.self), kind: kind)
        channel.guild = guild.id
        channel.position = guild.channels.count
        try fill(&channel, call.body, in: guild)
        add(channel)
        audit(10, by: bot.user, target: channel.id.number, call.reason, in: guild.id)
        return json(channel)
    }

    mutating func add(_ channel: ChannelRecord) {
        guard let guild = channel.guild else { return }
        channels[channel.id] = channel
        guilds[guild]?.channels.append(channel.id)
        dispatch("CHANNEL_CREATE", json(channel), guild: guild, channel: channel.id, intents: .guilds)
    }

    private func fill(_ channel: inout ChannelRecord, _ body: JSON, in guild: GuildRecord) throws(Refusal) {
        let isPlain = channel.kind == .text || channel.kind == .announcement
        if let name = body["name"]?.text {
            channel.name = isPlain ? name.lowercased().split(separator: " ").joined(separator: "-") : name
        }
        if let topic = body["topic"] { channel.topic = topic.text }
        if let seconds = body["rate_limit_per_user"]?.int { channel.slowMode = Int(seconds) }
        if let adult = body["nsfw"]?.bool { channel.isAdult = adult }
        if let position = body["position"]?.int { channel.position = Int(position) }
        if let parent = body["parent_id"] {
            channel.parent = parent.id(Channel.self)
            if let category = channel.parent, channels[category]?.kind != .category {
                throw Form.refusal("parent_id", code: "CHANNEL_PARENT_INVALID", "Not a category")
            }
            if let category = channel.parent { try checkRoom(in: category, for: channel.id) }
        }
        if let list = try overwrites(body["permission_overwrites"], mine: permissions(of: bot.user, in: guild)) {
            channel.overwrites = list
        }
    }

    /// A category holds fifty.
    private func checkRoom(in category: ID<Channel>, for channel: ID<Channel>) throws(Refusal) {
        let others = channels.values.filter { $0.parent == category && $0.thread == nil && $0.id != channel }
        guard others.count < 50 else {
            throw Form.refusal(
                "parent_id", code: "CHANNEL_PARENT_MAX_CHANNELS", "Maximum number of channels in category reached (50)")
        }
    }

    fileprivate mutating func editChannel(_ call: Call) throws(Refusal) -> JSON {
        var channel = try channelForBot(call)
        if channel.thread != nil { return try editThread(channel, call) }
        guard let id = channel.guild, let guild = guilds[id] else {
            throw Refusal(403, 50003, "Cannot execute action on a DM channel")
        }
        let rights = permissions(of: bot.user, in: channel)
        guard rights.contains(.manageChannels) else { throw Refusal.missingPermissions }
        if call.body["permission_overwrites"] != nil, !rights.contains(.manageRoles) { throw Refusal.missingPermissions }
        var form = Form()
        Self.checkChannel(call.body, &form, isNew: false)
        try form.refuse()
        try countRename(channel, call.body)
        try fill(&channel, call.body, in: guild)
        channels[channel.id] = channel
        dispatch("CHANNEL_UPDATE", json(channel), guild: id, channel: channel.id, intents: .guilds)
        audit(11, by: bot.user, target: channel.id.number, call.reason, in: id)
        return json(channel)
    }

    /// Two names or topics in ten minutes, though no header says so.
    private mutating func countRename(_ channel: ChannelRecord, _ body: JSON) throws(Refusal) {
        guard body["name"] != nil || body["topic"] != nil else { return }
        let recent = (limits.renames[channel.id] ?? []).filter { $0 > now - 10.minutes }
        guard recent.count < 2 else {
            throw Refusal.limited(0, "The resource is being rate limited.", for: recent[0] + 10.minutes - now)
        }
        limits.renames[channel.id] = recent + [now]
    }

    private mutating func editThread(_ thread: ChannelRecord, _ call: Call) throws(Refusal) -> JSON {
        guard var state = thread.thread, let guild = thread.guild else { throw Refusal.unknownChannel }
        var thread = thread
        let mine = permissions(of: bot.user, in: thread)
        let opensOnly = call.body.object?.keys == ["archived"] && call.body["archived"] == false
        let mayOpen = opensOnly && !state.isLocked && mine.contains(.sendMessages)
        let ownEdits: Set = ["name", "archived", "auto_archive_duration"]
        let isOwn = state.owner == bot.user && (call.body.object?.keys ?? []).allSatisfy { ownEdits.contains($0) }
        guard mine.contains(.manageThreads) || mayOpen || isOwn else { throw Refusal.missingPermissions }
        if state.isArchived, call.body["archived"] != false { throw Refusal.archivedThread }
        var form = Form()
        Self.checkChannel(call.body, &form, isNew: false)
        try form.refuse()
        try countRename(thread, call.body)
        if let archived = call.body["archived"]?.bool { (state.isArchived, state.archivedAt) = (archived, now) }
        if let locked = call.body["locked"]?.bool { state.isLocked = locked }
        if let minutes = call.body["auto_archive_duration"]?.int { state.archiveMinutes = Int(minutes) }
        thread.thread = state
        if let name = call.body["name"]?.text { thread.name = name }
        channels[thread.id] = thread
        announceThread("THREAD_UPDATE", thread.id)
        audit(111, by: bot.user, target: thread.id.number, call.reason, in: guild)
        return json(thread)
    }

    fileprivate mutating func deleteChannel(_ call: Call) throws(Refusal) -> JSON {
        let channel = try channelForBot(call)
        guard let guild = channel.guild else { return json(channel) }
        let needed: Permissions = channel.thread == nil ? .manageChannels : .manageThreads
        guard permissions(of: bot.user, in: channel).contains(needed) else { throw Refusal.missingPermissions }
        discard(channel)
        audit(channel.thread == nil ? 12 : 112, by: bot.user, target: channel.id.number, call.reason, in: guild)
        return json(channel)
    }

    /// A channel goes, and its threads with it.
    mutating func discard(_ channel: ChannelRecord) {
        guard let guild = channel.guild else { return }
        let short: JSON = [
            "id": .id(channel.id), "guild_id": .id(guild), "parent_id": channel.parent.map { .id($0) } ?? .null,
            "type": .int(channel.kind.rawValue),
        ]
        if channel.thread == nil {
            dispatch("CHANNEL_DELETE", json(channel), guild: guild, channel: channel.id, intents: .guilds)
            for thread in channels.values where thread.thread != nil && thread.parent == channel.id {
                channels[thread.id] = nil
            }
        } else {
            dispatch("THREAD_DELETE", short, guild: guild, channel: channel.id, intents: .guilds)
        }
        channels[channel.id] = nil
        histories[channel.id] = nil
        guilds[guild]?.channels.removeAll { $0 == channel.id }
    }

    fileprivate mutating func setOverwrite(_ call: Call, removing: Bool = false) throws(Refusal) -> Answer {
        var channel = try channelForBot(call, needing: .manageRoles)
        guard let guild = channel.guild, channel.thread == nil else { throw Refusal.wrongChannelKind }
        let id: ID<Role> = try call.id("overwrite_id")
        if removing, !channel.overwrites.contains(where: { $0.id == id.number }) { throw Refusal.unknownOverwrite }
        channel.overwrites.removeAll { $0.id == id.number }
        if !removing {
            guard let target = call.body["type"]?.int.flatMap(Overwrite.Target.init) else {
                throw Form.refusal("type", code: "BASE_TYPE_REQUIRED", "This field is required")
            }
            let overwrite = Overwrite(
                id: id.number, target: target, allow: Self.bits(call.body["allow"]), deny: Self.bits(call.body["deny"]))
            let mine = permissions(of: bot.user, in: channel)
            guard mine.isSuperset(of: overwrite.allow.union(overwrite.deny)) else { throw Refusal.missingPermissions }
            channel.overwrites.append(overwrite)
        }
        change(channel)
        audit(removing ? 15 : 14, by: bot.user, target: channel.id.number, call.reason, in: guild)
        return .nothing
    }

    /// Tells a changed channel; gaining sight of it brings its threads along.
    mutating func change(_ channel: ChannelRecord) {
        guard let guild = channel.guild else { return }
        let sawBefore = channels[channel.id].map { canSee(bot.user, $0) } ?? false
        channels[channel.id] = channel
        dispatch("CHANNEL_UPDATE", json(channel), guild: guild, channel: channel.id, intents: .guilds)
        guard !sawBefore, canSee(bot.user, channel) else { return }
        let threads = channels.values.filter { $0.parent == channel.id && $0.thread?.isArchived == false }.sorted {
            $0.id < $1.id
        }
        dispatch(
            "THREAD_LIST_SYNC",
            [
                "guild_id": .id(guild), "channel_ids": [.id(channel.id)], "threads": .array(threads.map { json($0) }),
                "members": .array(threads.compactMap { threadMemberJSON($0, bot.user) }),
            ], guild: guild, channel: channel.id, intents: .guilds)
    }
}
