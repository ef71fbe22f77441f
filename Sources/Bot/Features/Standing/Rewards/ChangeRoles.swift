internal import Kit
internal import Shared

/// One role that is given or taken, and what became of it.
struct RoleChange {
    enum Outcome: String {
        /// Waits for its turn in a run.
        case waiting
        /// On its way.
        case sent
        case done
        case refused
        /// Not tried, because of what stood in its way.
        case blocked
    }

    /// What becomes of the holding when the role has been taken.
    enum Afterwards: String {
        case forgotten
        /// It is not given again by the rule.
        case dropped
    }

    var id: Int64 = 0
    var guild: ID<Guild>
    var run: Int64 = 0
    var member: ID<Member>
    var role: ID<Role>
    var reward: Int64
    var deed: RewardPlan.Deed
    var why: String
    var after = Afterwards.forgotten
    var outcome = Outcome.waiting

    private static let columns: SQL = "id, guild, run, member, role, reward, deed, why, after, outcome"

    /// Writes it down; answers it with its number.
    func noted(_ turn: Turn) throws -> RoleChange {
        var noted = self
        noted.id =
            try turn.store.first(
                """
                INSERT INTO rewards_changes (guild, run, at, member, role, reward, deed, why, after, outcome)
                VALUES (\(guild), \(run), \(turn.now + turn.late), \(member), \(role), \(reward), \(deed.rawValue), \(why),
                    \(after.rawValue), \(outcome.rawValue)) RETURNING id
                """
            ) { $0.int(0) } ?? 0
        return noted
    }

    /// Has it carried out; the receipt finds it by its number.
    func send(_ turn: Turn) throws {
        let reason = String("Reward: \(why)".prefix(400))
        let effect: Effect =
            deed == .give
            ? .addRole(guild: guild, member: member, role: .known(role), reason: reason)
            : .removeRole(guild: guild, member: member, role: .known(role), reason: reason)
        try turn.emit(effect, receiptTo: Rewards.given, id)
        try turn.store.run("UPDATE rewards_changes SET outcome = 'sent' WHERE id = \(id)")
    }

    static func find(_ id: Int64, in store: any Connection) throws -> RoleChange? {
        try store.first("SELECT \(columns) FROM rewards_changes WHERE id = \(id)", read).flatMap(\.self)
    }

    static func waiting(in run: Int64, limit: Int, _ store: any Connection) throws -> [RoleChange] {
        try store.all(
            "SELECT \(columns) FROM rewards_changes WHERE run = \(run) AND outcome = 'waiting' ORDER BY id LIMIT \(limit)", read
        ).compactMap(\.self)
    }

    private static func read(_ row: any Row) -> RoleChange? {
        guard let guild: ID<Guild> = row.id(1), let member: ID<Member> = row.id(3), let role: ID<Role> = row.id(4) else {
            return nil
        }
        return RoleChange(
            id: row.int(0), guild: guild, run: row.int(2), member: member, role: role, reward: row.int(5),
            deed: .init(rawValue: row.text(6)) ?? .give, why: row.text(7), after: .init(rawValue: row.text(8)) ?? .forgotten,
            outcome: .init(rawValue: row.text(9)) ?? .done)
    }
}

extension Rewards {
    /// Gives a role to one member at once, and keeps that it is the house's to take back.
    static func give(_ holding: Holding, why: String, run: Int64 = 0, _ turn: Turn) throws {
        var holding = holding
        holding.state = .giving
        holding.changed = turn.now + turn.late
        try HoldingRows.write(holding, in: turn.store)
        if let until = holding.until { try turn.schedule(end, key: holding.key, Ending(holding), at: until) }
        try RoleChange(
            guild: holding.guild, run: run, member: holding.member, role: holding.role, reward: holding.reward, deed: .give,
            why: why
        ).noted(turn).send(turn)
    }

    static func take(_ holding: Holding, why: String, after: RoleChange.Afterwards = .forgotten, _ turn: Turn) throws {
        var holding = holding
        holding.state = .taking
        holding.changed = turn.now + turn.late
        try HoldingRows.write(holding, in: turn.store)
        try RoleChange(
            guild: holding.guild, member: holding.member, role: holding.role, reward: holding.reward, deed: .take, why: why,
            after: after
        ).noted(turn).send(turn)
    }

    /// What Discord said of a change.
    static let given: Job<Int64> = Job("rewards.given", late: .always) { turn, id in
        guard let change = try RoleChange.find(id, in: turn.store) else { return }
        switch turn.receipt?.outcome {
        case .done: try arrived(change, turn)
        case .refused(let code, let message): try refused(change, code, message, turn)
        case .uncertain(let words), .expired(let words): try close(change, .refused, words, turn)
        case nil: return
        }
        if change.run != 0 { try goOn(with: change.run, turn) }
    }

    private static func arrived(_ change: RoleChange, _ turn: Turn) throws {
        try close(change, .done, nil, turn)
        if change.reward != 0 { try RewardRows.note(trouble: nil, of: change.reward, in: turn.store) }
        guard var holding = try HoldingRows.find(change.member, change.role, change.guild, in: turn.store) else { return }
        holding.changed = turn.now
        switch (change.deed, holding.state, change.after) {
        case (.give, .giving, _): holding.state = .held
        case (.take, .taking, .dropped): holding.state = .dropped
        case (.take, .taking, .forgotten):
            turn.cancel(end, key: holding.key)
            return try HoldingRows.forget(holding, in: turn.store)
        default: return
        }
        try HoldingRows.write(holding, in: turn.store)
    }

    /// Who has left has no role to give or take; anything else is the reward's trouble, and what waits for the same is not tried.
    private static func refused(_ change: RoleChange, _ code: Int, _ message: String, _ turn: Turn) throws {
        let isGone = code == 10007 || code == 10013
        try close(change, .refused, isGone ? "is not here any more" : "\(code): \(message)", turn)
        if var holding = try HoldingRows.find(change.member, change.role, change.guild, in: turn.store) {
            if change.deed == .take ? isGone : holding.source == .award && !isGone {
                try HoldingRows.forget(holding, in: turn.store)
            } else {
                holding.state = isGone || change.deed == .take ? .held : .refused
                holding.changed = turn.now
                try HoldingRows.write(holding, in: turn.store)
                // What is for a time is taken back, if not now then later.
                if holding.until != nil { try turn.schedule(end, key: holding.key, Ending(holding), at: turn.now + 6.hours) }
            }
        }
        guard !isGone else { return }
        let trouble = "Discord refused it (\(code)): \(message)"
        if change.reward != 0 { try RewardRows.note(trouble: trouble, of: change.reward, in: turn.store) }
        try turn.store.run(
            """
            UPDATE rewards_changes SET outcome = 'blocked', note = \(trouble)
            WHERE run = \(change.run) AND run <> 0 AND outcome = 'waiting' AND role = \(change.role)
            """)
    }

    private static func close(_ change: RoleChange, _ outcome: RoleChange.Outcome, _ note: String?, _ turn: Turn) throws {
        try turn.store.run(
            "UPDATE rewards_changes SET outcome = \(outcome.rawValue), note = \(note) WHERE id = \(change.id)")
    }

    /// What happened to roles is forgotten after half a year.
    static let sweep = Routine("rewards.sweep", every: 1.days) { turn in
        let old = turn.now - 180.days
        try turn.store.run("DELETE FROM rewards_changes WHERE at < \(old)")
        try turn.store.run("DELETE FROM rewards_runs WHERE at < \(old)")
    }
}
