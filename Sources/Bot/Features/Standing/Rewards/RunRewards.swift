internal import Kit
internal import Shared

/// A run: all changes of a plan, a few at a time, so that a refusal stops what would be refused as well.
extension Rewards {
    enum RunState: String { case running, done, held }

    /// So many changes are on their way at once.
    private static let atOnce = 25

    /// Writes a plan down and begins to carry it out. Answers the run's number.
    @discardableResult
    static func begin(_ plan: RewardPlan, cause: String, _ turn: Turn) throws -> Int64 {
        let guild = try turn.requireGuild()
        try endEarlier(guild, turn)
        let run = try note(plan, cause: cause, .running, nil, turn)
        try settle(plan.findings, turn)
        let at = turn.now + turn.late
        try turn.store.repeated(
            """
            INSERT INTO rewards_changes (guild, run, at, member, role, reward, deed, why, after, outcome)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'forgotten', 'waiting')
            """, count: plan.changes.count
        ) { index, row in
            let change = plan.changes[index]
            let reward = plan.rewards[change.reward]
            row.bind(1, guild.number)
            row.bind(2, run)
            row.bind(3, at.milliseconds)
            row.bind(4, change.member)
            row.bind(5, reward.role.number)
            row.bind(6, reward.id)
            row.bind(7, change.deed.rawValue)
            row.bind(8, change.why)
        }
        for holding in plan.overdue { try take(holding, why: "its time is over", turn) }
        for reward in plan.rewards {
            try turn.store.run("UPDATE rewards_rewards SET last_at = \(at) WHERE id = \(reward.id)")
        }
        try repairChannels(of: guild, turn)
        try hint(plan, turn)
        try goOn(with: run, turn)
        return run
    }

    /// What an earlier run has not sent yet is out of date: the new plan knows better.
    private static func endEarlier(_ guild: ID<Guild>, _ turn: Turn) throws {
        let open = try turn.store.all(
            "SELECT id FROM rewards_runs WHERE guild = \(guild) AND state = 'running' AND cause <> 'change'"
        ) { $0.int(0) }
        for run in open {
            try turn.store.run(
                """
                UPDATE rewards_changes SET outcome = 'blocked', note = 'a newer run took its place'
                WHERE run = \(run) AND outcome = 'waiting'
                """)
            try turn.store.run("UPDATE rewards_runs SET state = 'done' WHERE id = \(run)")
        }
    }

    static func note(
        _ plan: RewardPlan, cause: String, _ state: RunState, _ note: String?, _ turn: Turn
    ) throws -> Int64 {
        let guild = try turn.requireGuild()
        return try turn.store.first(
            """
            INSERT INTO rewards_runs (guild, at, cause, state, gains, losses, keeps, blocked, note)
            VALUES (\(guild), \(turn.now + turn.late), \(cause), \(state.rawValue), \(plan.count(.give)),
                \(plan.count(.take) + plan.overdue.count), \(plan.keeps.reduce(0, +)), \(plan.blocked.count), \(note))
            RETURNING id
            """
        ) { $0.int(0) } ?? 0
    }

    private static func settle(_ findings: [RewardPlan.Finding], _ turn: Turn) throws {
        let now = turn.now + turn.late
        for finding in findings {
            switch finding {
            case .gone(let holding): try HoldingRows.forget(holding, in: turn.store)
            case .held(var holding): try write(&holding, .held, now, turn)
            case .dropped(var holding): try write(&holding, .dropped, now, turn)
            case .failing(let holding): try HoldingRows.write(holding, in: turn.store)
            case .mended(var holding):
                holding.failing = nil
                try HoldingRows.write(holding, in: turn.store)
            }
        }
    }

    private static func write(_ holding: inout Holding, _ state: Holding.State, _ now: Instant, _ turn: Turn) throws {
        holding.state = state
        holding.changed = now
        try HoldingRows.write(holding, in: turn.store)
    }

