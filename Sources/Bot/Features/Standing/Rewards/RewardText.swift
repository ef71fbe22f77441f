internal import Kit
internal import Shared

/// What rewards say to people.
enum RewardText {
    static func added(_ reward: Reward, _ plan: RewardPlan, _ turn: Turn) throws -> Card {
        Card(
            "Reward \(reward.name) is set up", text: summary(reward, try turn.rewardWords(), turn),
            fields: effect(of: reward, plan), footer: "See who gains it: rewards plan. Give it at once: rewards apply.",
            tone: .good)
    }

    static func changed(_ reward: Reward, _ plan: RewardPlan, _ turn: Turn) throws -> Card {
        let (state, footer): (String, Phrase) =
            switch reward.state {
            case .on: ("is on", "See who gains and loses it: rewards plan. Carry it out at once: rewards apply.")
            case .paused: ("is paused", "Nobody gains or loses it by its rule until rewards resume.")
            case .removed: ("is removed", "rewards restore \(reward.id) brings it back.")
            }
        return Card(
            "Reward \(reward.name) \(words: state)", text: summary(reward, try turn.rewardWords(), turn),
            fields: effect(of: reward, plan), footer: footer, tone: .good)
    }

    /// What became of those who had it, when a reward was removed.
    static func removed(_ reward: Reward, holders: Int, takes: Bool, _ turn: Turn) throws -> Card {
        let names = try turn.rewardWords()
        let them: Phrase = "\(words: count(holders, "holder"))"
        let fate: Phrase = holders == 0 ? "nobody held it" : takes ? "being taken from \(them)" : "kept by \(them)"
        return Card(
            "Reward \(reward.name) is removed", text: summary(reward, names, turn), fields: [.init("The role", fate)],
            footer: "rewards restore \(reward.id) brings it back.", tone: .good)
    }

    static func shown(_ reward: Reward, _ row: JSON) -> Card {
        var fields = [
            Card.Field("Rule", "\(code: row["criteria"]?.text ?? "")", isInline: false),
            .init("Tier", "\(reward.tier) of \(reward.ladder)"), .init("Held for", "\(words: row["for"]?.text ?? "")"),
            .init("Holders", "\(row["holders"]?.int ?? 0)"), .init("State", "\(words: reward.state.rawValue)"),
        ]
        if reward.grace > .zero { fields.append(.init("Grace", "\(words: reward.grace.spelled)")) }
        if reward.stays { fields.append(.init("Taken back", "never because of the rule")) }
        let channels = (row["channels"]?.array ?? []).compactMap { $0["id"]?.id(Channel.self) }
        if !channels.isEmpty { fields.append(.init("Opens", joined(channels.map { "\($0)" }))) }
        if let last = row["last_ms"]?.int { fields.append(.init("Last run", "\(Instant(milliseconds: last), .relative)")) }
        if let next = row["next_ms"]?.int { fields.append(.init("Next run", "\(Instant(milliseconds: next), .relative)")) }
        let trouble = row["trouble"]?.text
        if let trouble { fields.append(.init("Trouble", "\(trouble)", isInline: false)) }
        return Card(
            "Reward \(reward.name)", text: "Gives \(reward.role).", fields: fields, tone: trouble == nil ? .plain : .warning)
    }

    static func list(_ rows: [JSON]) -> Card {
        let lines = rows.map { row -> Phrase in
            let state = row["state"]?.text ?? ""
            let trouble: Phrase = row["trouble"]?.text.map { "\n    \($0)" } ?? ""
            return """
                \(strong: row["id"]?.line ?? "")  \(strong: row["name"]?.text ?? "")  \(row["ladder"]?.text ?? "") \
                \(row["tier"]?.int ?? 0), \(code: row["criteria"]?.text ?? ""), \
                \(words: count(Int(row["holders"]?.int ?? 0), "holder"))\(words: state == "on" ? "" : ", \(state)")\(trouble)
                """
        }
        return Card("Rewards", text: lines.isEmpty ? "There are none. Set one up with rewards add." : .lines(lines))
    }

