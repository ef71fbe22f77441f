import Kit
import Shared

/// What Discord tells of a person anywhere.
struct UserSeen {
    var id: ID<Member>?
    var username = ""
    var globalName: String?
    var isBot = false
}

extension JSONScanner {
    mutating func user() throws(Malformed) -> UserSeen {
        var user = UserSeen()
        try members { (scanner: inout JSONScanner, key: JSONText) throws(Malformed) in
            switch key {
            case "id": user.id = try scanner.anID()
            case "username": user.username = try scanner.aText() ?? ""
            case "global_name": user.globalName = try scanner.aText()
            case "bot": user.isBot = try scanner.aFlag()
            default: try scanner.skip()
            }
        }
        return user
    }

    /// A member; where the object itself does not name its guild, that is handed in.
    mutating func member(in guild: ID<Guild>?) throws(Malformed) -> MemberProfile? {
        var home = guild
        var user = UserSeen()
        var nick: String?
        var roles: [ID<Role>] = []
        var joined: Instant?
        var isPending = false
        try members { (scanner: inout JSONScanner, key: JSONText) throws(Malformed) in
            switch key {
            case "guild_id": home = try scanner.anID() ?? guild
            case "user": user = try scanner.user()
            case "nick": nick = try scanner.aText()
            case "roles": roles = try scanner.list { (scanner: inout JSONScanner) throws(Malformed) in try scanner.anID() }
            case "joined_at": joined = try scanner.anInstant()
            case "pending": isPending = try scanner.aFlag()
            default: try scanner.skip()
            }
        }
        guard let home, let id = user.id else { return nil }
        return MemberProfile(
            id: id, guild: home, username: user.username, globalName: user.globalName, nick: nick, roles: roles,
            isBot: user.isBot, joined: joined, isPending: isPending)
    }

    mutating func memberSeen(joined: Bool) throws(Malformed) -> Event? {
        try member(in: nil).map { .memberSeen($0, joined: joined) }
    }

    mutating func memberLeft() throws(Malformed) -> Event? { try member(in: nil).map { .memberLeft($0.id, guild: $0.guild) } }

    mutating func membersListed() throws(Malformed) -> Event? {
        var home: ID<Guild>?
        var (index, count) = (0, 1)
        var found: [MemberProfile] = []
        let unknown = ID<Guild>(firstAt: Instant(milliseconds: 0))
        try members { (scanner: inout JSONScanner, key: JSONText) throws(Malformed) in
            switch key {
            case "guild_id": home = try scanner.anID()
            case "chunk_index": index = try scanner.anInt() ?? 0
            case "chunk_count": count = try scanner.anInt() ?? 1
            case "members":
                found = try scanner.list { (scanner: inout JSONScanner) throws(Malformed) in try scanner.member(in: unknown) }
            default: try scanner.skip()
            }
        }
        guard let home else { return nil }
        for at in found.indices { found[at].guild = home }
        return .membersListed(guild: home, found, isLast: index + 1 >= count)
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
