internal import Kit
internal import Shared

extension Privacy {
    /// PRV-01: what everybody who mentions members, writes to them or counts them asks first.
    static let courtesy = CourtesyReading(spans: spans, mayWrite: mayWrite, noted: noted)

    private static let spans: @Sendable (Turn, Wish, Int64?) throws -> [Peace] = { turn, wish, only in
        let guild = try turn.requireGuild()
        if wish == .showing, let only, turn[hidesFigures] {
            return [Peace(target: only, from: Instant(milliseconds: 0), until: nil)]
        }
        let which: SQL = only.map { "AND member = \($0)" } ?? ""
        return try turn.store.all(
            "SELECT member, at FROM privacy_wishes WHERE guild = \(guild) AND wish = \(wish.rawValue) \(which)"
        ) { Peace(target: $0.int(0), from: $0.instant(1), until: nil) }
    }

    private static let mayWrite: @Sendable (Turn, ID<Member>) throws -> String? = { turn, member in
        let wall = turn.zone.wallTime(at: turn.now + turn.late)
        if QuietHours(turn[quiet])?.contain(wall) == true { return "is left in peace in the quiet hours" }
        let guild = try turn.requireGuild()
        if let own = try ownHours(of: member, in: guild, turn.store), own.contain(wall) {
            return "wants to be left in peace from \(own.text)"
        }
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
        try turn.store.run("DELETE FROM privacy_notices WHERE at < \(turn.now - 7.days)")
    }
}
