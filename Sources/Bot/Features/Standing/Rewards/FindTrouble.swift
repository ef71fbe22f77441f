internal import Kit
internal import Shared

extension Rewards {
    static let ifGone = "Choose another one with rewards edit, or remove the reward."

    static func refuse(_ role: ID<Role>, _ rights: RoleRights, field: String = "role") throws(Refusal) {
        guard rights.isKnown(role) else {
            throw Refusal(
                .notFound, "There is no role with the id \(role) here.", hint: "Choose one of this server's.", field: field)
        }
        guard let trouble = rights.trouble(with: role, ifGone: ifGone) else { return }
        let parts = trouble.split(separator: ". ", maxSplits: 1).map(String.init)
        throw Refusal(
            .forbidden, parts[0] + (parts.count > 1 ? "." : ""), hint: parts.count > 1 ? parts[1] : nil, field: field)
    }

    /// Rewards that cannot be given or taken, and why.
    static let checkup = CheckupReading { turn in
        let guild = try turn.requireGuild()
        let rewards = try RewardRows.all(of: guild, in: turn.store).filter { $0.state == .on }
        guard !rewards.isEmpty else { return [] }
        let (rights, words) = (RoleRights(guild, turn), try turn.rewardWords())
        return try rewards.compactMap { reward in
            trouble(of: reward, rights, words).map {
                Symptom(
                    "reward.\(reward.id)", .bad, trouble: "Reward \(reward.id): \($0)",
                    run: rights.trouble(with: reward.role) != nil && rights.isKnown(reward.role)
                        ? nil : Invocation(command: "rewards.pause", arguments: ["reward": .string(String(reward.id))]))
            }
        } + rewards.flatMap { try closedDoors(of: $0, turn) }
    }

    /// Channels that a reward opened and that are gone.
    private static func closedDoors(of reward: Reward, _ turn: Turn) throws -> [Symptom] {
        let channels = Set(turn.house.directory.channels(in: reward.guild).map(\.id))
        return try unlockedChannels(of: reward, turn).filter { !channels.contains($0.channel) }.map { door in
            Symptom(
                "reward.\(reward.id).\(door.channel)", .warn,
                "Reward \(reward.id): the channel \(door.channel), which it opens, is gone.", fix: "Run:",
                run: Invocation(
                    command: "rewards.lock",
                    arguments: ["reward": .string(String(reward.id)), "channel": .id(door.channel)]))
        }
    }

    /// What stands in a reward's way: the role, the rule, or what Discord said.
    static func trouble(of reward: Reward, _ rights: RoleRights, _ words: RuleWords) -> String? {
        if let trouble = rights.trouble(with: reward.role, ifGone: ifGone) { return trouble }
        switch reward.readRule(words) {
        case .failure(let refusal):
            return "Its rule cannot be read any more: \(refusal.sentence) Change it with rewards edit."
        case .success(let rule):
            guard let gone = gone(of: rule, words) else { return reward.trouble }
            return "Its rule asks for \(gone), which is not here any more. Change it with rewards edit."
        }
    }

    /// What a rule asks for though there is no such thing now: nobody may lose a role because a badge was renamed.
    private static func gone(of rule: Rule, _ words: RuleWords) -> String? {
        for trait in rule.traits {
            switch trait {
            case .badge(let name) where !words.badges.contains { $0.lowercased() == name.lowercased() }:
                return "the badge \"\(name)\""
            case .role(let id) where !words.roles.contains { $0.id == id }: return "the role \(id)"
            default: continue
            }
        }
        return nil
    }
}
