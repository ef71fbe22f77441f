internal import Kit
internal import Shared

extension Privacy {
    /// PRV-01: what everybody who writes to members or mentions them asks first.
    static let courtesy = CourtesyReading(declines: declines, decliners: decliners, mayWrite: mayWrite)

    private static let declines: @Sendable (Turn, ID<Member>, Wish) throws -> Bool = { turn, member, wish in
        let guild = try turn.requireGuild()
        return try turn.store.first(
            "SELECT 1 FROM privacy_wishes WHERE guild = \(guild) AND wish = \(wish.rawValue) AND member = \(member)"
        ) { $0.int(0) } != nil
    }

    private static let decliners: @Sendable (Turn, Wish) throws -> Set<Int64> = { turn, wish in
        let guild = try turn.requireGuild()
        return Set(
            try turn.store.all("SELECT member FROM privacy_wishes WHERE guild = \(guild) AND wish = \(wish.rawValue)") {
                $0.int(0)
            })
    }

    private static let mayWrite: @Sendable (Turn, ID<Member>) throws -> String? = { turn, member in
        if try declines(turn, member, .messages) { return "wants no private messages" }
        let wall = turn.zone.wallTime(at: turn.now + turn.late)
        if QuietHours(turn[quiet])?.contain(wall) == true { return "is left in peace in the quiet hours" }
        let guild = try turn.requireGuild()
        let sent =
            try turn.store.first(
                "SELECT sent FROM privacy_letters WHERE guild = \(guild) AND member = \(member) AND day = \(wall.day)"
            ) { $0.int(0) } ?? 0
        guard sent < turn[budget] else { return "has had \(sent) private messages today" }
        try turn.store.run(
            """
            INSERT INTO privacy_letters (guild, member, day, sent) VALUES (\(guild), \(member), \(wall.day), 1)
            ON CONFLICT (guild, member) DO UPDATE SET day = excluded.day, sent = \(sent + 1)
            """)
        return nil
    }

    /// Yesterday's budgets are of no use to anybody.
    static let sweep = Routine("privacy.sweep", every: 1.days) { turn in
        let old = Zone.utc.day(of: turn.now) - 2
        try turn.store.run("DELETE FROM privacy_letters WHERE day < \(old)")
    }
}
