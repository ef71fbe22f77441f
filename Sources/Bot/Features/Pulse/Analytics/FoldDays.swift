internal import Kit
internal import Shared

extension Analytics {
    /// Looks after each server: folds the days that are over or have changed, and takes the snapshot that is due. Each server's
    /// work is done in turns of its own, so that many of them hold nothing up.
    static let tend = Routine("analytics.tend", every: 10.minutes) { turn in
        guard let own = turn.house.catalogue.feature("analytics") else { return }
        for guild in turn.house.directory.guilds() where turn.house.isOn(own, guild.id) {
            let local = turn.inside(guild.id)
            guard try nextDay(local, today: today(turn, guild.id)) != nil || snapshotDue(local) != nil else { continue }
            try turn.start(foldDays, key: guild.id.description, FoldState(guild: guild.id.number))
        }
        try sweepExports(turn)
    }

    struct FoldState: Codable, Sendable {
        var guild: Int64
    }

    /// A day in each slice. What is folded may be folded again as long as the ledger has the day.
    static let foldDays = LongJob<FoldState>("analytics.fold", "Adds up days for the statistics") { turn, state in
        guard let guild = ID<Guild>(state.guild) else { return .finished("no such server") }
        let local = turn.inside(guild)
        let today = today(turn, guild)
        guard let (day, through) = try nextDay(local, today: today) else {
            try takeSnapshot(of: guild, turn)
            return .finished("done")
        }
        try fold(day, today: today, guild, local)
        try turn.store.run("DELETE FROM analytics_dirty WHERE guild = \(guild) AND day = \(day)")
        if day > through {
            try turn.store.run(
                """
                INSERT INTO analytics_folds (guild, through) VALUES (\(guild), \(day))
                ON CONFLICT (guild) DO UPDATE SET through = excluded.through
                """)
            turn.hot(FoldMarks.self).note(guild, through: day)
        }
        return .more(state, done: 0, of: max(0, today - day - 1))
    }

    static func today(_ turn: Turn, _ guild: ID<Guild>) -> Day { turn.inside(guild).zone.day(of: turn.now + turn.late) }

    /// The next day to be folded: one that has changed, or the first that is over and not folded.
    private static func nextDay(_ turn: Turn, today: Day) throws -> (day: Day, through: Day)? {
        let guild = try turn.requireGuild()
        func day(_ sql: SQL) throws -> Day? {
            try turn.store.first(sql) { $0.optionalInt(0).map { Day(number: Int32(truncatingIfNeeded: $0)) } } ?? nil
        }
        let through = try day("SELECT through FROM analytics_folds WHERE guild = \(guild)")
        if let through, let dirty = try day("SELECT MIN(day) FROM analytics_dirty WHERE guild = \(guild)") {
            return (dirty, through)
        }
        guard let first = try through.map({ $0 + 1 }) ?? turn.ledger().firstDay(turn), first < today else { return nil }
        return (first, through ?? first - 1)
    }

    private static func fold(_ day: Day, today: Day, _ guild: ID<Guild>, _ turn: Turn) throws {
        let ledger = try turn.ledger()
        let (whole, channels) = try ledger.day(turn, day)
        try turn.store.run(
            """
            INSERT INTO analytics_days (guild, day, messages, points, members, reactions, voice)
            VALUES (\(guild), \(day), \(whole.messages), \(whole.points), \(whole.members), \(whole.reactions), \(whole.voice))
            ON CONFLICT (guild, day) DO UPDATE SET messages = excluded.messages, points = excluded.points,
                members = excluded.members, reactions = excluded.reactions, voice = excluded.voice
            """)
        try countActive(from: day, today: today, guild, ledger, turn)
        try turn.store.run("DELETE FROM analytics_channels WHERE guild = \(guild) AND day = \(day)")
        let rows = channels.sorted { $0.key < $1.key }
        try turn.store.repeated(
            """
            INSERT INTO analytics_channels (guild, day, channel, messages, points, members, reactions, voice)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """, count: rows.count
        ) { index, row in
            let (channel, sums) = rows[index]
            row.bind(1, guild.number)
            row.bind(2, Int64(day.number))
            row.bind(3, channel)
            row.bind(4, sums.messages)
            row.bind(5, sums.points)
            row.bind(6, sums.members)
            row.bind(7, sums.reactions)
            row.bind(8, sums.voice)
        }
    }

    /// Members of the seven and thirty days up to each of these. Of days further back too many have been there since to tell quickly
    /// who was there by then: what was counted when they were fresh stays.
    private static func countActive(
        from day: Day, today: Day, _ guild: ID<Guild>, _ ledger: LedgerReading, _ turn: Turn
    ) throws {
        for later in max(day, today - 3).number..<max(today, day + 1).number {
            let last = Day(number: later)
            guard today - last <= 3 else { continue }
            try turn.store.run(
                """
                UPDATE analytics_days SET week = \(try ledger.active(turn, last - 6...last)),
                    month = \(try ledger.active(turn, last - 29...last)) WHERE guild = \(guild) AND day = \(last)
                """)
        }
    }
}
