internal import Kit
internal import Shared

/// What a run would do in a guild, worked out a column at a time: who gains, loses, keeps and is blocked.
struct RewardPlan {
    enum Deed: String { case give, take }

    struct Change {
        var member: Int64
        var reward: Int
        var deed: Deed
        var why: String
    }

    struct Blocked {
        var member: Int64
        var reward: Int
        var why: String
    }

    /// What a run writes down beside the changes: what it has found out about holdings.
    enum Finding {
        case held(Holding)
        case dropped(Holding)
        case gone(Holding)
        case failing(Holding)
        case mended(Holding)
    }

    let rewards: [Reward]
    let roll: RuleRoll
    let columns: RuleColumns
    private(set) var changes: [Change] = []
    private(set) var blocked: [Blocked] = []
    private(set) var findings: [Finding] = []
    /// How many keep each reward.
    private(set) var keeps: [Int]
    private let rules: [Result<Rule, Refusal>]
    private let troubles: [String?]
    private let holdings: [Int64: [Holding]]
    private let now: Instant
    private let takesAgain: Bool
    private let words: RuleWords

    /// What a holding that is on its way is given to arrive, before it is tried again.
    private static let patience = 1.hours

    /// The guild's rewards that are on, or some others in their place; `only` looks at one member.
    init(_ turn: Turn, only: ID<Member>? = nil, rewards given: [Reward]? = nil) throws {
        let guild = try turn.requireGuild()
        words = try turn.rewardWords()
        let rights = RoleRights(guild, turn)
        rewards = try given ?? RewardRows.all(of: guild, in: turn.store).filter { $0.state == .on }
        rules = rewards.map { [words] in $0.readRule(words) }
        troubles = rewards.map { [words] reward in
            var mended = reward
            mended.trouble = nil
            return Rewards.trouble(of: mended, rights, words)
        }
        let read = rules.compactMap { try? $0.get() }
        let roles = read.reduce(into: Set(rewards.map(\.role))) { found, rule in
            for case .role(let id) in rule.traits { found.insert(id) }
        }
        let one: SQL = only.map { "AND member = \($0)" } ?? ""
        let held = try HoldingRows.all(where: "guild = \(guild) \(one) ORDER BY member", in: turn.store)
        holdings = Dictionary(grouping: held, by: \.member.number)
        roll = RuleRoll(of: guild, only: only, roles: roles, turn.house.directory)
        columns = try turn.columns(for: read, roll, only: only, traits: Self.heldRewards(read, roll, held))
        keeps = [Int](repeating: 0, count: rewards.count)
        now = turn.now + turn.late
        takesAgain = turn[Rewards.regrant]
        decide(highestOnly: turn[Rewards.tiers] == .highest)
    }

    static func heldRewards(_ rules: [Rule], _ roll: RuleRoll, _ held: [Holding]) -> [Trait: [Bool]] {
        var traits: [Trait: [Bool]] = [:]
        for rule in rules {
            for case .reward(let id) in rule.traits {
                let holders = Set(held.filter { $0.reward == id && $0.counts }.map(\.member.number))
                traits[.reward(id)] = roll.members.map { holders.contains($0) }
            }
        }
        return traits
    }

    // MARK: - Deciding

    private mutating func decide(highestOnly: Bool) {
        let verdicts = rules.map { rule in (try? rule.get().judge(columns)) ?? [Bool](repeating: false, count: roll.count) }
        let ladders = Dictionary(grouping: rewards.indices, by: { rewards[$0].ladder })
        let has = rewards.map { roll.roles[$0.role] ?? [] }
        var probed = Set<Int>()
        for index in 0..<roll.count {
            let own = holdings[roll.members[index]] ?? []
            let concerns = { (reward: Int) in verdicts[reward][index] || has[reward][index] }
            guard !own.isEmpty || rewards.indices.contains(where: concerns) else { continue }
            var stands = rewards.indices.map { reward in
                verdicts[reward][index] || own.contains { $0.role == rewards[reward].role && stays($0, rewards[reward]) }
            }
            if highestOnly { for rungs in ladders.values { keepHighest(&stands, rungs, own, has: { has[$0][index] }) } }
            for reward in rewards.indices {
                let holding = own.first { $0.role == rewards[reward].role }
                if stands[reward] || holding != nil || has[reward][index] {
                    settle(
                        index, reward, holding, wanted: stands[reward], holds: verdicts[reward][index], has: has[reward][index],
                        &probed)
                }
            }
            takeOverdue(index, own)
        }
    }

    /// A holding outlasts its rule: an award and what is for a time until their end, others where they are for good or in grace.
    private func stays(_ holding: Holding, _ reward: Reward) -> Bool {
        guard holding.counts, !holding.isOver(at: now) else { return false }
        if holding.source == .award || holding.until != nil || reward.stays { return true }
        guard reward.grace > .zero else { return false }
        return holding.failing.map { now - $0 < reward.grace } ?? true
    }

