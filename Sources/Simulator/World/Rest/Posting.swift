import Shared

extension World {
    /// Puts a message into its channel and tells everybody who may see it.
    @discardableResult
    mutating func post(_ message: MessageRecord) -> MessageRecord {
        histories[message.channel, default: History()].append(message)
        channels[message.channel]?.lastMessage = message.id
        if channels[message.channel]?.thread != nil {
            channels[message.channel]?.thread?.messages += 1
            wake(message.channel, for: message.author)
        }
        announce("MESSAGE_CREATE", message)
        return message
    }

    /// Tells a message's news.
    mutating func announce(_ event: String, _ message: MessageRecord) {
        let guild = channels[message.channel]?.guild
        let data = gatewayJSON(message)
        let isPrivate = guild == nil || message.onlyFor != nil
        dispatch(
            event, data, guild: message.onlyFor == nil ? guild : nil, channel: message.channel,
            intents: isPrivate ? .directMessages : .guildMessages,
            stripped: isOpenToBot(message) ? JSON?.none : withoutContent(data))
    }

    /// A message with what the gateway adds to it: the guild, the member, the members it mentions.
    func gatewayJSON(_ message: MessageRecord) -> JSON {
        let channel = channels[message.channel]
        guard case .object(var object) = json(message) else { return .null }
        object["channel_type"] = channel.map { .int($0.kind.rawValue) }
        guard let guild = channel?.guild.flatMap({ guilds[$0] }), message.onlyFor == nil else { return .object(object) }
        object["guild_id"] = .id(guild.id)
        if message.webhook == nil, let member = guild.members[message.author] { object["member"] = member.json(user: nil) }
        object["mentions"] = .array(
            message.mentions.compactMap { user in
                guard case .object(var person)? = users[user]?.json else { return nil }
                if let member = guild.members[user] { person["member"] = member.json(user: nil) }
                return .object(person)
            })
        return .object(object)
    }

    /// Speaking in a thread unarchives it and joins the speaker.
    private mutating func wake(_ id: ID<Channel>, for user: ID<Member>) {
        guard let thread = channels[id]?.thread else { return }
        if thread.isArchived {
            channels[id]?.thread?.isArchived = false
            announceThread("THREAD_UPDATE", id)
        }
        if thread.members[user] == nil { join(user, thread: id) }
    }

    /// Reads who is named in a text and may be pinged by it.
    func fillMentions(_ message: inout MessageRecord, _ allowed: AllowedMentions, by author: ID<Member>) {
        let text = message.content + message.components.map { Self.words(of: $0) }.joined(separator: " ")
        let permissions = channels[message.channel].map { self.permissions(of: author, in: $0) } ?? []
        let guild = channels[message.channel]?.guild.flatMap { guilds[$0] }
        message.mentions = []
        message.mentionedRoles = []
        for piece in text.split(separator: "<") where piece.hasPrefix("@") {
            let inner = piece.dropFirst().prefix { $0 != ">" }
            if inner.hasPrefix("&"), let role = ID<Role>(inner.dropFirst()), let record = guild?.roles[role] {
                let may = record.isMentionable || permissions.contains(.mentionEveryone)
                if may, allowed.roles?.contains(role.description) ?? true, !message.mentionedRoles.contains(role) {
                    message.mentionedRoles.append(role)
                }
            } else if let user = ID<Member>(inner.hasPrefix("!") ? inner.dropFirst() : inner), users[user] != nil {
                if allowed.users?.contains(user.description) ?? true, !message.mentions.contains(user) {
                    message.mentions.append(user)
                }
            }
        }
        let names = text.contains("@everyone") || text.contains("@here")
        message.mentionsEveryone = names && allowed.everyone && permissions.contains(.mentionEveryone)
        if message.kind == 19, allowed.repliedUser, let target = message.reference.flatMap({ find($0) }),
            !message.mentions.contains(target.author)
        {
            message.mentions.append(target.author)
        }
    }

    private static func words(of component: JSON) -> String {
        (component["content"]?.text ?? "") + (component["components"]?.array ?? []).map(words).joined(separator: " ")
    }
}
