package import Shared

/// Somebody with an account: a person, another bot, or our bot.
package struct UserRecord: Sendable {
    package let id: ID<Member>
    package var name: String
    package var displayName: String?
    package var isBot = false
    package var acceptsMessages = true

    var json: JSON {
        .fields([
            "id": .id(id), "username": .string(name), "discriminator": isBot ? "0000" : "0",
            "global_name": displayName.map(JSON.string) ?? .null, "avatar": .null, "public_flags": 0,
            "avatar_decoration_data": .null, "collectibles": .null, "primary_guild": .null, "display_name_styles": .null,
            "bot": isBot ? true : JSON?.none,
        ])
    }
}

/// A user's place in one guild.
package struct MemberRecord: Sendable {
    package let id: ID<Member>
    package var nick: String?
    package var roles: [ID<Role>] = []
    package let joined: Instant
    package var isPending = false
    package var isDeafened = false
    package var isMuted = false
    package var timedOutUntil: Instant?

    func isTimedOut(at now: Instant) -> Bool { timedOutUntil.map { $0 > now } ?? false }

    /// With the user for member events, without it inside messages.
    func json(user: JSON?) -> JSON {
        .fields([
            "user": user, "nick": nick.map(JSON.string) ?? .null, "avatar": .null, "banner": .null,
            "roles": .array(roles.map { .id($0) }), "joined_at": .string(joined.discord), "premium_since": .null,
            "deaf": .bool(isDeafened), "mute": .bool(isMuted), "flags": 0, "pending": .bool(isPending),
            "communication_disabled_until": timedOutUntil.map { .string($0.discord) } ?? .null,
        ])
    }
}

/// A voice connection as others see it.
package struct VoiceRecord: Sendable {
    package let user: ID<Member>
    package var channel: ID<Channel>
    package var session: String
    package var isSelfMuted = false
    package var isSelfDeafened = false

    func json(guild: ID<Guild>?, member: JSON?, left: Bool = false, deaf: Bool = false, mute: Bool = false) -> JSON {
        .fields([
            "guild_id": guild.map { .id($0) }, "channel_id": left ? .null : .id(channel), "user_id": .id(user),
            "member": member, "session_id": .string(session), "deaf": .bool(deaf), "mute": .bool(mute),
            "self_deaf": .bool(isSelfDeafened), "self_mute": .bool(isSelfMuted), "self_video": false, "suppress": false,
            "request_to_speak_timestamp": .null,
        ])
    }
}

extension Instant {
    /// As Discord writes moments: microseconds and an explicit offset.
    package var discord: String {
        let wall = WallTime(local: milliseconds)
        return "\(wall.day)T\(padded(wall.hour, 2)):\(padded(wall.minute, 2)):\(padded(wall.second, 2))."
            + padded(wall.millisecond % 1000, 3) + "000+00:00"
    }
}
