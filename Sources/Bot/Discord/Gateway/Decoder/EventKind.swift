import Shared

/// The dispatches that we know. Those that nobody listens for are stepped over without being read.
package enum EventKind: UInt8, CaseIterable, Sendable {
    case ready, resumed
    case messageCreate, messageUpdate, messageDelete, messageDeleteBulk
    case reactionAdd, reactionRemove, reactionRemoveAll, reactionRemoveEmoji
    case voiceState
    case guildCreate, guildUpdate, guildDelete
    case channelCreate, channelUpdate, channelDelete
    case threadCreate, threadUpdate, threadDelete, threadListSync
    case roleCreate, roleUpdate, roleDelete
    case memberAdd, memberUpdate, memberRemove, membersChunk
    case interaction

    /// The busiest names come first.
    private static let names: [(StaticString, EventKind)] = [
        ("MESSAGE_CREATE", .messageCreate), ("MESSAGE_REACTION_ADD", .reactionAdd), ("VOICE_STATE_UPDATE", .voiceState),
        ("MESSAGE_UPDATE", .messageUpdate), ("MESSAGE_DELETE", .messageDelete),
        ("MESSAGE_REACTION_REMOVE", .reactionRemove), ("INTERACTION_CREATE", .interaction),
        ("GUILD_MEMBER_UPDATE", .memberUpdate), ("GUILD_MEMBER_ADD", .memberAdd), ("GUILD_MEMBER_REMOVE", .memberRemove),
        ("GUILD_MEMBERS_CHUNK", .membersChunk), ("MESSAGE_DELETE_BULK", .messageDeleteBulk),
        ("MESSAGE_REACTION_REMOVE_ALL", .reactionRemoveAll), ("MESSAGE_REACTION_REMOVE_EMOJI", .reactionRemoveEmoji),
        ("CHANNEL_CREATE", .channelCreate), ("CHANNEL_UPDATE", .channelUpdate), ("CHANNEL_DELETE", .channelDelete),
        ("THREAD_CREATE", .threadCreate), ("THREAD_UPDATE", .threadUpdate), ("THREAD_DELETE", .threadDelete),
        ("THREAD_LIST_SYNC", .threadListSync), ("GUILD_CREATE", .guildCreate), ("GUILD_UPDATE", .guildUpdate),
        ("GUILD_DELETE", .guildDelete), ("GUILD_ROLE_CREATE", .roleCreate), ("GUILD_ROLE_UPDATE", .roleUpdate),
        ("GUILD_ROLE_DELETE", .roleDelete), ("READY", .ready), ("RESUMED", .resumed),
    ]

    init?(_ name: JSONText) {
        for (known, kind) in Self.names where known ~= name {
            self = kind
            return
        }
        return nil
    }
}

/// What somebody listens for.
package struct EventKinds: OptionSet, Hashable, Sendable {
    package let rawValue: UInt64
    package init(rawValue: UInt64) { self.rawValue = rawValue }
    package init(_ kinds: EventKind...) { rawValue = kinds.reduce(0) { $0 | 1 << UInt64($1.rawValue) } }

    package func includes(_ kind: EventKind) -> Bool { rawValue & 1 << UInt64(kind.rawValue) != 0 }

    package static let all = EventKinds(rawValue: .max)
    /// Without these the projection would go stale.
    package static let house = EventKinds(
        .guildCreate, .guildUpdate, .guildDelete, .channelCreate, .channelUpdate, .channelDelete, .threadCreate, .threadUpdate,
        .threadDelete, .threadListSync, .roleCreate, .roleUpdate, .roleDelete, .memberAdd, .memberUpdate, .memberRemove,
        .membersChunk,
        .interaction, .messageCreate)
}
