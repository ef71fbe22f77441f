internal import Kit
internal import Shared

/// Which holding ends.
struct Ending: Codable, Sendable {
    var guild: ID<Guild>
    var member: ID<Member>
    var role: ID<Role>

    init(_ holding: Holding) {
        (guild, member, role) = (holding.guild, holding.member, holding.role)
    }
}

extension Rewards {
    /// RWD-06: what is for a time is taken back when it ends, however late; who has left simply has it no more. What somebody
    /// was awarded and has earned by the rule meanwhile they keep, by the rule.
    static let end: Job<Ending> = Job("rewards.end", late: .always) { turn, ending in
        let now = turn.now + turn.late
        guard var holding = try HoldingRows.find(ending.member, ending.role, ending.guild, in: turn.store),
            let until = holding.until, until <= now, turn.guild == ending.guild
        else { return }
        guard turn.house.directory.member(ending.member, in: ending.guild) != nil else {
            return try HoldingRows.forget(holding, in: turn.store)
        }
        if holding.source == .award, try earns(holding, turn) {
            holding.source = .rule
            holding.until = nil
            return try HoldingRows.write(holding, in: turn.store)
        }
        try take(holding, why: "its time is over", turn)
    }

    private static func earns(_ holding: Holding, _ turn: Turn) throws -> Bool {
        guard let reward = try RewardRows.find(holding.reward, in: turn.store), reward.state == .on, reward.lasts == nil else {
            return false
        }
        let plan = try RewardPlan(turn, only: holding.member, rewards: [reward])
        return plan.roll.count == 1 && plan.fulfils(0, 0)
    }

    /// Who comes back has what they held: it survives a leave, but not its own end.
    static let keepThroughRejoin = Listener.event("rewards.rejoin", .members, order: 200) { turn, event in
        guard case .memberSeen(let profile, joined: true) = event, !profile.isBot else { return }
        let holdings = try HoldingRows.all(
            where: "guild = \(profile.guild) AND member = \(profile.id) AND state IN ('held', 'giving')", in: turn.store)
        for holding in holdings where !holding.isOver(at: turn.now) && !profile.roles.contains(holding.role) {
            let reward = try RewardRows.find(holding.reward, in: turn.store)
            guard holding.source == .award || holding.until != nil || reward?.state == .on else { continue }
            try give(holding, why: "came back", turn)
        }
    }
}
