internal import Kit
internal import Shared

extension Onboarding {
    static let questions = Command(
        "onboarding.questions", "The questions of the onboarding, in their order", access: .moderate, changes: false,
        returns: .record(["rows": .list(questionShape)])
    ) { turn in
        let all = try QuestionRows.all(of: try turn.requireGuild(), in: turn.store)
        return .done(OnboardingText.questions(all), data: ["rows": .array(all.map { row(of: $0) })])
    }

    static let export = Command(
        "onboarding.export", "The rules and questions as a file", access: .manageGuild, isPrivate: true, changes: false,
        returns: .record(["rules": .list(.text), "version": .whole, "questions": .list(.anything)])
    ) { turn in
        let guild = try turn.requireGuild()
        let book = try turn.rules()
        let questions = try QuestionRows.all(of: guild, in: turn.store).map { question in
            JSON.fields([
                "question": .int(question.id), "place": .int(question.place),
                "body": .string(try JSON(encoding: question.body).line),
            ])
        }
        let data: JSON = [
            "version": .int(book.version), "rules": .array(book.rules.map(JSON.string)), "questions": .array(questions),
        ]
        return Reply(
            .file(name: "onboarding-of-\(guild).json", bytes: Array(data.line.utf8)),
            Card(
                text: "\(counted(Int64(book.rules.count), "rule")) and \(counted(Int64(questions.count), "question")), as JSON."
            ),
            data: data)
    }

    /// As a member would see it, a step at a time: answers travel with the buttons and are kept nowhere.
    static let preview = Command(
        "onboarding.preview", "Shows only you the questions as a member sees them; nothing is kept", access: .moderate,
        isPrivate: true, changes: false, isStep: true, returns: stepShape,
        .optional(.text("given", "What was answered so far", longest: 8000)),
        .optional(.whole("question", "Which one is answered", 1...Int.max)),
        .optional(.several("choice", "What you choose", most: Question.mostOptions)),
        .optional(.text("text", "What you write", longest: 1000)), .yesNo("skip", "Leaves it out", default: false),
        trialMore(1), trialMore(2), trialMore(3), trialMore(4), trialMore(5)
    ) { turn, given, number, choice, text, skips, first, second, third, fourth, fifth in
        let questions = try QuestionRows.all(of: try turn.requireGuild(), in: turn.store)
        guard !questions.isEmpty else {
            throw Refusal.notFound("There are no questions here yet.", hint: "Add the first with onboarding add.")
        }
        var answers = try given.map(read) ?? [:]
        let asked = Walk(questions, answers)
        if let question = number.flatMap({ id in asked.asked.first { $0.id == Int64(id) } }) {
            let raw = RawAnswer(choice: choice, text: text, more: [first, second, third, fourth, fifth])
            switch try hear(raw, skips: skips, to: question, asked, Lane(trial: try spell(answers)), turn) {
            case .reply(let reply): return reply
            case .answered(let answer): answers[question.id] = answer
            }
        }
        let walk = Walk(questions, answers)
        let lane = Lane(trial: try spell(answers))
        var card = walk.next.map { StepText.question($0, walk, lane) } ?? StepText.review(walk, lane)
        card.footer = "This is a preview: nothing is kept."
        let data = JSON.fields([
            "stage": walk.next == nil ? "review" : "question", "question": walk.next.map { .int($0.id) },
            "asks": walk.next.map { .string($0.body.text) }, "answered": .int(Int64(walk.given.count)),
            "of": .int(Int64(walk.asked.count)),
        ])
        return number == nil ? .done(card, data: data) : .replace(card, data: data)
    }

    private static func trialMore(_ number: Int) -> Parameter<String?> {
        .optional(.text("more_\(number)", "What you add to a choice", longest: 200))
    }

    private static func spell(_ answers: [Int64: GivenAnswer]) throws -> JSON {
        .object(
            JSON.Object(
                try answers.sorted { $0.key < $1.key }.map { (key: String($0.key), value: try JSON(encoding: $0.value)) }))
    }

    private static func read(_ text: String) throws(Refusal) -> [Int64: GivenAnswer] {
        let answers = (try? JSON(parsing: text))?.object?.members.map { name, value in
            (id: Int64(name) ?? 0, answer: try? value.decoded(as: GivenAnswer.self))
        }
        guard let answers, answers.allSatisfy({ $0.answer != nil }) else {
            throw .invalid("given is what a preview has passed on.", field: "given")
        }
        return answers.reduce(into: [:]) { $0[$1.id] = $1.answer }
    }

    // MARK: - Rows

    static let questionShape = Shape.record([
        "question": .whole, "place": .whole, "kind": .text, "text": .text, "hint": .text, "required": .flag,
        "least": .whole, "most": .whole, "pattern": .text, "as": .text, "only_if": .text, "version": .whole,
        "choices": .list(.record(["key": .whole, "label": .text, "follow_up": .text, "role": .id])),
    ])

    static func row(of question: Question) -> JSON {
        let body = question.body
        return .fields([
            "question": .int(question.id), "place": .int(question.place), "kind": .string(body.kind.rawValue),
            "text": .string(body.text), "hint": body.hint.map { .string($0) }, "required": .bool(body.isRequired),
            "least": body.kind == .several ? .int(Int64(body.least)) : nil,
            "most": body.kind == .several ? .int(Int64(body.most)) : nil, "pattern": body.pattern.map { .string($0) },
            "as": body.asWords.map { .string($0) }, "only_if": body.only.map { .string(spelled($0)) },
            "version": .int(question.version),
            "choices": .array(
                body.options.map { option in
                    .fields([
                        "key": .int(Int64(option.key)), "label": .string(option.label),
                        "follow_up": option.followUp.map { .string($0) }, "role": option.role.map { .id($0) },
                    ])
                }),
        ])
    }

    static func spelled(_ only: Question.Condition) -> String {
        "\(only.question): \(only.options.map(String.init).joined(separator: ", "))"
    }
}
