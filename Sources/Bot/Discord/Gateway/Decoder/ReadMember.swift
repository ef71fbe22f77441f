import Kit
import Shared

/// What Discord tells of a person anywhere. The names lie in the frame.
struct UserSeen {
    var id: ID<Member>?
    var username: JSONText?
    var globalName: JSONText?
    var isBot = false
}

/// A member as the frame shows it: good as long as the frame is.
struct MemberDraft {
    var guild: ID<Guild>?
    var user = UserSeen()
    var nick: JSONText?
    var roles: [ID<Role>] = []
    var joined: Instant?
    var isPending = false

    func profile(in guild: ID<Guild>?) -> MemberProfile? {
        guard let guild = self.guild ?? guild, let id = user.id else { return nil }
        return MemberProfile(
            id: id, guild: guild, username: user.username?.string ?? "", globalName: user.globalName?.string,
            nick: nick?.string, roles: roles, isBot: user.isBot, joined: joined, isPending: isPending)
    }

    func add(to list: inout MemberList) {
        guard let id = user.id else { return }
        list.append(
            id, isBot: user.isBot, isPending: isPending, joined: joined, roles: roles,
            names: MemberNames(username: user.username ?? .empty, globalName: user.globalName, nick: nick))
    }
}

extension JSONScanner {
    mutating func user() throws(Malformed) -> UserSeen {
        var user = UserSeen()
        try members { (scanner: inout JSONScanner, key: JSONText) throws(Malformed) in
            switch key {
            case "id": user.id = try scanner.anID()
            case "username": user.username = try scanner.aSlice()
            case "global_name": user.globalName = try scanner.aSlice()
            case "bot": user.isBot = try scanner.aFlag()
            default: try scanner.skip()
            }
        }
        return user
    }

    /// Reads over what the draft held, roles' room kept.
    private mutating func read(into draft: inout MemberDraft) throws(Malformed) {
        (draft.guild, draft.user, draft.nick, draft.joined, draft.isPending) = (nil, UserSeen(), nil, nil, false)
        draft.roles.removeAll(keepingCapacity: true)
        try members { (scanner: inout JSONScanner, key: JSONText) throws(Malformed) in
            switch key {
            case "guild_id": draft.guild = try scanner.anID()
            case "user": draft.user = try scanner.user()
            case "nick": draft.nick = try scanner.aSlice()
            case "roles":
                try scanner.items { (scanner: inout JSONScanner) throws(Malformed) in
                    if let role: ID<Role> = try scanner.anID() { draft.roles.append(role) }
                }
            case "joined_at": draft.joined = try scanner.anInstant()
            case "pending": draft.isPending = try scanner.aFlag()
            default: try scanner.skip()
            }
        }
    }

    /// A member; where the object itself does not name its guild, that is handed in.
    mutating func member(in guild: ID<Guild>?) throws(Malformed) -> MemberProfile? {
        var draft = MemberDraft()
        try read(into: &draft)
        return draft.profile(in: guild)
    }

    /// A list of members, packed as it is read.
    mutating func memberList() throws(Malformed) -> MemberList {
        var list = MemberList()
        var draft = MemberDraft()
        try items { (scanner: inout JSONScanner) throws(Malformed) in
            try scanner.read(into: &draft)
            draft.add(to: &list)
        }
        return list
    }

    mutating func memberSeen(joined: Bool) throws(Malformed) -> Event? {
        try member(in: nil).map { .memberSeen($0, joined: joined) }
    }

    mutating func memberLeft() throws(Malformed) -> Event? { try member(in: nil).map { .memberLeft($0.id, guild: $0.guild) } }

    mutating func membersListed() throws(Malformed) -> Event? {
        var home: ID<Guild>?
        var (index, count) = (0, 1)
        var found = MemberList()
        try members { (scanner: inout JSONScanner, key: JSONText) throws(Malformed) in
            switch key {
            case "guild_id": home = try scanner.anID()
            case "chunk_index": index = try scanner.anInt() ?? 0
            case "chunk_count": count = try scanner.anInt() ?? 1
            case "members": found = try scanner.memberList()
            default: try scanner.skip()
            }
        }
        guard let home else { return nil }
        return .membersListed(guild: home, found, ListPart(index, of: count))
    }

    mutating func voiceState(in guild: ID<Guild>?) throws(Malformed) -> VoiceState? {
        var home = guild
        var who: ID<Member>?
        var channel: ID<Channel>?
        var (isMuted, isDeaf, isBot) = (false, false, false)
        try members { (scanner: inout JSONScanner, key: JSONText) throws(Malformed) in
            switch key {
            case "guild_id": home = try scanner.anID() ?? guild
            case "user_id": who = try scanner.anID()
            case "channel_id": channel = try scanner.anID()
            case "mute", "self_mute", "suppress": if try scanner.aFlag() { isMuted = true }
            case "deaf", "self_deaf": if try scanner.aFlag() { isDeaf = true }
            case "member": isBot = try scanner.isBot()
            default: try scanner.skip()
            }
        }
        guard let home, let who else { return nil }
        return VoiceState(guild: home, member: who, channel: channel, isMuted: isMuted, isDeaf: isDeaf, isBot: isBot)
    }

    /// Whether a member object is about a bot.
    mutating func isBot() throws(Malformed) -> Bool {
        var isBot = false
        try members { (scanner: inout JSONScanner, key: JSONText) throws(Malformed) in
            if "user" ~= key { isBot = try scanner.user().isBot } else { try scanner.skip() }
        }
        return isBot
    }
}
