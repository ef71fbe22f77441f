internal import Kit
internal import Shared

extension Rewards {
    enum Switch: String, CaseIterable, Sendable { case on, off }

    /// For those who want it: a private word before a reward is reached.
    static let almost = Command(
        "rewards.almost", "Whether I tell you privately when you are almost there: at most once a week", isPrivate: true,
        isForMembers: true, changes: true, returns: .record(["on": .flag]), example: "on",
        .oneOf("switch", "on or off", default: Switch.on)
    ) { turn, wish in
        let (guild, member) = (try turn.requireGuild(), try turn.requireMember())
        let changed =
            wish == .on
            ? try turn.store.run(
                "INSERT INTO rewards_hopefuls (guild, member) VALUES (\(guild), \(member)) ON CONFLICT DO NOTHING")
            : try turn.store.run("DELETE FROM rewards_hopefuls WHERE guild = \(guild) AND member = \(member)")
        let isOn = wish == .on
        if changed > 0 { turn.change("hints for member \(member)", from: .bool(!isOn), to: .bool(isOn)) }
        let back = Invocation(command: "rewards.almost", arguments: ["switch": .string(isOn ? "off" : "on")])
        return .done(RewardText.wished(isOn), data: ["on": .bool(isOn)], undo: changed > 0 ? back : nil)
    }

    /// At each run: to each who wants it one hint a week, about the reward that is nearest.
    static func hint(_ plan: RewardPlan, _ turn: Turn) throws {
        let guild = try turn.requireGuild()
        let now = turn.now + turn.late
        let hopefuls = try turn.store.all(
            """
            SELECT member FROM rewards_hopefuls WHERE guild = \(guild) AND (hinted IS NULL OR hinted <= \(now - 7.days))
            ORDER BY member
            """
        ) { $0.id(0, Member.self) }
        guard !hopefuls.isEmpty else { return }
        let words = try turn.rewardWords()
        for case let member? in hopefuls {
            guard let index = plan.roll.index(of: member), let near = nearest(index, plan, turn) else { continue }
            let card = RewardText.almost(plan.rewards[near.reward], near.lines, words)
            guard try turn.tell(member, Post(card)) == nil else { continue }
            try turn.store.run(
                "UPDATE rewards_hopefuls SET hinted = \(now) WHERE guild = \(guild) AND member = \(member)")
        }
    }

    /// Of the rewards that somebody has not, the one whose rule they are nearest to; nil when they are near to none.
    private static func nearest(_ index: Int, _ plan: RewardPlan, _ turn: Turn) -> (reward: Int, lines: [RuleLine])? {
        let least = Double(turn[nearness]) / 100
        var best: (reward: Int, lines: [RuleLine], progress: Double)?
        for reward in plan.rewards.indices {
            guard plan.roll.roles[plan.rewards[reward].role]?[index] == false, !plan.fulfils(index, reward),
                let rule = plan.rule(reward)
            else { continue }
            let open = rule.explain(index, plan.columns).filter { $0.depth == 0 && !$0.holds }
            let progress = open.map { $0.progress ?? 0 }.min() ?? 0
            if progress >= least, progress > best?.progress ?? 0 { best = (reward, open, progress) }
        }
        return best.map { ($0.reward, $0.lines) }
    }
}
