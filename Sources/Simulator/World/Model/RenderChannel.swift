import Shared

extension World {
    /// A channel as REST and the gateway write it.
    func json(_ channel: ChannelRecord, inGuild: Bool = true) -> JSON {
        if channel.kind == .direct { return directJSON(channel) }
        let fields: KeyValuePairs<String, JSON?> = [
            "id": .id(channel.id), "type": .int(channel.kind.rawValue),
            "guild_id": inGuild ? channel.guild.map { .id($0) } : JSON?.none, "name": .string(channel.name),
            "parent_id": channel.parent.map { .id($0) } ?? .null, "rate_limit_per_user": .int(Int64(channel.slowMode)),
            "last_message_id": channel.kind == .category ? JSON?.none : channel.lastMessage.map { .id($0) } ?? .null,
            "flags": 0,
        ]
        guard case .object(var object) = JSON.fields(fields) else { return .null }
        if let thread = channel.thread {
            object["owner_id"] = .id(thread.owner)
            object["thread_metadata"] = thread.metadata
            object["message_count"] = .int(Int64(thread.messages))
            object["member_count"] = .int(Int64(min(50, thread.members.count)))
            object["total_message_sent"] = .int(Int64(thread.messages))
        } else {
            object["position"] = .int(Int64(channel.position))
            object["permission_overwrites"] = .array(channel.overwrites.map(\.json))
            object["nsfw"] = .bool(channel.isAdult)
            object["topic"] = channel.topic.map(JSON.string) ?? .null
            if channel.kind.isVoice {
                object["bitrate"] = 64000
                object["user_limit"] = 0
                object["rtc_region"] = .null
            }
        }
        return .object(object)
    }

    private func directJSON(_ channel: ChannelRecord) -> JSON {
        [
            "id": .id(channel.id), "type": 1, "last_message_id": channel.lastMessage.map { .id($0) } ?? .null, "flags": 0,
            "recipients": .array(channel.recipient.flatMap { users[$0] }.map { [$0.json] } ?? []),
        ]
    }

    func threadMemberJSON(_ thread: ChannelRecord, _ user: ID<Member>) -> JSON? {
        guard let joined = thread.thread?.members[user] else { return nil }
        return [
            "id": .id(thread.id), "user_id": .id(user), "join_timestamp": .string(joined.discord), "flags": 0,
        ]
    }
}
