package import Shared

extension World {
    /// A person writes, as far as Discord lets them.
    package mutating func say(
        _ user: ID<Member>, in channel: ID<Channel>, _ text: String, replyTo target: Said? = nil, pinging: Bool = true
    ) throws(Refusal) -> Said {
        guard let place = channels[channel] else { throw Refusal.unknownChannel }
        guard place.kind.holdsMessages else { throw Refusal.notText }
        let mine = permissions(of: user, in: place)
        guard mine.contains(.viewChannel) else { throw Refusal.missingAccess }
        guard mine.contains(.sendMessages) else { throw Refusal.missingPermissions }
        if text.isEmpty { throw Refusal.emptyMessage }
        var form = Form()
        form.length(.string(text), ["content"], 0...2000)
        try form.refuse()
        try waitTurn(user, place, mine)
        var message = MessageRecord(id: mint(Message.self), channel: channel, author: user, created: now)
        message.content = text
        if let target {
            guard find(target) != nil else { throw Refusal.unknownMessage }
            message.kind = 19
            message.reference = target
        }
        var allowed = AllowedMentions()
        allowed.repliedUser = pinging
        fillMentions(&message, allowed, by: user)
        note(message)
        post(message)
        return message.said
    }

    private mutating func waitTurn(_ user: ID<Member>, _ place: ChannelRecord, _ mine: Permissions) throws(Refusal) {
        guard place.slowMode > 0, !mine.contains(.bypassSlowMode), users[user]?.isBot != true else { return }
        if let last = slowModes[place.id]?[user], last + place.slowMode.seconds > now {
            throw Refusal(429, 20016, "This action cannot be performed due to slowmode rate limit")
        }
        slowModes[place.id, default: [:]][user] = now
    }

    private mutating func note(_ message: MessageRecord) {
        guard let guild = channels[message.channel]?.guild else { return }
        ledger.spoken.append(
            Ledger.Spoken(
                message: message.id, channel: message.channel, guild: guild, author: message.author,
                isSpeech: [0, 19].contains(message.kind) && message.webhook == nil && users[message.author]?.isBot == false,
                isReply: message.kind == 19, at: message.created))
    }

    /// A message that nobody spoke: a join notice, a boost, or a webhook's words.
    package mutating func notice(
        kind: Int64, webhook: String? = nil, by user: ID<Member>, in channel: ID<Channel>, _ text: String = ""
    ) -> Said {
        var message = MessageRecord(id: mint(Message.self), channel: channel, author: user, created: now)
        message.kind = kind
        message.content = text
        if let webhook {
            let id = self.user(webhook, isBot: true)
            message = MessageRecord(id: message.id, channel: channel, author: id, created: now)
            message.content = text
            message.webhook = id.number
        }
        note(message)
        post(message)
        return message.said
    }

    /// A webhook posts a framed message, within Discord's limits of one.
    package mutating func frame(_ embed: JSON, from webhook: String, in channel: ID<Channel>, _ text: String) throws(Refusal)
        -> Said
    {
        let form = try MessageForm(["content": .string(text), "embeds": [embed]], files: [], place: .channel)
        let author = user(webhook, isBot: true)
        var message = MessageRecord(id: mint(Message.self), channel: channel, author: author, created: now)
        message.webhook = author.number
        message.content = form.content ?? ""
        message.embeds = form.embeds ?? []
        note(message)
        post(message)
        return message.said
    }

    /// Whoever wrote a framed message writes another one in its place.
    package mutating func reframe(_ said: Said, _ embed: JSON) throws(Refusal) {
        let form = try MessageForm(["embeds": [embed]], files: [], place: .channel)
        guard find(said) != nil else { throw Refusal.unknownMessage }
        histories[said.channel]?.change(said.id) { message in
            message.embeds = form.embeds ?? []
            message.edited = now
        }
        if let changed = find(said) { announce("MESSAGE_UPDATE", changed) }
    }

