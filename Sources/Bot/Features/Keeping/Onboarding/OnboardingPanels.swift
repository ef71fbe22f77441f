internal import Kit
internal import Shared

extension Onboarding {
    static let funnelPanel = Panel(
        "onboarding.funnel", "Onboarding", "Where new members stop", access: .moderate,
        tables: ["onboarding_journeys", "onboarding_answers", "onboarding_questions"],
        columns: [
            .init("step", "Step", .text), .init("reached", "Came here", .number), .init("share", "Of all", .percent),
            .init("stopped", "Stopped", .number), .init("left", "Left", .number),
        ],
        chart: .init("funnel", x: "step", y: "reached"), refresh: 60.seconds,
        .whole("days", "Of those who joined in so many days", 1...3650, default: 30)
    ) { turn, days in
        let funnel = try Funnel(days: days, turn)
        return zip(funnel.lines, funnel.rows).map { Panel.Line($0.key, $1) }
    }

    static let journeysPanel = Panel(
        "onboarding.list", "New members", "Who has come how far", access: .moderate,
        tables: ["onboarding_journeys", "onboarding_answers", "onboarding_questions"],
        columns: [
            .init("name", "Member", .text), .init("stage", "Is at", .state), .init("asks", "Question", .text),
            .init("answered", "Answers", .number), .init("moved_ms", "Since", .time), .init("joined_ms", "Joined", .time),
            .init("roles", "Roles", .text), .init("reminders", "Reminded", .number),
        ],
        actions: [
            .init("onboarding.show", "Answers", ["member": "id"]), .init("onboarding.reset", "Begin anew", ["member": "id"]),
            .init("onboarding.dismiss", "Remove who never finishes", [:]),
        ],
        empty: "Nobody has come since the onboarding was set up."
    ) { turn in
        try journeys(nil, from: 0, limit: 500, turn).map { journey in
            let row = try row(of: journey, turn)
            return Panel.Line(
                journey.member.description,
                row.joined(with: ["id": .id(journey.member), "name": row["member"]?["name"] ?? .null]))
        }
    }

    static let questionsPanel = Panel(
        "onboarding.questions", "Questions", "What new members are asked, in this order", access: .moderate,
        tables: ["onboarding_questions"],
        columns: [
            .init("place", "Place", .number), .init("question", "#", .number), .init("kind", "Kind", .text),
            .init("text", "Question", .text), .init("list", "Choices", .text), .init("required", "Required", .text),
            .init("only_if", "Only if", .text),
        ],
        actions: [
            .init("onboarding.edit", "Edit", ["question": "question", "text": "text", "hint": "hint", "only_if": "only_if"]),
            .init("onboarding.choice", "Choice", ["question": "question"]),
            .init("onboarding.drop", "Drop a choice", ["question": "question"]),
            .init("onboarding.move", "Move", ["question": "question", "place": "place"]),
            .init("onboarding.add", "Add", [:]), .init("onboarding.preview", "Preview", [:]),
            .init("onboarding.remove", "Remove", ["question": "question"]),
        ],
        empty: "No questions yet: who accepts the rules is done. onboarding add asks something."
    ) { turn in
        try QuestionRows.all(of: try turn.requireGuild(), in: turn.store).map { question in
            let list = question.body.options.map(\.label).joined(separator: " | ")
            return Panel.Line(
                String(question.id),
                row(of: question).joined(with: [
                    "list": .string(list), "required": .string(question.body.isRequired ? "yes" : "no"),
                ]))
        }
    }
}
