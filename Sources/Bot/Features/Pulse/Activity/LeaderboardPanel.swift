internal import Kit
internal import Shared

extension Activity {
    static let leaderboardPanel = Panel(
        "activity.leaderboard", "Leaderboard", "The most active members, live",
        tables: [
            "activity_facts", "activity_ledger", "activity_standings", "activity_snapshots", "house_rosters", "house_settings",
        ],
        columns: [
            .init("rank", "#", .number), .init("delta", "±", .delta), .init("member", "Member", .member),
            .init("points", "Points", .points), .init("score", "Score", .points), .init("today", "Today", .points),
            .init("streak", "Streak", .days), .init("spark", "7 days", .spark), .init("messages", "Messages", .number),
            .init("last_ms", "Last", .time),
        ],
        actions: [
            .init("activity.profile", "Profile", ["member": "member"]),
            .init("activity.why", "Why this score", ["member": "member"]),
        ],
        .oneOf("period", "Which days count", default: Period.week),
        .whole("top", "How many members", 1...500, default: 100)
    ) { turn, period, top in
        let board = try Board.read(period, limit: top, turn).discreet(turn)
        let before = try earlierRanks(turn, today: board.today)
        return board.lines.map { line in
            let change = before[line.member.number].map { $0 - line.rank }
            let key = board.hidden.contains(line.member) ? "#\(line.rank)" : line.member.description
            return Panel.Line(key, row(of: line, board, turn, change: change))
        }
    }

    /// Ranks as of the last snapshot before today.
    private static func earlierRanks(_ turn: Turn, today: Day) throws -> [Int64: Int] {
        let guild = try turn.requireGuild()
        let board = try turn.store.first(
            "SELECT board FROM activity_snapshots WHERE guild = \(guild) AND day < \(today) ORDER BY day DESC LIMIT 1"
        ) { $0.json(0) }
        var ranks: [Int64: Int] = [:]
        for (index, entry) in (board?.array ?? []).enumerated() {
            if let member = entry["member"]?.id(Member.self) { ranks[member.number] = index + 1 }
        }
        return ranks
    }

    static let hoursPanel = Panel(
        "activity.hours", "Messages by hour", "Messages of the last 24 hours", scope: .either,
        tables: ["activity_facts", "activity_hours"],
        columns: [.init("hour_ms", "Hour", .time), .init("messages", "Messages", .number)],
        chart: .init("line", x: "hour_ms", y: "messages"), refresh: 60.seconds
    ) { turn in
        let now = turn.now.milliseconds / 3_600_000
        let place: SQL = turn.guild.map { "guild = \($0) AND " } ?? ""
        var counts = [Int64](repeating: 0, count: 24)
        try turn.store.each("SELECT hour, SUM(messages) FROM activity_hours WHERE \(place) hour > \(now - 24) GROUP BY hour") {
            row in
            let index = Int(row.int(0) - (now - 23))
            if counts.indices.contains(index) { counts[index] = row.int(1) }
        }
        return counts.enumerated().map { index, count in
            let hour = (now - 23 + Int64(index)) * 3_600_000
            return Panel.Line(String(hour), .fields(["hour_ms": .int(hour), "messages": .int(count)]))
        }
    }

    /// ACT-09: the board of each guild once a day, so that ranks can be compared with those of another day.
    static let takeSnapshots = Routine("activity.snapshot", every: 1.days) { turn in
        for guild in turn.house.directory.guilds() {
            let local = turn.inside(guild.id)
            let board = try Board.read(.all, limit: 100, local)
            guard !board.lines.isEmpty else { continue }
            let saved = JSON.array(
                board.lines.map { .fields(["member": .id($0.member), "points": .int($0.points), "score": .double($0.score)]) })
            try turn.store.run(
                """
                INSERT INTO activity_snapshots (guild, day, board) VALUES (\(guild.id), \(board.today), \(saved))
                ON CONFLICT (guild, day) DO UPDATE SET board = excluded.board
                """)
        }
    }
}
