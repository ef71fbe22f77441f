internal import Kit
internal import Shared

/// What stands between somebody and the end of their onboarding.
enum Step {
    case privacy
    case rules(RulesReading.Book)
    case question(Question, Walk)
    case review(Walk)
    case done(Walk)

    /// The first that is not behind them: it follows from what is kept, and is the same however often it is asked.
    init(_ journey: Journey, _ turn: Turn) throws {
        let book = try turn.rules()
        let accepted = journey.rules ?? 0
        let isAccepted = book.rules.isEmpty || (turn[Onboarding.asksAgain] ? accepted >= book.version : accepted > 0)
        let walk = Walk(
            try QuestionRows.all(of: journey.guild, in: turn.store),
            try AnswerRows.all(of: journey.member, in: journey.guild, turn.store))
        if journey.finished != nil, isAccepted {
            self = .done(walk)
        } else if try turn.consent(of: journey.member) == nil {
            self = .privacy
        } else if !isAccepted {
            self = .rules(book)
        } else if journey.finished != nil {
            self = .done(walk)
        } else {
            self = walk.next.map { .question($0, walk) } ?? .review(walk)
        }
    }

    var stage: Journey.Stage {
        switch self {
        case .privacy: .privacy
        case .rules: .rules
        case .question: .question
        case .review: .review
        case .done: .done
        }
    }

    var question: Int64? { if case .question(let question, _) = self { question.id } else { nil } }
}

extension Onboarding {
    /// ONB-01: what the button under the rules runs, and `/onboarding start`.
    static let start = Command(
        "onboarding.start", "Begins your onboarding here, or goes on where you stopped", isPrivate: true, isForMembers: true,
        changes: true, isStep: true, returns: stepShape,
        .optional(Parameter<Int>.whole("agree", "The version of the privacy text that you agree to", 1...Int.max))
    ) { turn, agreed in
        var journey = try own(turn)
        if let agreed { try turn.agree(journey.member, to: Int64(agreed), via: "onboarding") }
        journey.started = journey.started ?? turn.now
        // The message that everybody sees stays; only one's own is redrawn.
        return try goOn(&journey, redraws: agreed != nil, turn)
    }

    /// ONB-02: which rules were accepted, and when.
    static let accept = Command(
        "onboarding.accept", "Accepts the rules of the server", isPrivate: true, isForMembers: true, changes: true,
        isStep: true, returns: stepShape, example: "version: 1",
        .whole("version", "The version that you read", 1...Int.max)
    ) { turn, version in
        var journey = try own(turn)
        if case .rules(let book) = try Step(journey, turn) {
            guard Int64(version) == book.version else {
                // They changed while somebody was reading them.
                return try goOn(&journey, note: "The rules have changed. Please read them again.", turn)
            }
            journey.accepted = turn.now
            journey.rules = book.version
            turn.change("rules accepted by member \(journey.member)", from: .null, to: .int(book.version))
        }
        return try goOn(&journey, turn)
    }

    static let finish = Command(
        "onboarding.finish", "Sends your answers", isPrivate: true, isForMembers: true, changes: true, isStep: true,
        returns: stepShape
    ) { turn in
        var journey = try own(turn)
        if case .review(let walk) = try Step(journey, turn) { try complete(&journey, walk, turn) }
        return try goOn(&journey, turn)
    }

    // MARK: - Going on

    /// The asker's journey; it begins here where they have none.
    static func own(_ turn: Turn) throws -> Journey {
        let (guild, member) = (try turn.requireGuild(), try turn.requireMember())
        let profile = turn.house.directory.member(member, in: guild)
        if profile?.isBot == true { throw Refusal.forbidden("Bots need no onboarding.") }
        if profile?.isPending == true {
            throw Refusal(
                .conflict, "The server's own screening comes first.", hint: "Accept it where Discord shows it, then come back.")
        }
        if let known = try JourneyRows.find(member, in: guild, turn.store) { return known }
        guard try NoticeRows.here(turn).isSetUp(turn) || !QuestionRows.all(of: guild, in: turn.store).isEmpty else {
            throw Refusal.unavailable("There is no onboarding here.", hint: "An admin begins one with onboarding post.")
        }
        return Journey(guild: guild, member: member, joined: profile?.joined ?? turn.now, moved: turn.now)
    }

    /// Writes down where somebody is now, and shows them what comes next. With nothing to answer there is nothing to look at again.
    static func goOn(
        _ journey: inout Journey, note: Phrase? = nil, redraws: Bool = true, _ turn: Turn
    ) throws -> Reply {
        var step = try Step(journey, turn)
        if case .review(let walk) = step, walk.given.isEmpty {
            try complete(&journey, walk, turn)
            step = try Step(journey, turn)
        }
        let before = journey.stage
        journey.move(to: step.stage, question: step.question, at: turn.now)
        journey.left = nil
        try JourneyRows.write(journey, in: turn.store)
        if before != journey.stage {
            turn.change(
                "onboarding of member \(journey.member)", from: .string(before.rawValue), to: .string(journey.stage.rawValue))
        }
        var card = try StepText.card(step, journey, turn)
        if let note { card.text = note + "\n\n" + card.text }
        return Reply(redraws ? .replace : .done, card, data: row(of: step, journey))
    }

    static let stepShape = Shape.record([
        "stage": .text, "question": .whole, "asks": .text, "answered": .whole, "of": .whole, "finished_ms": .instant,
    ])

    private static func row(of step: Step, _ journey: Journey) -> JSON {
        var (asks, walk): (String?, Walk?) = (nil, nil)
        switch step {
        case .question(let question, let way): (asks, walk) = (question.body.text, way)
        case .review(let way), .done(let way): walk = way
        case .privacy, .rules: break
        }
        return .fields([
            "stage": .string(step.stage.rawValue), "question": step.question.map { .int($0) },
            "asks": asks.map { .string($0) }, "answered": walk.map { .int(Int64($0.given.count)) },
            "of": walk.map { .int(Int64($0.asked.count)) },
            "finished_ms": journey.finished.map { .int($0.milliseconds) },
        ])
    }
}
