package import Kit
package import Shared

/// A made-up server: its ids and what happens in it, as the gateway would tell it.
package enum Town {
    package static let guild = name(100, Guild.self)
    package static let owner = member(1)

    package static func member(_ number: Int64) -> ID<Member> { name(1000 + number) }
    package static func channel(_ number: Int64) -> ID<Channel> { name(200 + number) }
    package static func role(_ number: Int64) -> ID<Role> { name(300 + number) }

    /// An id made at a moment; `extra` tells those of one millisecond apart.
    package static func id<Kind>(at moment: Instant, _ extra: Int64 = 0, _: Kind.Type = Kind.self) -> ID<Kind> {
        name(ID<Kind>(firstAt: moment).number + extra)
    }

    package static func seen(
        channels: [ChannelProfile] = (1...3).map { place(Int64($0)) }, roles: [RoleProfile] = [everyone()],
        members: [MemberProfile] = [], voice: [VoiceState] = [], afk: ID<Channel>? = nil
    ) -> Event {
        .guildSeen(
            GuildSeen(
                profile: GuildProfile(id: guild, name: "Town", owner: owner, locale: "en-GB", afkChannel: afk), joined: nil,
                memberCount: members.count, channels: channels, roles: roles, members: MemberList(members), voice: voice))
    }

    package static func place(
        _ number: Int64, type: Int = 0, parent: ID<Channel>? = nil, _ overwrites: [Overwrite] = []
    ) -> ChannelProfile {
        ChannelProfile(
            id: channel(number), guild: guild, name: "room-\(number)", type: type, parent: parent, position: Int(number),
            overwrites: overwrites)
    }

    package static func everyone(_ permissions: Permissions = [.viewChannel, .sendMessages]) -> RoleProfile {
        RoleProfile(
            id: guild.everyone, guild: guild, name: "@everyone", position: 0, permissions: permissions, isManaged: false)
    }

    package static func role(_ number: Int64, _ permissions: Permissions) -> RoleProfile {
        RoleProfile(
            id: role(number), guild: guild, name: "role-\(number)", position: Int(number), permissions: permissions,
            isManaged: false)
    }

    package static func profile(_ number: Int64, named username: String, nick: String? = nil, roles: [ID<Role>] = [])
        -> MemberProfile
    {
        MemberProfile(
            id: member(number), guild: guild, username: username, globalName: nil, nick: nick, roles: roles, isBot: false,
            joined: nil)
    }

    package static func reaction(
        _ giver: Int64, on message: ID<Message>, of author: Int64?, _ emoji: String = "👍", in place: Int64 = 1,
        isBot: Bool = false
    ) -> ReactionSeen {
        ReactionSeen(
            guild: guild, channel: channel(place), message: message, giver: member(giver), author: author.map(member),
            emoji: emoji, giverIsBot: isBot)
    }

    package static func voice(_ number: Int64, in place: Int64?, muted: Bool = false, isBot: Bool = false) -> VoiceState {
        VoiceState(
            guild: guild, member: member(number), channel: place.map(channel), isMuted: muted, isDeaf: false, isBot: isBot)
    }
}
