internal import Kit
internal import Shared

/// A member or a channel that is left out, and until when.
struct SilentSpan {
    enum Target: Equatable {
        case member(ID<Member>)
        case channel(ID<Channel>)

        var number: Int64 {
            switch self {
            case .member(let id): id.number
            case .channel(let id): id.number
            }
        }

        var kind: String { if case .member = self { "member" } else { "channel" } }

        init?(_ kind: String, _ number: Int64) {
            let found = kind == "member" ? ID<Member>(number).map(Target.member) : ID<Channel>(number).map(Target.channel)
            guard let found else { return nil }
            self = found
        }
    }

    var id: Int64
    var target: Target
    var began: Instant
    var ends: Instant?
    var reason: String

    /// Those that hold at a time, of a guild or of one target.
    static func standing(in guild: ID<Guild>, at: Instant, of target: Target? = nil, _ store: any Connection) throws
        -> [SilentSpan]
    {
        let which: SQL = target.map { "AND target = \($0.number)" } ?? ""
        return try store.all(
            """
            SELECT id, kind, target, began, ends, reason FROM silence_spans
            WHERE guild = \(guild) AND began <= \(at) AND (ends IS NULL OR ends > \(at)) \(which) ORDER BY began, id
            """
        ) { row in
            Target(row.text(1), row.int(2)).map {
                SilentSpan(
                    id: row.int(0), target: $0, began: row.instant(3),
                    ends: row.optionalInt(4).map(Instant.init(milliseconds:)), reason: row.text(5))
            }
        }.compactMap(\.self)
    }
}

extension Silence {
    /// Nobody who is silenced is counted or mentioned; they are still told privately what concerns them.
    static let courtesy = CourtesyReading(spans: { turn, wish, only in
        guard wish != .messages else { return [] }
        let guild = try turn.requireGuild()
        let which: SQL = only.map { "AND target = \($0)" } ?? ""
        return try turn.store.all("SELECT target, began, ends FROM silence_spans WHERE guild = \(guild) \(which)") {
            Peace(
                target: $0.int(0), from: $0.instant(1), until: $0.optionalInt(2).map(Instant.init(milliseconds:)))
        }
    })

    static let exportPersonal: @Sendable (Turn, ID<Member>) throws -> JSON = { turn, member in
        let place: SQL = turn.guild.map { "AND guild = \($0)" } ?? ""
        return .array(
            try turn.store.all(
                "SELECT guild, began, ends, reason FROM silence_spans WHERE kind = 'member' AND target = \(member) \(place) ORDER BY id"
            ) { row in
                .fields([
                    "guild": .string(row.text(0)), "began_ms": .int(row.int(1)),
                    "ends_ms": row.optionalInt(2).map { .int($0) }, "reason": .string(row.text(3)),
                ])
            })
    }

    /// What staff have decided holds until it ends; what is over goes.
    static let erasePersonal: @Sendable (Turn, ID<Member>) throws -> Int = { turn, member in
        let place: SQL = turn.guild.map { "AND guild = \($0)" } ?? ""
        return try turn.store.run(
            "DELETE FROM silence_spans WHERE kind = 'member' AND target = \(member) AND ends <= \(turn.now + turn.late) \(place)"
        )
    }
}
