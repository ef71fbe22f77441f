internal import Kit
internal import Shared

extension Rewards {
    static let add = Command(
        "rewards.add", "Gives a role to everybody who fulfils a rule", access: .manageRoles, also: ["add_reward"],
        changes: true,
        returns: rowShape, example: "role: Regular tier: 1 criteria: points(30d) >= 500 and streak >= 5",
        .role("role", "The role that is given"), tier, criteria, .optional(name), .optional(ladder), .optional(lasting),
        .optional(grace), .optional(staying)
    ) { turn, role, tier, criteria, name, ladder, lasts, grace, stays in
        let guild = try turn.requireGuild()
        let rights = RoleRights(guild, turn)
        try refuse(role, rights)
        let words = try turn.rewardWords()
        let rule = try Rule(criteria, words: words, field: "criteria")
        var reward = Reward(
            guild: guild, role: role, name: name ?? rights.name(of: role) ?? role.description, ladder: ladder ?? "main",
            tier: tier, rule: rule.text, lasts: lasts ?? nil, grace: grace ?? .zero, stays: stays ?? false)
        try checkAlone(reward, turn)
        reward.id = try RewardRows.insert(reward, in: turn.store)
        turn.callRoll()
        try scheduleNext(turn)
        turn.change(reward.subject, from: .null, to: reward.settings)
        return .done(
            try RewardText.added(reward, try RewardPlan(turn), turn), data: try row(of: reward, turn),
            undo: Invocation(command: "rewards.remove", arguments: ["reward": .string(String(reward.id))]))
    }

    static let edit = Command(
        "rewards.edit", "Changes a reward", access: .manageRoles, changes: true, returns: rowShape,
        example: "reward: Regular criteria: points(30d) >= 800",
        which, .optional(.role("role", "The role that is given")), .optional(tier), .optional(criteria), .optional(name),
        .optional(ladder), .optional(lasting), .optional(grace), .optional(staying)
    ) { turn, which, role, tier, criteria, name, ladder, lasts, grace, stays in
        let old = try RewardRows.require(which, turn)
        try turn.require(version: old.version)
        var new = old
        if let role {
            try refuse(role, RoleRights(old.guild, turn))
            new.role = role
        }
        if let tier { new.tier = tier }
        if let criteria {
            let rule = try Rule(criteria, words: try turn.rewardWords(), field: "criteria")
            if rule.traits.contains(.reward(old.id)) { throw selfish }
            new.rule = rule.text
        }
        if let name { new.name = name }
        if let ladder { new.ladder = ladder }
        if let lasts { new.lasts = lasts }
        if let grace { new.grace = grace }
        if let stays { new.stays = stays }
        new.trouble = nil
        try checkAlone(new, turn)
        return try rewrite(old, as: new, turn)
    }

    private static let selfish = Refusal.invalid("A reward's rule cannot ask for the reward itself.", field: "criteria")

    /// Writes the new one in the old one's place. Its channels go with its role, and who holds the old role gives it back.
    static func rewrite(_ old: Reward, as new: Reward, _ turn: Turn) throws -> Reply {
        if old.role != new.role {
            try moveChannels(of: old, to: new.role, turn)
            try takeAll(old, why: "the reward gives another role now", turn)
        }
        try RewardRows.update(new, in: turn.store)
        try scheduleNext(turn)
        if old.settings != new.settings { turn.change(new.subject, from: old.settings, to: new.settings) }
        let written = try RewardRows.find(new.id, in: turn.store) ?? new
        let arguments = (["reward": .string(String(old.id))] as JSON).joined(with: old.settings)
        return .done(
            try RewardText.changed(written, try RewardPlan(turn), turn), data: try row(of: written, turn),
            undo: Invocation(command: "rewards.edit", arguments: arguments))
    }

    /// One role is one reward's, and one name too.
    static func checkAlone(_ reward: Reward, _ turn: Turn) throws {
        let others = try RewardRows.all(of: reward.guild, in: turn.store).filter { $0.id != reward.id }
        if let other = others.first(where: { $0.role == reward.role }) {
            throw Refusal(
                .conflict, "Reward \(other.id) (\(other.name)) gives that role already.",
                hint: "Change its rule with rewards edit; several ways to earn it are joined with or.", field: "role")
        }
        if others.contains(where: { $0.name.lowercased() == reward.name.lowercased() }) {
            throw Refusal(
                .conflict, "Another reward is called \"\(reward.name)\".", hint: "Give this one a name of its own.",
                field: "name")
        }
    }

    // MARK: - Parameters

    static let which: Parameter<String> = .lookup("reward", "Its number or name", known)
    static let known = Lookup("rewards.reward") { turn, typed in
        let wanted = typed.lowercased()
        return try RewardRows.all(of: try turn.requireGuild(), in: turn.store)
            .filter { wanted.isEmpty || $0.name.lowercased().hasPrefix(wanted) || String($0.id) == wanted }
            .prefix(25).map { Choice("\($0.name) (\($0.ladder), tier \($0.tier))", String($0.id)) }
    }
    static let tier: Parameter<Int> = .whole(
        "tier", "How high it stands on its ladder: of the tiers that somebody has earned the highest counts", 0...1000)
    static let criteria: Parameter<String> = {
        var rule = Parameter<String>.text(
            "criteria", "Who gets it, such as points(30d) >= 500 and streak >= 5", longest: Rule.longest)
        rule.outline.runsOn = true
        return rule
    }()
    static let name: Parameter<String> = {
        let words = Parameter<String>.text("name", "What it is called; as the role when left out", longest: 60)
        return Parameter(words.outline) { raw, context throws(Refusal) in
            let name = trimmed(try words.parse(raw, context)).inert
            guard !name.isEmpty, Int64(name) == nil else {
                throw .invalid(
                    "A name has letters in it.", field: "name", hint: "Numbers alone are taken for a reward's number.")
            }
            return name
        }
    }()
    static let ladder: Parameter<String> = {
        let words = Parameter<String>.text("ladder", "Which tiers it stands with; main when left out", longest: 40)
        return Parameter(words.outline) { raw, context throws(Refusal) in
            let ladder = trimmed(try words.parse(raw, context)).inert
            guard !ladder.isEmpty else { throw .invalid("A ladder has a name.", field: "ladder") }
            return ladder
        }
    }()
    static let lasting: Parameter<Duration?> = spanOrAlways(
        "for", "How long it is held before it is taken back, or always: as long as the rule holds")
    static let grace: Parameter<Duration> = .duration(
        "grace", "How long the rule may fail before the role is taken back", .zero...365.days, bare: .days)
    static let staying: Parameter<Bool> = .yesNo("keep", "Whether it stays although the rule does not hold any more")

    /// A length of time, or "always".
    static func spanOrAlways(_ name: String, _ summary: String) -> Parameter<Duration?> {
        let span = Parameter<Duration>.duration(name, summary, 1.minutes...3650.days, bare: .days)
        var outline = Outline(name, summary, .text(longest: 40))
        outline.isRequired = true
        return Parameter<Duration?>(outline) { raw, context throws(Refusal) in
            raw.text.map { trimmed($0).lowercased() } == "always" ? nil : try span.parse(raw, context)
        }
    }
}
