internal import Kit
internal import Shared

extension Rewards {
    /// RWD-02: why somebody has a reward or has it not, each condition with their figure.
    static let check = Command(
        "rewards.check", "Why a member has a reward or not, and what is missing", changes: false, returns: checkShape,
        example: "member: me",
        .memberOrSelf("member", "Whose rewards; yours when left out"), .optional(which)
    ) { turn, member, which in
        try turn.requireSight(of: member)
        let wanted = try which.map { try RewardRows.require($0, turn).id }
        let checks = try Check.all(of: member, turn).filter { wanted == nil || $0.reward.id == wanted }
        let words = try turn.rewardWords()
        return .done(
            RewardText.checked(member, checks, words),
            data: ["member": turn.named(member), "rows": .array(checks.map { $0.row(words, turn) })])
    }

    /// Whole where it is whole.
    static func number(_ figure: Double) -> JSON { Int64(exactly: figure).map { .int($0) } ?? .double(figure) }

    private static let checkShape = Shape.record([
        "member": .named,
        "rows": .list(
            .record([
                "reward": .whole, "name": .text, "role": .named, "fulfils": .flag, "has": .flag, "verdict": .text, "why": .text,
                "until_ms": .instant,
                "lines": .list(
                    .record(["text": .text, "depth": .whole, "holds": .flag, "figure": .decimal, "missing": .decimal])),
            ])),
    ])
}

/// What there is to say of one member and one reward.
struct Check {
    enum Verdict: String { case has, gains, loses, lacks, blocked }

    let reward: Reward
    let verdict: Verdict
    let fulfils: Bool
    let has: Bool
    let why: String?
    let holding: Holding?
    let lines: [RuleLine]

    static func all(of member: ID<Member>, _ turn: Turn) throws -> [Check] {
        let guild = try turn.requireGuild()
        let plan = try RewardPlan(turn, only: member)
        guard plan.roll.count == 1 else {
            throw Refusal(
                .notFound, "I know of no member with the id \(member) in this server, or it is a bot.",
                hint: "Bots are given no rewards.", field: "member")
        }
        return try plan.rewards.indices.map { index in
            let reward = plan.rewards[index]
            let has = plan.roll.roles[reward.role]?.first ?? false
            let change = plan.changes.first { $0.reward == index }
            let blocked = plan.blocked.first { $0.reward == index }
            let verdict: Verdict =
                blocked != nil ? .blocked : change.map { $0.deed == .give ? .gains : .loses } ?? (has ? .has : .lacks)
            return Check(
                reward: reward, verdict: verdict, fulfils: plan.fulfils(0, index), has: has,
                why: blocked?.why ?? change?.why ?? plan.trouble(index),
                holding: try HoldingRows.find(member, reward.role, guild, in: turn.store),
                lines: plan.rule(index)?.explain(0, plan.columns) ?? [])
        }
    }

    func row(_ words: RuleWords, _ turn: Turn) -> JSON {
        .fields([
            "reward": .int(reward.id), "name": .string(reward.name), "role": turn.named(reward.role), "fulfils": .bool(fulfils),
            "has": .bool(has), "verdict": .string(verdict.rawValue), "why": why.map { .string($0) },
            "until_ms": holding?.until.map { .int($0.milliseconds) },
            "lines": .array(
                lines.map { line in
                    let figure: JSON? = if case .compare(_, _, _, let has, _) = line.what { Rewards.number(has) } else { nil }
                    return .fields([
                        "text": .string(RewardText.sentence(line, words)), "depth": .int(Int64(line.depth)),
                        "holds": .bool(line.holds), "figure": figure, "missing": line.missing.map(Rewards.number),
                    ])
                }),
        ])
    }
}