    package mutating func edit(_ said: Said, by user: ID<Member>, _ text: String) throws(Refusal) {
        guard let message = find(said) else { throw Refusal.unknownMessage }
        guard message.author == user else { throw Refusal.notAuthor }
        histories[said.channel]?.change(said.id) { message in
            message.content = text
            message.edited = now
        }
        if let changed = find(said) { announce("MESSAGE_UPDATE", changed) }
    }
}

extension Simulation {
    @discardableResult
    package func says(_ user: ID<Member>, in channel: ID<Channel>, _ text: String) throws(Refusal) -> Said {
        try act { (world) throws(Refusal) in try world.say(user, in: channel, text) }
    }

    @discardableResult
    package func replies(_ user: ID<Member>, to said: Said, _ text: String, pinging: Bool = true) throws(Refusal) -> Said {
        try act { (world) throws(Refusal) in try world.say(user, in: said.channel, text, replyTo: said, pinging: pinging) }
    }

    /// A message that is nobody's speech, by Discord's number.
    @discardableResult
    package func systemMessage(_ kind: Int64, by user: ID<Member>, in channel: ID<Channel>) -> Said {
        act { $0.notice(kind: kind, by: user, in: channel) }
    }

    @discardableResult
    package func webhookSays(_ name: String, in channel: ID<Channel>, _ text: String) -> Said {
        act { $0.notice(kind: 0, webhook: name, by: $0.bot.user, in: channel, text) }
    }

    @discardableResult
    package func frames(_ embed: JSON, by webhook: String, in channel: ID<Channel>, _ text: String = "") throws(Refusal) -> Said
    {
        try act { (world) throws(Refusal) in try world.frame(embed, from: webhook, in: channel, text) }
    }

    package func reframes(_ said: Said, _ embed: JSON) throws(Refusal) {
        try act { (world) throws(Refusal) in try world.reframe(said, embed) }
    }

    package func edits(_ user: ID<Member>, _ said: Said, _ text: String) throws(Refusal) {
        try act { (world) throws(Refusal) in try world.edit(said, by: user, text) }
    }

    package func deletes(_ said: Said) { act { $0.erase(said) } }

    package func reacts(_ user: ID<Member>, to said: Said, _ emoji: String) throws(Refusal) {
        try act { (world) throws(Refusal) in
            guard let message = world.find(said), let channel = world.channels[said.channel] else {
                throw Refusal.unknownMessage
            }
            guard let emoji = EmojiName(route: emoji) else { throw Refusal.unknownEmoji }
            try world.react(user, with: emoji, to: message, in: channel)
        }
    }

    package func unreacts(_ user: ID<Member>, on said: Said, _ emoji: String) {
        act { world in
            if let emoji = EmojiName(route: emoji) { world.unreact(user, with: emoji, on: said) }
        }
    }

    /// A moderator clears a message of its reactions.
    package func clearsReactions(on said: Said) {
        act { world in
            if let message = world.find(said) { world.clearReactions(message) }
        }
    }

    package func opensThread(_ user: ID<Member>, named name: String, in channel: ID<Channel>) throws(Refusal) -> ID<Channel> {
        try act { (world) throws(Refusal) in
            guard let parent = world.channels[channel] else { throw Refusal.unknownChannel }
            guard world.permissions(of: user, in: parent).contains(.createPublicThreads) else {
                throw Refusal.missingPermissions
            }
            return world.open(world.mint(Channel.self), .publicThread, in: parent, by: user, named: name, 1440).id
        }
    }

    /// A person writes to the bot alone.
    @discardableResult
    package func writesPrivately(_ user: ID<Member>, _ text: String) throws(Refusal) -> Said {
        try act { (world) throws(Refusal) in try world.say(user, in: world.directChannel(with: user), text) }
    }
}

extension World {
    mutating func directChannel(with user: ID<Member>) -> ID<Channel> {
        if let known = directs[user] { return known }
        var channel = ChannelRecord(id: mint(Channel.self), kind: .direct)
        channel.recipient = user
        channels[channel.id] = channel
        directs[user] = channel.id
        return channel.id
    }
}