    /// Sends the next changes once those before them have arrived.
    static func goOn(with run: Int64, _ turn: Turn) throws {
        let open = try turn.store.first(
            "SELECT COUNT(*) FROM rewards_changes WHERE run = \(run) AND outcome = 'sent'"
        ) { $0.int(0) }
        guard open == 0 else { return }
        while true {
            let next = try RoleChange.waiting(in: run, limit: atOnce, turn.store)
            if next.isEmpty { break }
            if try next.map({ try start($0, turn) }).contains(true) { return }
        }
        try turn.store.run("UPDATE rewards_runs SET state = 'done' WHERE id = \(run) AND state = 'running'")
    }

    /// False when there is nothing to send: who should lose the role has lost it meanwhile.
    private static func start(_ change: RoleChange, _ turn: Turn) throws -> Bool {
        let now = turn.now + turn.late
        let known = try HoldingRows.find(change.member, change.role, change.guild, in: turn.store)
        switch change.deed {
        case .give:
            let lasts = try RewardRows.find(change.reward, in: turn.store)?.lasts
            let until = known.flatMap { $0.isOver(at: now) ? nil : $0.until } ?? lasts.map { now + $0 }
            let holding = Holding(
                guild: change.guild, member: change.member, role: change.role, reward: change.reward,
                source: known?.source ?? .rule, state: .giving, since: now, until: until, changed: now)
            try HoldingRows.write(holding, in: turn.store)
            if let until = holding.until { try turn.schedule(end, key: holding.key, Ending(holding), at: until) }
        case .take:
            guard var holding = known else {
                try turn.store.run("UPDATE rewards_changes SET outcome = 'done' WHERE id = \(change.id)")
                return false
            }
            try write(&holding, .taking, now, turn)
        }
        try change.send(turn)
        return true
    }

    // MARK: - By the clock

    /// RWD-03: the run of the day or the week. More changes than the brake lets pass wait for somebody.
    static let daily: Job<Int64> = Job("rewards.daily", late: .always) { turn, number in
        guard let guild = ID<Guild>(number), turn.guild == guild else { return }
        if turn.late > 1.minutes {
            // What members are by now counts, not what they were when the bot was away.
            return try turn.schedule(daily, key: guild.description, number, at: turn.now + turn.late)
        }
        try scheduleNext(turn)
        guard turn[rhythm] != .never, turn.house.isOn(feature, guild) else { return }
        let plan = try RewardPlan(turn)
        let count = plan.changes.count
        guard count > turn[brake] else {
            try begin(plan, cause: turn[rhythm].rawValue, turn)
            return
        }
        let words = "\(count) changes are more than the \(turn[brake]) that a run makes by itself"
        _ = try note(plan, cause: turn[rhythm].rawValue, .held, words, turn)
        if let channel = turn[staff] {
            turn.emit(.post(channel: .known(channel), Post(RewardText.braked(plan, turn[brake]))))
        }
    }

    /// Puts the next run into the calendar, or takes it out.
    static func scheduleNext(_ turn: Turn) throws {
        let guild = try turn.requireGuild()
        let hasAny = try !RewardRows.all(of: guild, in: turn.store).isEmpty
        guard turn[rhythm] != .never, hasAny else { return turn.cancel(daily, key: guild.description) }
        try turn.schedule(daily, key: guild.description, guild.number, at: nextRun(turn))
    }

    static func nextRun(_ turn: Turn) -> Instant {
        let now = turn.now + turn.late
        let today = turn.zone.wallTime(at: now).day
        let minutes = turn[clock].minutes
        for ahead in 0...8 {
            let day = today + ahead
            if turn[rhythm] == .weekly, day.weekday != turn[weekday].number { continue }
            let at = turn.zone.instant(at: WallTime(day, hour: minutes / 60, minute: minutes % 60))
            if at > now { return at }
        }
        return now + 7.days
    }

    static let followSettings = Listener.news("rewards.settings", SettingChanged.self) { turn, change in
        guard [rhythm.name, clock.name, weekday.name, "house.zone"].contains(change.name), turn.guild != nil else { return }
        try scheduleNext(turn)
    }
}
