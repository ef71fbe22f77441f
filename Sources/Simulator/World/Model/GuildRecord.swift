package import Shared

/// A guild with everything that belongs to it but its channels.
package struct GuildRecord: Sendable {
    package let id: ID<Guild>
    package var name: String
    package var owner: ID<Member>
    package var roles: [ID<Role>: RoleRecord]
    package var channels: [ID<Channel>] = []
    package var members: [ID<Member>: MemberRecord] = [:]
    package var voices: [ID<Member>: VoiceRecord] = [:]
    package var bans: [ID<Member>: String?] = [:]
    package var audit: [AuditRecord] = []
    package var events: [ID<ScheduledEvent>: EventRecord] = [:]
    package var isAvailable = true
    package var hasBot = false
    package var quietChannel: ID<Channel>?

    /// From the top of the list down; of two on one position the older outranks.
    var ranked: [RoleRecord] { roles.values.sorted { ($0.position, $1.id) > ($1.position, $0.id) } }

    var header: JSON {
        .fields([
            "id": .id(id), "name": .string(name), "icon": .null, "splash": .null, "discovery_splash": .null,
            "owner_id": .id(owner), "region": "deprecated", "afk_channel_id": quietChannel.map { .id($0) } ?? .null,
            "afk_timeout": 300, "verification_level": 0, "default_message_notifications": 1, "explicit_content_filter": 0,
            "roles": .array(ranked.reversed().map(\.json)), "emojis": [], "features": [], "mfa_level": 0,
            "application_id": .null, "system_channel_id": .null, "system_channel_flags": 0, "rules_channel_id": .null,
            "vanity_url_code": .null, "description": .null, "banner": .null, "premium_tier": 0,
            "premium_subscription_count": 0, "preferred_locale": "en-US", "public_updates_channel_id": .null,
            "nsfw_level": 0, "stickers": [], "premium_progress_bar_enabled": false, "safety_alerts_channel_id": .null,
        ])
    }
}

/// What a role grants and where it stands.
package struct RoleRecord: Sendable {
    package let id: ID<Role>
    package var name: String
    package var permissions: Permissions
    package var position: Int
    package var color = 0
    package var isHoisted = false
    package var isMentionable = false
    package var isManaged = false

    var json: JSON {
        .fields([
            "id": .id(id), "name": .string(name), "description": .null, "color": .int(Int64(color)),
            "colors": ["primary_color": .int(Int64(color)), "secondary_color": .null, "tertiary_color": .null],
            "hoist": .bool(isHoisted), "icon": .null, "unicode_emoji": .null, "position": .int(Int64(position)),
            "permissions": .string(String(permissions.rawValue)), "managed": .bool(isManaged),
            "mentionable": .bool(isMentionable), "flags": 0,
        ])
    }
}

/// A line of the audit log.
package struct AuditRecord: Sendable {
    package let id: ID<Guild>
    package let action: Int
    package let user: ID<Member>
    package let target: Int64?
    package let reason: String?
    package let changes: [JSON]

    var json: JSON {
        .fields([
            "id": .id(id), "action_type": .int(Int64(action)), "user_id": .id(user),
            "target_id": target.map { .string(String($0)) } ?? .null, "reason": reason.map(JSON.string),
            "changes": .array(changes),
        ])
    }
}
