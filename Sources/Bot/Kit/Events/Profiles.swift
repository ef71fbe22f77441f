package import Shared

package struct GuildProfile: Hashable, Sendable {
    package var id: ID<Guild>
    package var name: String
    package var owner: ID<Member>
    /// Discord's preferred locale of the server, such as "en-GB".
    package var locale: String
    package var afkChannel: ID<Channel>?

    package init(id: ID<Guild>, name: String, owner: ID<Member>, locale: String, afkChannel: ID<Channel>?) {
        self.id = id
        self.name = name
        self.owner = owner
        self.locale = locale
        self.afkChannel = afkChannel
    }
}

/// A guild as Discord shows it when it becomes available.
package struct GuildSeen: Sendable {
    package var profile: GuildProfile
    package var joined: Instant?
    package var memberCount: Int
    package var channels: [ChannelProfile]
    package var roles: [RoleProfile]
    package var members: MemberList
    package var voice: [VoiceState]

    package init(
        profile: GuildProfile, joined: Instant?, memberCount: Int, channels: [ChannelProfile], roles: [RoleProfile],
        members: MemberList, voice: [VoiceState]
    ) {
        self.profile = profile
        self.joined = joined
        self.memberCount = memberCount
        self.channels = channels
        self.roles = roles
        self.members = members
        self.voice = voice
    }
}

package struct ChannelProfile: Hashable, Sendable {
    package var id: ID<Channel>
    package var guild: ID<Guild>
    package var name: String
    /// Discord's channel type: 0 text, 2 voice, 4 category, 5 announcement, 10–12 threads, 13 stage, 15 forum.
    package var type: Int
    package var parent: ID<Channel>?
    package var position: Int
    package var overwrites: [Overwrite]
    /// The newest message when Discord told us of the channel, where it said so; it may have been deleted since.
    package var lastMessage: ID<Message>?

    package init(
        id: ID<Channel>, guild: ID<Guild>, name: String, type: Int, parent: ID<Channel>?, position: Int,
        overwrites: [Overwrite], lastMessage: ID<Message>? = nil
    ) {
        self.id = id
        self.guild = guild
        self.name = name
        self.type = type
        self.parent = parent
        self.position = position
        self.overwrites = overwrites
        self.lastMessage = lastMessage
    }

    package var isThread: Bool { (10...12).contains(type) }
    /// Text, announcements, threads, and the chat beside a voice channel or stage.
    package var holdsMessages: Bool { [0, 2, 5, 10, 11, 12, 13].contains(type) }
    package var isVoice: Bool { type == 2 || type == 13 }
}

/// What a channel allows and denies one role or member beyond their own permissions.
package struct Overwrite: Hashable, Sendable, Codable {
    package var target: Int64
    package var isMember: Bool
    package var allow: Permissions
    package var deny: Permissions

    package init(target: Int64, isMember: Bool, allow: Permissions, deny: Permissions) {
        self.target = target
        self.isMember = isMember
        self.allow = allow
        self.deny = deny
    }
}

package struct RoleProfile: Hashable, Sendable {
    package var id: ID<Role>
    package var guild: ID<Guild>
    package var name: String
    package var position: Int
    package var permissions: Permissions
    package var isManaged: Bool

    package init(id: ID<Role>, guild: ID<Guild>, name: String, position: Int, permissions: Permissions, isManaged: Bool) {
        self.id = id
        self.guild = guild
        self.name = name
        self.position = position
        self.permissions = permissions
        self.isManaged = isManaged
    }
}

package struct MemberProfile: Hashable, Sendable {
    package var id: ID<Member>
    package var guild: ID<Guild>
    package var username: String
    package var globalName: String?
    package var nick: String?
    package var roles: [ID<Role>]
    package var isBot: Bool
    package var joined: Instant?
    /// Has not passed the server's screening yet.
    package var isPending: Bool

    package init(
        id: ID<Member>, guild: ID<Guild>, username: String, globalName: String?, nick: String?, roles: [ID<Role>], isBot: Bool,
        joined: Instant?, isPending: Bool = false
    ) {
        self.id = id
        self.guild = guild
        self.username = username
        self.globalName = globalName
        self.nick = nick
        self.roles = roles
        self.isBot = isBot
        self.joined = joined
        self.isPending = isPending
    }

    /// The name that others see.
    package var name: String { nick ?? globalName ?? username }
}

package struct VoiceState: Hashable, Sendable {
    package var guild: ID<Guild>
    package var member: ID<Member>
    /// Nil: has left voice.
    package var channel: ID<Channel>?
    package var isMuted: Bool
    package var isDeaf: Bool
    package var isBot: Bool

    package init(guild: ID<Guild>, member: ID<Member>, channel: ID<Channel>?, isMuted: Bool, isDeaf: Bool, isBot: Bool) {
        self.guild = guild
        self.member = member
        self.channel = channel
        self.isMuted = isMuted
        self.isDeaf = isDeaf
        self.isBot = isBot
    }
}

package struct ReactionSeen: Hashable, Sendable {
    package var guild: ID<Guild>?
    package var channel: ID<Channel>
    package var message: ID<Message>
    package var giver: ID<Member>
    /// Who wrote the message, where Discord says so.
    package var author: ID<Member>?
    /// A Unicode emoji, or `name:id`.
    package var emoji: String
    package var giverIsBot: Bool

    package init(
        guild: ID<Guild>?, channel: ID<Channel>, message: ID<Message>, giver: ID<Member>, author: ID<Member>?, emoji: String,
        giverIsBot: Bool
    ) {
        self.guild = guild
        self.channel = channel
        self.message = message
        self.giver = giver
        self.author = author
        self.emoji = emoji
        self.giverIsBot = giverIsBot
    }
}
