import Shared

/// People act at the door by name or by id.
extension World {
    func doorGuild(_ name: String?) throws(Refusal) -> ID<Guild> {
        let found = name.map { name in guilds.values.first { $0.name == name || $0.id.description == name }?.id }
        guard let id = found ?? guilds.keys.min() else { throw Refusal.unknownGuild }
        return id
    }

    func doorGuild(_ body: JSON) throws(Refusal) -> ID<Guild> { try doorGuild(body["guild"]?.text) }

    func doorChannel(_ name: String, _ guild: String?) throws(Refusal) -> ID<Channel> {
        if let id = ID<Channel>(name), channels[id] != nil { return id }
        let home = try doorGuild(guild)
        guard let id = channels.values.filter({ $0.guild == home && $0.name == name }).map(\.id).min() else {
            throw Refusal.unknownChannel
        }
        return id
    }

    func doorChannel(_ body: JSON) throws(Refusal) -> ID<Channel> {
        try doorChannel(try Door.text(body, "channel"), body["guild"]?.text)
    }

    /// A person of this name; a stranger to the guild joins it first.
    mutating func doorMember(_ body: JSON) throws(Refusal) -> ID<Member> {
        let name = try Door.text(body, "author")
        if let id = ID<Member>(name), users[id] != nil { return id }
        let channel = body["channel"] == nil ? nil : try doorChannel(body)
        let known = channel.flatMap { channels[$0]?.guild }
        let home: ID<Guild>
        if let known { home = known } else { home = try doorGuild(body) }
        return join(name, home, isBot: body["bot"]?.bool ?? false)
    }

    func doorMessage(_ body: JSON) throws(Refusal) -> Said {
        guard let id = body["message"]?.id(Message.self) else { throw Refusal.unknownMessage }
        return Said(channel: try doorChannel(body), id: id)
    }

    mutating func doorSays(_ body: JSON) throws(Refusal) -> JSON {
        let channel = try doorChannel(body)
        let target = body["reply_to"]?.id(Message.self).map { Said(channel: channel, id: $0) }
        let said = try say(try doorMember(body), in: channel, try Door.text(body, "text"), replyTo: target)
        return ["message_id": .id(said.id), "channel_id": .id(said.channel)]
    }

    mutating func doorReacts(_ body: JSON) throws(Refusal) -> JSON {
        let said = try doorMessage(body)
        let user = try doorMember(body)
        guard let message = find(said), let channel = channels[said.channel] else { throw Refusal.unknownMessage }
        guard let emoji = EmojiName(route: try Door.text(body, "emoji")) else { throw Refusal.unknownEmoji }
        if body["remove"] == true {
            unreact(user, with: emoji, on: said)
        } else {
            try react(user, with: emoji, to: message, in: channel)
        }
        return [:]
    }

    mutating func doorSlash(_ body: JSON) throws(Refusal) -> JSON {
        let channel = try doorChannel(body)
        let user = try doorMember(body)
        var options: [(String, OptionValue)] = []
        for (name, value) in body["options"]?.object?.members ?? [] {
            switch value {
            case .string(let text): options.append((name, doorOption(text)))
            case .int(let number): options.append((name, .whole(number)))
            case .double(let number): options.append((name, .decimal(number)))
            case .bool(let flag): options.append((name, .yes(flag)))
            default: throw Refusal(400, 0, "option \(name) is of no known kind")
            }
        }
        return ["interaction_id": .id(try use(user, try Door.text(body, "command"), options, in: channel))]
    }

    /// "@ann" is a member, "#general" a channel, "&helper" a role, anything else is text.
    private func doorOption(_ text: String) -> OptionValue {
        let name = String(text.dropFirst())
        if text.hasPrefix("@"), let user = users.values.first(where: { $0.name == name || $0.id.description == name }) {
            return .member(user.id)
        }
        if text.hasPrefix("#"), let channel = channels.values.first(where: { $0.name == name || $0.id.description == name }) {
            return .channel(channel.id)
        }
        if text.hasPrefix("&"),
            let role = guilds.values.flatMap(\.roles.values).first(where: { $0.name == name || $0.id.description == name })
        {
            return .role(role.id)
        }
        return .text(text)
    }

    mutating func doorVoice(_ body: JSON) throws(Refusal) -> JSON {
        let user = try doorMember(body)
        let guild = try doorGuild(body)
        let channel = body["channel"]?.isNull ?? true ? nil : try doorChannel(body)
        setVoice(user, in: guild, channel: channel) { voice in
            voice.isSelfMuted = body["mute"]?.bool ?? voice.isSelfMuted
            voice.isSelfDeafened = body["deaf"]?.bool ?? voice.isSelfDeafened
        }
        return [:]
    }

    mutating func doorLoad(_ body: JSON) throws(Refusal) -> JSON {
        guard let events = body["events"]?.int, events >= 0 else { throw Refusal(400, 0, "events is missing") }
        let homes = body["guild"] == nil ? guilds.values.filter(\.hasBot).map(\.id).sorted() : [try doorGuild(body)]
        var plan = LoadPlan(
            events: Int(events), rate: body["rate"]?.double, guilds: homes, channels: Int(body["channels"]?.int ?? 5),
            members: Int(body["members"]?.int ?? 100), seed: UInt64(clamping: body["seed"]?.int ?? 1))
        plan.replies = body["replies"]?.double ?? plan.replies
        plan.isHeld = body["held"]?.bool ?? false
        beginLoad(plan)
        return ["events": .int(events), "guilds": .int(Int64(homes.count))]
    }
}
