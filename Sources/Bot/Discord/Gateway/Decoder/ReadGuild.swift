import Kit
import Shared

extension JSONScanner {
    mutating func ready() throws(Malformed) -> Ready {
        var ready = Ready()
        try members { (scanner: inout JSONScanner, name: JSONText) throws(Malformed) in
            switch name {
            case "session_id": ready.session = try scanner.aText() ?? ""
            case "resume_gateway_url": ready.resumeURL = try scanner.aText() ?? ""
            case "user":
                let user = try scanner.user()
                (ready.bot, ready.botName) = (user.id, user.username?.string ?? "")
            case "application":
                try scanner.members { (scanner: inout JSONScanner, name: JSONText) throws(Malformed) in
                    switch name {
                    case "id": ready.application = try scanner.anID()
                    case "flags": ready.applicationFlags = try scanner.anInt() ?? 0
                    default: try scanner.skip()
                    }
                }
            case "guilds":
                ready.guilds = try scanner.list { (scanner: inout JSONScanner) throws(Malformed) in try scanner.stub().id }
            default: try scanner.skip()
            }
        }
        return ready
    }

    private mutating func stub() throws(Malformed) -> (id: ID<Guild>?, isUnavailable: Bool) {
        var (id, isUnavailable): (ID<Guild>?, Bool) = (nil, false)
        try members { (scanner: inout JSONScanner, name: JSONText) throws(Malformed) in
            switch name {
            case "id": id = try scanner.anID()
            case "unavailable": isUnavailable = try scanner.aFlag()
            default: try scanner.skip()
            }
        }
        return (id, isUnavailable)
    }

    /// Only an outage says `unavailable: true`; otherwise the bot was removed.
    mutating func guildDeleted() throws(Malformed) -> Event? {
        let (id, isUnavailable) = try stub()
        return id.map { isUnavailable ? .guildUnavailable($0) : .guildLeft($0) }
    }

    mutating func guildCreated() throws(Malformed) -> Event? {
        guard let draft = try guild() else { return nil }
        return draft.isUnavailable ? .guildUnavailable(draft.profile.id) : .guildSeen(draft.seen)
    }

    /// A guild with all that it lists. Its id may come after its channels, so they get it at the end.
    mutating func guild() throws(Malformed) -> GuildDraft? {
        var draft = GuildDraft()
        try members { (scanner: inout JSONScanner, name: JSONText) throws(Malformed) in try draft.read(name, &scanner) }
        return draft.isWhole ? draft : nil
    }
}

/// A guild while it is being read.
struct GuildDraft {
    private static let unknown = ID<Guild>(firstAt: Instant(milliseconds: 0))

    private(set) var profile = GuildProfile(
        id: unknown, name: "", owner: unknown.relabelled(as: Member.self), locale: "en-US", afkChannel: nil)
    private(set) var isUnavailable = false
    private var joined: Instant?
    private var memberCount = 0
    private var channels: [ChannelProfile] = []
    private var roles: [RoleProfile] = []
    private var members = MemberList()
    private var voice: [VoiceState] = []

    private(set) var isWhole = false

    mutating func read(_ name: JSONText, _ scanner: inout JSONScanner) throws(JSONScanner.Malformed) {
        let guild = Self.unknown
        switch name {
        case "id":
            let id: ID<Guild>? = try scanner.anID()
            profile.id = id ?? guild
            isWhole = id != nil
        case "name": profile.name = try scanner.aText() ?? ""
        case "owner_id": profile.owner = try scanner.anID() ?? profile.owner
        case "preferred_locale": profile.locale = try scanner.aText() ?? profile.locale
        case "afk_channel_id": profile.afkChannel = try scanner.anID()
        case "unavailable": isUnavailable = try scanner.aFlag()
        case "joined_at": joined = try scanner.anInstant()
        case "member_count": memberCount = try scanner.anInt() ?? 0
        case "channels", "threads":
            channels += try scanner.list { (scanner: inout JSONScanner) throws(JSONScanner.Malformed) in
                try scanner.channel(in: guild)
            }
        case "roles":
            roles = try scanner.list { (scanner: inout JSONScanner) throws(JSONScanner.Malformed) in try scanner.role(in: guild)
            }
        case "members": members = try scanner.memberList()
        case "voice_states":
            voice = try scanner.list { (scanner: inout JSONScanner) throws(JSONScanner.Malformed) in
                try scanner.voiceState(in: guild)
            }
        default: try scanner.skip()
        }
    }

    var seen: GuildSeen {
        var seen = GuildSeen(
            profile: profile, joined: joined, memberCount: memberCount, channels: channels, roles: roles, members: members,
            voice: voice)
        for index in channels.indices { seen.channels[index].guild = profile.id }
        for index in roles.indices { seen.roles[index].guild = profile.id }
        for index in voice.indices { seen.voice[index].guild = profile.id }
        return seen
    }
}
