internal import Kit
internal import Shared

extension Rewards {
    enum Group: String, CaseIterable, Sendable { case all, gains, losses, blocked }

    /// The dry run: who would gain, lose and keep what, who is blocked, and why.
    static let plan = Command(
        "rewards.plan", "What a run would change, without changing it: who gains, loses, keeps, is blocked, and why",
        access: .moderate, isSlow: true, changes: false, returns: planShape, example: "show: gains",
        .optional(which), .oneOf("show", "gains, losses, blocked or all", default: Group.all), .limit(25), .cursor
    ) { turn, which, group, limit, cursor in
        let wanted = try which.map { try RewardRows.require($0, turn).id }
        let plan = try RewardPlan(turn)
        let picked = plan.lines(group).filter { wanted == nil || plan.rewards[$0.reward].id == wanted }
        let page = picked.dropFirst(cursor.offset).prefix(limit)
        let next = picked.count > cursor.offset + limit ? Cursor(offset: cursor.offset + limit) : nil
        let rows = page.map { $0.row(plan, turn) }
        return .page(
            RewardText.planned(plan, Array(page), turn),
            data: .fields([
                "counts": counts(plan, turn), "rows": .array(rows), "next": next.map { .string($0.text) },
            ]), next: next?.text)
    }

    private static let planShape = Shape.record([
        "counts": .list(
            .record([
                "reward": .whole, "name": .text, "gains": .whole, "losses": .whole, "keeps": .whole, "blocked": .whole,
                "trouble": .text,
            ])),
        "rows": .list(.record(["member": .named, "reward": .whole, "name": .text, "deed": .text, "why": .text])), "next": .text,
    ])

    static func counts(_ plan: RewardPlan, _ turn: Turn) -> JSON {
        .array(
            plan.rewards.indices.map { index in
                .fields([
                    "reward": .int(plan.rewards[index].id), "name": .string(plan.rewards[index].name),
                    "gains": .int(Int64(plan.count(.give, of: index))), "losses": .int(Int64(plan.count(.take, of: index))),
                    "keeps": .int(Int64(plan.keeps[index])),
                    "blocked": .int(Int64(plan.blocked.count { $0.reward == index })),
                    "trouble": plan.trouble(index).map { .string($0) },
                ])
            })
    }

    static let apply = Command(
        "rewards.apply", "Carries out what rewards plan shows, now", access: .manageRoles, isSlow: true, changes: true,
        returns: .record(["run": .whole, "counts": .anything])
    ) { turn in
        let plan = try RewardPlan(turn)
        let members = Set(plan.changes.map(\.member)).union(plan.overdue.map(\.member.number))
        turn.touch(members: members.count)
        for (index, reward) in plan.rewards.enumerated() {
            let (gains, losses) = (plan.count(.give, of: index), plan.count(.take, of: index))
            guard gains + losses > 0 else { continue }
            turn.change(
                "holders of \(reward.subject) (\(reward.name))", from: .null,
                to: ["gains": .int(Int64(gains)), "losses": .int(Int64(losses)), "plan": .string(plan.digest)])
        }
        let run = try begin(plan, cause: "apply", turn)
        return .done(
            RewardText.applied(plan, run), data: .fields(["run": .int(run), "counts": counts(plan, turn)]))
    }
}

extension RewardPlan {
    /// One line of what is planned.
    struct Line {
        var member: Int64
        var reward: Int
        var deed: String
        var why: String

        func row(_ plan: RewardPlan, _ turn: Turn) -> JSON {
            .fields([
                "member": ID<Member>(member).map { turn.named($0) }, "reward": .int(plan.rewards[reward].id),
                "name": .string(plan.rewards[reward].name), "deed": .string(deed), "why": .string(why),
            ])
        }
    }

    func lines(_ group: Rewards.Group) -> [Line] {
        var lines: [Line] = []
        if group == .all || group == .gains {
            lines += changes.filter { $0.deed == .give }.map {
                Line(member: $0.member, reward: $0.reward, deed: "gains", why: $0.why)
            }
        }
        if group == .all || group == .losses {
            lines += changes.filter { $0.deed == .take }.map {
                Line(member: $0.member, reward: $0.reward, deed: "loses", why: $0.why)
            }
        }
        if group == .all || group == .blocked {
            lines += blocked.map { Line(member: $0.member, reward: $0.reward, deed: "blocked", why: $0.why) }
        }
        return lines
    }
}