    /// Of the rungs of a ladder that somebody stands on, the highest ones; what was awarded to them stays beside.
    ///
    /// One that cannot be given takes nobody's lower one away.
    private func keepHighest(_ stands: inout [Bool], _ rungs: [Int], _ own: [Holding], has: (Int) -> Bool) {
        let firm = rungs.filter { stands[$0] && (has($0) || trouble($0) == nil) }
        guard let top = firm.map({ rewards[$0].tier }).max() else { return }
        for rung in rungs where rewards[rung].tier < top {
            let isAwarded = own.contains {
                $0.role == rewards[rung].role && $0.source == .award && $0.counts && !$0.isOver(at: now)
            }
            if !isAwarded { stands[rung] = false }
        }
    }

    private mutating func settle(
        _ index: Int, _ reward: Int, _ holding: Holding?, wanted: Bool, holds: Bool, has: Bool, _ probed: inout Set<Int>
    ) {
        if wanted { keeps[reward] += has ? 1 : 0 }
        if var holding, wanted, holding.counts {
            if !holds, holding.failing == nil, holding.source == .rule, holding.until == nil {
                holding.failing = now
                findings.append(.failing(holding))
            } else if holds, holding.failing != nil {
                findings.append(.mended(holding))
            }
        }
        switch (wanted, has, holding) {
        case (true, true, let holding?): if holding.state != .held { findings.append(.held(holding)) }
        case (true, true, nil), (false, true, nil), (false, false, nil): break
        case (true, false, let holding): give(index, reward, holding, &probed)
        case (false, false, let holding?):
            if !holding.isOnItsWay(.giving, now, Self.patience) { findings.append(.gone(holding)) }
        case (false, true, let holding?):
            if holding.isOnItsWay(.taking, now, Self.patience) { return }
            if let trouble = troubles[reward] { return block(index, reward, trouble) }
            changes.append(
                Change(member: roll.members[index], reward: reward, deed: .take, why: whyNot(index, reward, holding, holds)))
        }
    }

    private mutating func give(_ index: Int, _ reward: Int, _ holding: Holding?, _ probed: inout Set<Int>) {
        if let holding {
            if holding.isOnItsWay(.giving, now, Self.patience) { return }
            let cameBack = roll.joined[index].map { $0 > holding.changed } ?? false
            let wasTaken = holding.state == .dropped || holding.state == .held && !cameBack
            if wasTaken, !takesAgain {
                if holding.state == .held { findings.append(.dropped(holding)) }
                return block(index, reward, "it was taken from them by hand")
            }
        }
        if let trouble = troubles[reward] { return block(index, reward, trouble) }
        if let trouble = rewards[reward].trouble, !probed.insert(reward).inserted { return block(index, reward, trouble) }
        changes.append(Change(member: roll.members[index], reward: reward, deed: .give, why: "fulfils the rule"))
    }

    private mutating func block(_ index: Int, _ reward: Int, _ why: String) {
        blocked.append(Blocked(member: roll.members[index], reward: reward, why: why))
    }

    /// What is over is taken back, whatever has become of its reward.
    private mutating func takeOverdue(_ index: Int, _ own: [Holding]) {
        for holding in own where holding.isOver(at: now) && !rewards.contains(where: { $0.role == holding.role }) {
            if !holding.isOnItsWay(.taking, now, Self.patience) { overdue.append(holding) }
        }
    }

    /// Holdings of no reward here whose time is over.
    private(set) var overdue: [Holding] = []

    private func whyNot(_ index: Int, _ reward: Int, _ holding: Holding, _ holds: Bool) -> String {
        if holding.isOver(at: now) { return "its time is over" }
        if holds || stays(holding, rewards[reward]) { return "has a higher tier of \(rewards[reward].ladder)" }
        guard let rule = try? rules[reward].get() else { return "the rule does not hold any more" }
        return rule.explain(index, columns).first { !$0.holds && $0.depth == 0 }.map { RewardText.sentence($0, words) }
            ?? "the rule does not hold any more"
    }

    // MARK: - Looking

    func rule(_ reward: Int) -> Rule? { try? rules[reward].get() }
    func trouble(_ reward: Int) -> String? { troubles[reward] ?? rewards[reward].trouble }

    func count(_ deed: Deed, of reward: Int? = nil) -> Int {
        changes.count { $0.deed == deed && (reward == nil || $0.reward == reward) }
    }

    /// Whether somebody fulfils a reward's rule at present.
    func fulfils(_ index: Int, _ reward: Int) -> Bool { rule(reward)?.holds(for: index, columns) ?? false }

    /// Names exactly these changes and no others.
    var digest: String {
        let lines = changes.map { "\($0.member) \(rewards[$0.reward].id) \($0.deed.rawValue)" }
        return String(SHA256.hex(of: lines.joined(separator: "\n").utf8).prefix(16))
    }
}

extension Holding {
    /// It is theirs, or on its way to them.
    var counts: Bool { state == .held || state == .giving }

    func isOnItsWay(_ way: State, _ now: Instant, _ patience: Duration) -> Bool { state == way && now - changed < patience }
}
