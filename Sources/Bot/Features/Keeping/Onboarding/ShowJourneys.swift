internal import Kit
internal import Shared

extension Onboarding {
    static let overview = Command(
        "onboarding.overview", "Whether the onboarding is set up here, and what stands in its way", access: .moderate,
        changes: false, returns: noticeShape
    ) { turn in
        let poster = try NoticeRows.here(turn)
        let row = row(of: poster, turn)
        return .done(OnboardingText.status(row, try checkup.findings(turn)), data: row)
    }

    static let funnel = Command(
        "onboarding.funnel", "Where new members stop", access: .moderate, changes: false,
        returns: .record(["days": .whole, "rows": .list(funnelShape)]), example: "days: 30",
        .whole("days", "Of those who joined in so many days", 1...3650, default: 30)
    ) { turn, days in
        let funnel = try Funnel(days: days, turn)
        return .done(
            OnboardingText.funnel(funnel, days), data: ["days": .int(Int64(days)), "rows": .array(funnel.rows)])
    }

    static let list = Command(
        "onboarding.list", "Who has come how far", access: .moderate, changes: false,
        returns: .record(["rows": .list(journeyShape), "next": .text]), example: "stage: question",
        .optional(.oneOf("stage", "Only those who are there", default: nil as Journey.Stage?)), .limit(50), .cursor
    ) { turn, stage, limit, cursor in
        let all = try journeys(stage, from: cursor.offset, limit: limit + 1, turn)
        let next = all.count > limit ? Cursor(offset: cursor.offset + limit).text : nil
        let rows = try all.prefix(limit).map { try row(of: $0, turn) }
        return .page(
            OnboardingText.list(rows), data: .fields(["rows": .array(rows), "next": next.map { .string($0) }]), next: next)
    }

    /// ONB-06: what a member answered.
    static let show = Command(
        "onboarding.show", "How far a member has come, and what they answered", access: .moderate, isPrivate: true,
        changes: false, returns: answersShape, example: "me",
        .member("member", "Whom")
    ) { turn, member in
        let journey = try require(member, turn)
        let answers = try answers(of: member, turn)
        let row = try row(of: journey, turn).joined(with: ["answers": .array(answers)])
        return .done(OnboardingText.shown(row, journey), data: row)
    }

    static let reset = Command(
        "onboarding.reset", "Lets a member begin anew: their answers are deleted", access: .manageGuild, changes: true,
        returns: journeyShape, example: "member: @Ann",
        .member("member", "Whom")
    ) { turn, member in
        let journey = try require(member, turn)
        let gone = try AnswerRows.forget(member, in: journey.guild, turn.store)
        var fresh = Journey(guild: journey.guild, member: member, joined: journey.joined, moved: turn.now)
        fresh.greeting = journey.greeting == .sent ? .sent : .none
        fresh.left = journey.left
        try JourneyRows.write(fresh, in: turn.store)
        turn.askFirst()
        turn.change(
            "onboarding of member \(member)", from: ["stage": .string(journey.stage.rawValue), "answers": .int(Int64(gone))],
            to: .null)
        return .done(OnboardingText.wasReset(member), data: try row(of: fresh, turn))
    }

    private static func require(_ member: ID<Member>, _ turn: Turn) throws -> Journey {
        guard let journey = try JourneyRows.find(member, in: try turn.requireGuild(), turn.store) else {
            throw Refusal(
                .notFound, "That member has not begun here.", hint: "See who has with onboarding list.", field: "member")
        }
        return journey
    }

    // MARK: - Rows

    static let funnelShape = Shape.record([
        "step": .text, "reached": .whole, "stopped": .whole, "left": .whole, "share": .decimal,
    ])

    static let journeyShape = Shape.record([
        "member": .named, "stage": .text, "asks": .text, "answered": .whole, "joined_ms": .instant, "moved_ms": .instant,
        "accepted_ms": .instant, "rules_version": .whole, "finished_ms": .instant, "roles": .text, "reminders": .whole,
        "left_ms": .instant,
    ])

    private static let answersShape = Shape.record([
        "member": .named, "stage": .text, "asks": .text, "answered": .whole, "joined_ms": .instant, "moved_ms": .instant,
        "accepted_ms": .instant, "rules_version": .whole, "finished_ms": .instant, "roles": .text, "reminders": .whole,
        "left_ms": .instant,
        "answers": .list(
            .record(["question": .whole, "asked": .text, "answer": .anything, "words": .text, "at_ms": .instant])),
    ])

    static func journeys(_ stage: Journey.Stage?, from offset: Int, limit: Int, _ turn: Turn) throws -> [Journey] {
        let only: SQL = stage.map { "stage = \($0.rawValue)" } ?? "1 = 1"
        return try JourneyRows.all(
            of: try turn.requireGuild(), where: "\(only) ORDER BY moved DESC, member LIMIT \(limit) OFFSET \(offset)",
            in: turn.store)
    }

    static func row(of journey: Journey, _ turn: Turn) throws -> JSON {
        let answered = try turn.store.first(
            "SELECT COUNT(*) FROM onboarding_answers WHERE guild = \(journey.guild) AND member = \(journey.member)"
        ) { $0.int(0) }
        let asks = try journey.question.flatMap { id in
            try turn.store.first("SELECT body FROM onboarding_questions WHERE guild = \(journey.guild) AND id = \(id)") {
                $0.json(0)["text"]?.text
            }
        }.flatMap(\.self)
        func moment(_ instant: Instant?) -> JSON? { instant.map { .int($0.milliseconds) } }
        return .fields([
            "member": turn.named(journey.member), "stage": .string(journey.stage.rawValue),
            "asks": asks.map { .string($0) }, "answered": .int(answered ?? 0), "joined_ms": moment(journey.joined),
            "moved_ms": moment(journey.moved), "accepted_ms": moment(journey.accepted),
            "rules_version": journey.rules.map { .int($0) }, "finished_ms": moment(journey.finished),
            "roles": .string(journey.roles.rawValue), "reminders": .int(journey.reminders), "left_ms": moment(journey.left),
        ])
    }

    static func answers(of member: ID<Member>, _ turn: Turn) throws -> [JSON] {
        try turn.store.all(
            """
            SELECT a.question, a.answer, a.at FROM onboarding_answers a
            LEFT JOIN onboarding_questions q ON q.id = a.question
            WHERE a.guild = \(try turn.requireGuild()) AND a.member = \(member) ORDER BY q.removed, q.place, a.question
            """
        ) { row in
            let answer: GivenAnswer = try row.json(1).decoded()
            return [
                "question": .int(row.int(0)), "asked": .string(answer.asked), "answer": answer.json,
                "words": .string(answer.words), "at_ms": .int(row.int(2)),
            ]
        }
    }
}
