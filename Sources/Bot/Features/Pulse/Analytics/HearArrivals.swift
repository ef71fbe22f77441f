internal import Kit
internal import Shared

extension Analytics {
    /// Who comes and who goes, by the hour, in the transaction of the event.
    static let hearArrivals = Listener.event("analytics.arrivals", .members) { turn, event in
        switch event {
        case .memberSeen(let member, joined: true) where !member.isBot:
            let joined = member.joined ?? turn.now
            let isNew = try turn.store.run(
                """
                INSERT INTO analytics_arrivals (guild, member, joined) VALUES (\(member.guild), \(member.id), \(joined))
                ON CONFLICT DO NOTHING
                """)
            if isNew > 0 { try move(member.guild, at: joined, joins: 1, leaves: 0, turn) }
        case .memberLeft(let member, let guild):
            if turn.house.directory.member(member, in: guild)?.isBot == true { return }
            try turn.store.run(
                """
                UPDATE analytics_arrivals SET gone = \(turn.now) WHERE guild = \(guild) AND member = \(member) AND gone IS NULL
                """)
            try move(guild, at: turn.now, joins: 0, leaves: 1, turn)
        default: break
        }
    }

    private static func move(_ guild: ID<Guild>, at moment: Instant, joins: Int, leaves: Int, _ turn: Turn) throws {
        try turn.store.run(
            """
            INSERT INTO analytics_moves (guild, hour, joins, leaves)
            VALUES (\(guild), \(moment.milliseconds / 3_600_000), \(joins), \(leaves))
            ON CONFLICT (guild, hour) DO UPDATE SET joins = analytics_moves.joins + excluded.joins,
                leaves = analytics_moves.leaves + excluded.leaves
            """)
    }

    /// A day that is folded and has changed since is folded again.
    static let hearPoints = Listener.news("analytics.points", PointsChanged.self) { turn, story in
        guard let through = turn.hot(FoldMarks.self).through(story.guild), story.day <= through else { return }
        try turn.store.run(
            "INSERT INTO analytics_dirty (guild, day) VALUES (\(story.guild), \(story.day)) ON CONFLICT DO NOTHING")
    }
}

/// Up to which day each server is folded: asked for at each message, so it is at hand.
final class FoldMarks: Hot {
    private var days: [Int64: Day] = [:]
    private var isOpen = false

    init() {}

    func open(_ turn: Turn) throws {
        guard !isOpen else { return }
        isOpen = true
        try turn.store.each("SELECT guild, through FROM analytics_folds") { row in
            days[row.int(0)] = Day(number: Int32(truncatingIfNeeded: row.int(1)))
        }
    }

    func through(_ guild: ID<Guild>) -> Day? { days[guild.number] }
    func note(_ guild: ID<Guild>, through day: Day) { days[guild.number] = day }
    func write(to store: any Connection) {}

    func forget() {
        days = [:]
        isOpen = false
    }
}
