import Kit
package import Shared

/// What a client says on the gateway.
package enum Outgoing: Hashable, Sendable {
    case identify
    case resume(session: String, sequence: Int64)
    /// The last frame that is on disk.
    case heartbeat(Int64?)
    case requestMembers(ID<Guild>)
}

/// What IDENTIFY says of us besides the secret.
package struct Identity: Sendable {
    package var token: Secret
    package var intents: Int
    package var shard: Int
    package var shards: Int
    package var presence: String?

    package init(token: Secret, intents: Int, shard: Int, shards: Int, presence: String? = nil) {
        self.token = token
        self.intents = intents
        self.shard = shard
        self.shards = shards
        self.presence = presence
    }
}

extension Outgoing {
    package func payload(_ identity: Identity) -> JSON {
        switch self {
        case .identify: ["op": 2, "d": identity.json]
        case .resume(let session, let sequence):
            [
                "op": 6,
                "d": ["token": .string(BotToken.bare(identity.token)), "session_id": .string(session), "seq": .int(sequence)],
            ]
        case .heartbeat(let sequence): ["op": 1, "d": sequence.map(JSON.int) ?? .null]
        case .requestMembers(let guild): ["op": 8, "d": ["guild_id": .id(guild), "query": "", "limit": 0]]
        }
    }
}

extension Identity {
    fileprivate var json: JSON {
        .fields([
            "token": .string(BotToken.bare(token)),
            "properties": ["os": "linux", "browser": "hearth", "device": "hearth"],
            "intents": .int(Int64(intents)),
            "shard": [.int(Int64(shard)), .int(Int64(shards))],
            "presence": presence.map { words in
                [
                    "since": nil, "status": "online", "afk": false,
                    "activities": [["name": "Custom Status", "type": 4, "state": .string(words)]],
                ]
            },
        ])
    }
}
