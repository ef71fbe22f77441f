internal import Kit
internal import Shared

extension Rewards {
    /// Another rule, other weights or another decay over what is in the books: boards and roles before and after, nothing changed.
    static let simulate = Command(
        "rewards.simulate", "What another rule or other points would have meant, over the recorded past; nothing is changed",
        access: .moderate, isSlow: true, changes: false, returns: simulationShape,
        example: "reward: Regular criteria: points(30d) >= 800 decay: 0.95",
        .optional(which), .optional(.text("criteria", "The rule that it would have", longest: Rule.longest)),
        points("message", "Points of a message"), points("reply", "Points on top for a reply"),
        points("starter", "Points on top for starting a conversation"), points("channel", "Points for a further channel"),
        points("reaction", "Points for a reaction"), points("voice", "Points for a minute in voice"),
        .optional(.decimal("decay", "What is left of a day's points each day since", 0.01...1)),
        .whole("days", "How many days of the past count", 1...400, default: 180), .limit(25), .cursor
    ) { turn, which, criteria, message, reply, starter, channel, reaction, voice, decay, days, limit, cursor in
        var weights = WhatIfReading.Weights()
        (weights.message, weights.reply, weights.starter) = (message, reply, starter)
        (weights.channel, weights.reaction, weights.voice, weights.decay) = (channel, reaction, voice, decay)
        let simulation = try Simulation(which, criteria, weights, days: days, turn)
        let lines = simulation.lines
        let page = Array(lines.dropFirst(cursor.offset).prefix(limit))
        let next = lines.count > cursor.offset + limit ? Cursor(offset: cursor.offset + limit) : nil
        return .page(
            RewardText.simulated(simulation, page, turn), data: simulation.data(page, next: next?.text, turn), next: next?.text)
    }

    private static func points(_ name: String, _ summary: String) -> Parameter<Double?> {
        .optional(.decimal(name, summary, 0...1000))
    }

    private static let simulationShape = Shape.record([
        "rewards": .list(
            .record([
                "reward": .whole, "name": .text, "criteria": .text, "before": .whole, "after": .whole, "gains": .whole,
                "losses": .whole,
            ])),
        "board": .list(
            .record([
                "member": .named, "rank": .whole, "before": .whole, "score": .decimal, "score_before": .decimal,
            ])),
        "rows": .list(.record(["member": .named, "reward": .whole, "name": .text, "deed": .text])), "next": .text,
    ])
}

/// Who would fulfil which rule, and who would stand where, if things had been otherwise.
struct Simulation {
    struct Line {
        var member: Int64
        var reward: Int
        var gains: Bool
    }

    /// So many places of the board are compared.
    private static let places = 10

    let rewards: [Reward]
    let before: [[Bool]]
    let after: [[Bool]]
    let roll: RuleRoll
    let scores: (before: [Double], after: [Double])

    init(
        _ which: String?, _ criteria: String?, _ weights: WhatIfReading.Weights, days: Int, _ turn: Turn
    ) throws {
        let guild = try turn.requireGuild()
        let isOther = weights != WhatIfReading.Weights()
        guard isOther || criteria != nil else {
            throw Refusal.invalid(
                "Say what would be otherwise.", field: "criteria",
                hint: "A reward and its criteria, weights such as reply: 3, or decay.")
        }
        guard criteria == nil || which != nil else {
            throw Refusal.invalid("Say whose rule that would be.", field: "reward", hint: "See them with rewards list.")
        }
        let reading = turn.house.catalogue.reading(WhatIfReading.self)
        guard !isOther || reading != nil else {
            throw Refusal.unavailable("Nobody here keeps books that other points could be worked out from.")
        }
        let words = try turn.rewardWords()
        var chosen = try which.map { [try RewardRows.require($0, turn)] } ?? RewardRows.all(of: guild, in: turn.store)
        let was = try chosen.map { try $0.readRule(words).get() }
        if let criteria { chosen[0].rule = try Rule(criteria, words: words, field: "criteria").text }
        let would = try chosen.map { try $0.readRule(words).get() }
        rewards = chosen
        let roles = (was + would).reduce(into: Set(chosen.map(\.role))) { found, rule in
            for case .role(let id) in rule.traits { found.insert(id) }
        }
        roll = RuleRoll(of: guild, roles: roles, turn.house.directory)
        let score = Rule.compare(.measure(Term("score")), .more, .number(0))
        let held = try RewardPlan.heldRewards(was + would, roll, HoldingRows.all(where: "guild = \(guild)", in: turn.store))
        let other = isOther ? reading?.measures(turn, weights, days) ?? [] : []
        let instead = Dictionary(other.map { ($0.name, $0) }) { first, _ in first }
        let now = try turn.columns(for: was + would + [score], roll, traits: held)
        let then = isOther ? try turn.columns(for: would + [score], roll, instead: instead, traits: held) : now
        before = was.map { $0.judge(now) }
        after = would.map { $0.judge(then) }
        scores = (now.figures[Term("score")] ?? [], then.figures[Term("score")] ?? [])
    }

    /// Who would gain or lose what.
    var lines: [Line] {
        rewards.indices.flatMap { reward in
            roll.members.indices.compactMap { index in
                before[reward][index] == after[reward][index]
                    ? nil : Line(member: roll.members[index], reward: reward, gains: after[reward][index])
            }
        }
    }

    /// The first places as they would be: who, and where they stand now.
    var board: [(index: Int, before: Int)] {
        let old = order(scores.before)
        let ranks = Dictionary(old.enumerated().map { ($1, $0 + 1) }) { first, _ in first }
        return order(scores.after).prefix(Self.places).map { ($0, ranks[$0] ?? 0) }
    }

    private func order(_ scores: [Double]) -> [Int] {
        scores.indices.filter { scores[$0] > 0 }.sorted { (scores[$0], $1) > (scores[$1], $0) }
    }

    func data(_ page: [Line], next: String?, _ turn: Turn) -> JSON {
        let names = (try? turn.rewardWords()) ?? RuleWords()
        func named(_ member: Int64) -> JSON? { ID<Member>(member).map { turn.named($0) } }
        return .fields([
            "rewards": .array(
                rewards.indices.map { index in
                    let lines = zip(before[index], after[index])
                    return .fields([
                        "reward": .int(rewards[index].id), "name": .string(rewards[index].name),
                        "criteria": .string(turn.spelled(rule: rewards[index].rule, names)),
                        "before": .int(Int64(before[index].count { $0 })), "after": .int(Int64(after[index].count { $0 })),
                        "gains": .int(Int64(lines.count { !$0 && $1 })), "losses": .int(Int64(lines.count { $0 && !$1 })),
                    ])
                }),
            "board": .array(
                board.enumerated().map { rank, place in
                    .fields([
                        "member": named(roll.members[place.index]), "rank": .int(Int64(rank + 1)),
                        "before": place.before == 0 ? nil : .int(Int64(place.before)),
                        "score": Rewards.number(scores.after[place.index]),
                        "score_before": Rewards.number(scores.before[place.index]),
                    ])
                }),
            "rows": .array(
                page.map {
                    .fields([
                        "member": named($0.member), "reward": .int(rewards[$0.reward].id),
                        "name": .string(rewards[$0.reward].name), "deed": .string($0.gains ? "gains" : "loses"),
                    ])
                }), "next": next.map { .string($0) },
        ])
    }
}
