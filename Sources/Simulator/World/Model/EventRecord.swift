package import Shared

/// An event in a guild's calendar.
package struct EventRecord: Sendable {
    package enum Status: Int64, Sendable { case scheduled = 1, active = 2, completed = 3, cancelled = 4 }

    package let id: ID<ScheduledEvent>
    package let creator: ID<Member>
    package var name = ""
    package var text: String?
    package var start: Instant
    package var end: Instant?
    package var status = Status.scheduled
    /// 1 on a stage, 2 in a voice channel, 3 elsewhere.
    package var kind: Int64 = 3
    package var channel: ID<Channel>?
    package var location: String?
    package var rule: JSON?

    func json(_ guild: ID<Guild>) -> JSON {
        .fields([
            "id": .id(id), "guild_id": .id(guild), "channel_id": channel.map { .id($0) } ?? .null, "creator_id": .id(creator),
            "name": .string(name), "description": text.map(JSON.string) ?? .null,
            "scheduled_start_time": .string(start.discord), "scheduled_end_time": end.map { .string($0.discord) } ?? .null,
            "privacy_level": 2, "status": .int(status.rawValue), "entity_type": .int(kind), "entity_id": .null,
            "entity_metadata": location.map { ["location": .string($0)] } ?? .null, "recurrence_rule": rule ?? .null,
            "image": .null, "user_count": 0,
        ])
    }
}

/// An invitation to a channel.
package struct InviteRecord: Sendable {
    package let code: String
    package let channel: ID<Channel>
    package let guild: ID<Guild>
    package let inviter: ID<Member>
    package let created: Instant
    package let lastsSeconds: Int64
    package let most: Int64
    package let isTemporary: Bool
    package var uses: Int64 = 0

    func isOver(at now: Instant) -> Bool { lastsSeconds > 0 && created + .seconds(lastsSeconds) <= now }
}
