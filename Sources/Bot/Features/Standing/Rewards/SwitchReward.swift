internal import Kit
internal import Shared

extension Rewards {
    static let pause = switching(
        to: .paused, "rewards.pause", "Lets a reward rest: nobody gains or loses it by its rule", back: "rewards.resume")
    static let resume = switching(to: .on, "rewards.resume", "Lets a paused reward act again", back: "rewards.pause")
    static let restore = switching(
        to: .on, "rewards.restore", "Brings back a reward that was removed", back: "rewards.remove")

    private static func switching(to state: Reward.State, _ name: String, _ summary: String, back: String) -> Command {
        Command(name, summary, access: .manageRoles, changes: true, returns: rowShape, example: "Regular", which) {
            turn, which in
            let old = try RewardRows.require(which, turn, removed: name == "rewards.restore")
            try turn.require(version: old.version)
            guard old.state != state else {
                return .done(try RewardText.changed(old, try RewardPlan(turn), turn), data: try row(of: old, turn))
            }
            return try switched(old, to: state, back: back, turn)
        }
    }

    static let remove = Command(
        "rewards.remove", "Removes a reward; restore brings it back", access: .manageRoles, changes: true, returns: rowShape,
        example: "reward: Regular take: yes",
        which, .yesNo("take", "Whether its holders lose the role; else they keep it", default: false)
    ) { turn, which, takes in
        let old = try RewardRows.require(which, turn)
        try turn.require(version: old.version)
        let holders = try heldBy(old, turn).count
        if takes { try takeAll(old, why: "the reward was removed", turn) }
        try closeChannels(of: old, turn)
        var reply = try switched(old, to: .removed, back: "rewards.restore", turn)
        reply.card = try RewardText.removed(old, holders: holders, takes: takes, turn)
        return reply
    }

    private static func switched(_ old: Reward, to state: Reward.State, back: String, _ turn: Turn) throws -> Reply {
        var new = old
        new.state = state
        if state == .on {
            try checkAlone(new, turn)
            try refuse(new.role, RoleRights(new.guild, turn))
            new.trouble = nil
        }
        let reply = try rewrite(old, as: new, turn)
        if old.state == .removed { try openChannels(of: new, turn) }
        turn.change("state of \(new.subject)", from: .string(old.state.rawValue), to: .string(state.rawValue))
        let undo = Invocation(command: back, arguments: ["reward": .string(String(new.id))])
        return Reply(.done, reply.card, data: reply.data, undo: undo)
    }

    /// Everybody who holds a reward loses its role: a run of its own, a few at a time.
    static func takeAll(_ reward: Reward, why: String, _ turn: Turn) throws {
        let holdings = try heldBy(reward, turn)
        guard !holdings.isEmpty else { return }
        turn.touch(members: holdings.count)
        turn.change("holders of \(reward.subject)", from: .array(holdings.map { .id($0.member) }), to: [])
        let run = try turn.store.first(
            """
            INSERT INTO rewards_runs (guild, at, cause, state, gains, losses, keeps, blocked, note)
            VALUES (\(reward.guild), \(turn.now), 'change', 'running', 0, \(holdings.count), 0, 0, \(why)) RETURNING id
            """
        ) { $0.int(0) }
        for holding in holdings {
            _ = try RoleChange(
                guild: holding.guild, run: run ?? 0, member: holding.member, role: holding.role, reward: reward.id, deed: .take,
                why: why
            ).noted(turn)
        }
        try goOn(with: run ?? 0, turn)
    }

    private static func heldBy(_ reward: Reward, _ turn: Turn) throws -> [Holding] {
        try HoldingRows.all(
            where: "guild = \(reward.guild) AND role = \(reward.role) AND state IN ('held', 'giving') ORDER BY member",
            in: turn.store)
    }
}