    static func checked(_ member: ID<Member>, _ checks: [Check], _ names: RuleWords) -> Card {
        let fields = checks.map { check -> Card.Field in
            var lines = [verdict(check)]
            lines += check.lines.prefix(12).map { line in
                "\(words: String(repeating: "  ", count: line.depth))\(words: line.holds ? "✓" : "✗") \(sentence(line, names))"
            }
            return Card.Field("\(check.reward.name)", .lines(lines), isInline: false)
        }
        return Card(
            "Rewards of \(member)", text: fields.isEmpty ? "There are no rewards here yet." : "",
            fields: Array(fields.prefix(20)))
    }

    private static func verdict(_ check: Check) -> Phrase {
        let until: Phrase = check.holding?.until.map { ", until \($0, .moment)" } ?? ""
        switch check.verdict {
        case .has:
            let hand: Phrase = check.holding == nil ? ", given by hand" : check.holding?.source == .award ? ", awarded" : ""
            return "Has it\(hand)\(until)."
        case .gains: return "Gains it with the next run."
        case .loses: return "Loses it with the next run: \(check.why ?? "")."
        case .lacks: return check.fulfils ? "Has a higher tier." : "Has it not yet."
        case .blocked: return "Cannot have it: \(check.why ?? "")"
        }
    }

    /// "points(30d) is 8,400, needs 12,000: 3,600 to go".
    static func sentence(_ line: RuleLine, _ names: RuleWords) -> String {
        switch line.what {
        case .compare(let figure, let comparison, _, let has, let needs):
            let needed =
                switch comparison {
                case .atLeast: "needs \(spelled(figure: needs))"
                case .more: "needs more than \(spelled(figure: needs))"
                case .atMost: "may be \(spelled(figure: needs)) at most"
                case .less: "must be less than \(spelled(figure: needs))"
                case .equal: "must be \(spelled(figure: needs))"
                case .unequal: "must not be \(spelled(figure: needs))"
                }
            let rest = line.missing.map { $0 > 0 ? ": \(spelled(figure: $0)) to go" : "" } ?? ""
            return "\(figure.text) is \(spelled(figure: has)), \(needed)\(rest)"
        case .trait(let trait, let wanted):
            let text = Rule.has(trait).text(naming: names.name)
            return line.holds == wanted ? "has \(text)" : "has not \(text)"
        case .oneOf: return "one of:"
        case .allOf: return "all of:"
        case .none: return "not:"
        }
    }

    static func wished(_ isOn: Bool) -> Card {
        Card(
            text: isOn
                ? "I tell you privately when you are almost there, at most once a week."
                : "I do not tell you when you are almost there.",
            tone: .good)
    }

    static func almost(_ reward: Reward, _ lines: [RuleLine], _ names: RuleWords) -> Card {
        Card(
            "Almost there: \(reward.name)", text: .lines(lines.map { "\(sentence($0, names))" }),
            footer: "You asked for this. Stop it with rewards almost off.")
    }

    // MARK: - Pieces

    private static func summary(_ reward: Reward, _ names: RuleWords, _ turn: Turn) -> Phrase {
        let rule = turn.spelled(rule: reward.rule, names)
        let time: Phrase = reward.lasts.map { ", for \(words: $0.spelled)" } ?? ""
        return "\(reward.role) for who fulfils \(code: rule)\(time); tier \(reward.tier) of \(reward.ladder)."
    }

    private static func effect(of reward: Reward, _ plan: RewardPlan) -> [Card.Field] {
        guard let index = plan.rewards.firstIndex(where: { $0.id == reward.id }) else { return [] }
        var fields = [
            Card.Field("Would gain it", "\(plan.count(.give, of: index))"),
            .init("Would lose it", "\(plan.count(.take, of: index))"), .init("Keep it", "\(plan.keeps[index])"),
        ]
        if let trouble = plan.trouble(index) { fields.append(.init("In the way", "\(trouble)", isInline: false)) }
        return fields
    }

    static func count(_ count: Int, _ thing: String) -> String { "\(count) \(thing)\(count == 1 ? "" : "s")" }

    static func joined(_ phrases: [Phrase]) -> Phrase { Phrase(Array(phrases.map(\.pieces).joined(separator: [.words(", ")]))) }
}
