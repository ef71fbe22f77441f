internal import Kit
internal import Shared

/// What runs, awards and simulations say to people.
extension RewardText {
    static func planned(_ plan: RewardPlan, _ page: [RewardPlan.Line], _ turn: Turn) -> Card {
        let counts = plan.rewards.indices.map { index -> Phrase in
            let blocked = plan.blocked.count { $0.reward == index }
            let trouble: Phrase = plan.trouble(index).map { "\n    \($0)" } ?? ""
            return """
                \(strong: plan.rewards[index].name)  \(plan.count(.give, of: index)) gain, \(plan.count(.take, of: index)) lose, \
                \(plan.keeps[index]) keep, \(blocked) blocked\(trouble)
                """
        }
        let lines = page.compactMap { line -> Phrase? in
            ID<Member>(line.member).map { "\($0) \(words: line.deed) \(plan.rewards[line.reward].name): \(line.why)" }
        }
        var fields: [Card.Field] = []
        if !lines.isEmpty { fields.append(.init("Who", .lines(lines), isInline: false)) }
        return Card(
            "What a run would change", text: counts.isEmpty ? "There are no rewards here yet." : .lines(counts), fields: fields,
            footer: plan.changes.isEmpty ? "Nothing would change." : "Carry it out with rewards apply.")
    }

    static func applied(_ plan: RewardPlan, _ run: Int64) -> Card {
        if plan.changes.isEmpty, plan.overdue.isEmpty {
            return Card(text: "Nothing had to be changed.", tone: .good)
        }
        return Card(
            text: "Run \(run) is under way: \(plan.count(.give)) gain, \(plan.count(.take) + plan.overdue.count) lose.",
            footer: "See what becomes of it: rewards history run: \(words: String(run)).", tone: .good)
    }

    static func braked(_ plan: RewardPlan, _ most: Int) -> Card {
        Card(
            "Rewards wait for you",
            text: """
                The run would change \(plan.changes.count) roles (\(plan.count(.give)) gained, \(plan.count(.take)) lost). By myself \
                I change \(most) at the most, so nothing has been changed.
                """, footer: "Look at it, then apply it, or change the rule.", tone: .warning,
            buttons: [
                Button("Show the plan", runs: "rewards.plan"), Button("Apply it", style: .primary, runs: "rewards.apply"),
            ])
    }

    static func awarded(_ members: [ID<Member>], _ prize: Prize, until: Instant?) -> Card {
        let time: Phrase = until.map { " until \($0, .moment)" } ?? ""
        return Card(
            text: "\(joined(members.map { "\($0)" })) \(words: members.count == 1 ? "gets" : "get") \(prize.role)\(time).",
            tone: .good)
    }

    static func revoked(_ member: ID<Member>, _ prize: Prize, isDropped: Bool) -> Card {
        Card(
            text: "\(member) loses \(prize.role).",
            footer: isDropped ? "The rule does not give it again as long as it holds; rewards award does." : nil, tone: .good)
    }

    static func unlocked(_ reward: Reward, _ channel: ID<Channel>, isOpenToAll: Bool) -> Card {
        Card(
            text: "Holders of \(reward.name) may see \(channel).",
            footer: isOpenToAll
                ? "Everybody may see it at present: take View Channel from @everyone in the channel's settings to make it private."
                : nil, tone: isOpenToAll ? .warning : .good)
    }

    static func locked(_ reward: Reward, _ channel: ID<Channel>) -> Card {
        Card(text: "\(reward.name) does not open \(channel) any more.", tone: .good)
    }

    static func holders(_ rows: [JSON]) -> Card {
        let lines = rows.map { row -> Phrase in
            let until: Phrase = row["until_ms"]?.int.map { ", until \(Instant(milliseconds: $0), .moment)" } ?? ""
            let state = row["state"]?.text ?? ""
            return """
                \(member(row)) \(role(row)) since \(Instant(milliseconds: row["since_ms"]?.int ?? 0), .date)\(until)\
                \(words: row["source"]?.text == "award" ? ", awarded" : "")\(words: state == "held" ? "" : ", \(state)")
                """
        }
        return Card("Who holds what", text: lines.isEmpty ? "Nobody holds a reward." : .lines(lines))
    }

    static func history(_ rows: [JSON]) -> Card {
        let lines = rows.map { row -> Phrase in
            let note: Phrase = row["note"]?.text.map { " (\($0))" } ?? ""
            let deed = row["deed"]?.text == "give" ? "+" : "−"
            return """
                \(Instant(milliseconds: row["at_ms"]?.int ?? 0), .moment)  \(words: deed) \(role(row)) \(member(row)): \
                \(row["why"]?.text ?? ""), \(words: row["outcome"]?.text ?? "")\(note)
                """
        }
        return Card("Roles given and taken", text: lines.isEmpty ? "Nothing yet." : .lines(lines))
    }

    static func runs(_ rows: [JSON]) -> Card {
        let lines = rows.map { row -> Phrase in
            let note: Phrase = row["note"]?.text.map { ": \($0)" } ?? ""
            return """
                \(strong: row["id"]?.line ?? "")  \(Instant(milliseconds: row["at_ms"]?.int ?? 0), .moment)  \
                \(words: row["cause"]?.text ?? ""), \(words: row["state"]?.text ?? ""): \(row["gains"]?.int ?? 0) gain, \
                \(row["losses"]?.int ?? 0) lose, \(row["blocked"]?.int ?? 0) blocked, \(row["refused"]?.int ?? 0) refused\(note)
                """
        }
        return Card("Runs", text: lines.isEmpty ? "No run yet." : .lines(lines))
    }

    static func simulated(_ simulation: Simulation, _ page: [Simulation.Line], _ turn: Turn) -> Card {
        let rewards = simulation.rewards.indices.map { index -> Phrase in
            let (before, after) = (simulation.before[index].count { $0 }, simulation.after[index].count { $0 })
            return "\(strong: simulation.rewards[index].name)  \(before) fulfil it now, \(after) would"
        }
        let board = simulation.board.enumerated().compactMap { rank, place -> Phrase? in
            guard let member = ID<Member>(simulation.roll.members[place.index]) else { return nil }
            let before = place.before == 0 ? "new" : place.before == rank + 1 ? "as now" : "now #\(place.before)"
            return
                "#\(rank + 1) \(member), \(words: spelled(figure: simulation.scores.after[place.index])) points (\(words: before))"
        }
        let changes = page.compactMap { line -> Phrase? in
            ID<Member>(line.member).map {
                "\($0) \(words: line.gains ? "gains" : "loses") \(simulation.rewards[line.reward].name)"
            }
        }
        var fields: [Card.Field] = []
        if !board.isEmpty { fields.append(.init("Board", .lines(board), isInline: false)) }
        if !changes.isEmpty { fields.append(.init("Who", .lines(changes), isInline: false)) }
        return Card(
            "What would have been", text: rewards.isEmpty ? "There are no rewards here yet." : .lines(rewards), fields: fields,
            footer: "Nothing was changed. Momentum and streaks are as they are.")
    }

    private static func member(_ row: JSON) -> Phrase { row["member"]?["id"]?.id(Member.self).map { "\($0)" } ?? "somebody" }
    private static func role(_ row: JSON) -> Phrase { row["role"]?["id"]?.id(Role.self).map { "\($0)" } ?? "a role" }
}
