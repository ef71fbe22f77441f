internal import Kit
internal import Shared

/// A role that is to be earned.
struct Reward: Equatable {
    enum State: String { case on, paused, removed }

    var id: Int64 = 0
    var guild: ID<Guild>
    var role: ID<Role>
    var name: String
    /// Of the tiers of one ladder the highest counts.
    var ladder: String
    var tier: Int
    /// As it is kept: things by their ids.
    var rule: String
    /// How long it is held; nil for as long as the rule holds.
    var lasts: Duration?
    /// How long the rule may fail before the role is taken back.
    var grace = Duration.zero
    /// Is never taken back because the rule fails.
    var stays = false
    var state = State.on
    /// Why Discord did not let it be given, the last time.
    var trouble: String?
    var lastRun: Instant?
    var version: Int64 = 1

    var subject: String { "reward \(id)" }

    /// What an admin can set, as the audit and the undo know it.
    var settings: JSON {
        .fields([
            "role": .id(role), "tier": .int(Int64(tier)), "criteria": .string(rule), "name": .string(name),
            "ladder": .string(ladder), "for": .string(lasts?.exactly ?? "always"), "grace": .string(grace.exactly),
            "keep": .bool(stays),
        ])
    }

    /// Its rule; one that cannot be read any more, because what it speaks of is not measured here now, says so.
    func readRule(_ words: RuleWords) -> Result<Rule, Refusal> {
        var lenient = words
        lenient.isLenient = true
        do throws(Refusal) { return .success(try Rule(rule, words: lenient, field: "criteria")) } catch {
            return .failure(error)
        }
    }
}

extension Turn {
    /// The words of rules, with the rewards of the turn's guild.
    func rewardWords() throws -> RuleWords {
        var words = ruleWords
        words.rewards = try RewardRows.all(of: try requireGuild(), in: store).map { ($0.id, $0.name) }
        return words
    }

    /// A rule as people read it.
    func spelled(rule text: String, _ words: RuleWords) -> String {
        var lenient = words
        lenient.isLenient = true
        guard let rule = try? Rule(text, words: lenient, field: "criteria") else { return text }
        return rule.text(naming: words.name)
    }
}
