internal import Kit
internal import Shared

/// What the bot may do with roles here: so that what cannot work is told, with what would mend it, before it is tried.
struct RoleRights {
    private let guild: ID<Guild>
    private let roles: [RoleProfile]
    private let own: [RoleProfile]
    private let isOwner: Bool
    /// Nil as long as the bot does not know its own roles here.
    private let permissions: Permissions?

    init(_ guild: ID<Guild>, _ turn: Turn) {
        self.guild = guild
        let roles = turn.house.directory.roles(in: guild)
        let bot = turn.house.directory.bot
        let profile = bot.flatMap { turn.house.directory.member($0, in: guild) }
        self.roles = roles
        own = roles.filter { profile?.roles.contains($0.id) ?? false }
        isOwner = bot != nil && turn.house.directory.guild(guild)?.owner == bot
        let everyone = roles.filter { $0.id == guild.everyone }
        permissions = profile == nil ? nil : (own + everyone).reduce(into: []) { $0.formUnion($1.permissions) }
    }

    /// Why this role cannot be given or taken, as a sentence with its remedy; nil where it can.
    func trouble(with role: ID<Role>) -> String? {
        guard let profile = roles.first(where: { $0.id == role }) else {
            return "The role is gone. Choose another one with rewards edit, or remove the reward."
        }
        if role == guild.everyone { return "Everyone has @everyone: it cannot be given. Choose a role of its own." }
        if profile.isManaged {
            return
                "The role \(profile.name) belongs to an integration or to boosting, and only that gives it. Choose another one."
        }
        guard let permissions, !isOwner else { return nil }
        guard permissions.contains(.manageRoles) || permissions.contains(.administrator) else {
            return "I may not manage roles. Grant Manage Roles to my role in the server's settings."
        }
        guard let top = own.max(by: { Self.rank($0) < Self.rank($1) }), Self.rank(top) > Self.rank(profile) else {
            return "The role \(profile.name) stands above mine. Drag my role above it in the server's settings, under Roles."
        }
        return nil
    }

    /// Of two roles on one position the older one stands higher.
    private static func rank(_ role: RoleProfile) -> (Int, Int64) { (role.position, -role.id.number) }

    func isKnown(_ role: ID<Role>) -> Bool { roles.contains { $0.id == role } }
    func name(of role: ID<Role>) -> String? { roles.first { $0.id == role }?.name }
}

extension Rewards {
    static func refuse(_ role: ID<Role>, _ rights: RoleRights, field: String = "role") throws(Refusal) {
        guard rights.isKnown(role) else {
            throw Refusal(
                .notFound, "There is no role with the id \(role) here.", hint: "Choose one of this server's.", field: field)
        }
        guard let trouble = rights.trouble(with: role) else { return }
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
        if let trouble = rights.trouble(with: reward.role) { return trouble }
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
