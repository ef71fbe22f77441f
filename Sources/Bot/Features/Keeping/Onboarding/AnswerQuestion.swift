internal import Kit
internal import Shared

extension Onboarding {
    /// ONB-03, ONB-04: an answer, or, when nothing is given, the question itself.
    static let answer = Command(
        "onboarding.answer", "Answers a question of the onboarding, or shows it again", isPrivate: true, isForMembers: true,
        changes: true, isStep: true, returns: stepShape, example: "question: 1",
        .whole("question", "Its number", 1...Int.max),
        .optional(.several("choice", "What you choose", most: Question.mostOptions)),
        .optional(.text("text", "What you write", longest: 1000)), .yesNo("skip", "Leaves it out", default: false),
        more(1), more(2), more(3), more(4), more(5)
    ) { turn, number, choice, text, skips, first, second, third, fourth, fifth in
        var journey = try own(turn)
        let step = try Step(journey, turn)
        guard let walk = step.walk, journey.finished == nil else { return try goOn(&journey, turn) }
        guard let question = walk.asked.first(where: { $0.id == Int64(number) }) else {
            return try goOn(&journey, note: "That question is not asked any more.", turn)
        }
        let raw = RawAnswer(choice: choice, text: text, more: [first, second, third, fourth, fifth])
        switch try hear(raw, skips: skips, to: question, walk, Lane(), turn) {
        case .reply(let reply): return reply
        case .answered(let answer):
            try AnswerRows.write(answer, to: question, of: journey.member, at: turn.now, in: turn.store)
            // What was said is kept with the answers, and nowhere else.
            turn.change("answer of member \(journey.member) to \(question.subject)", from: .null, to: "given")
            return try goOn(&journey, turn)
        }
    }

    private static func more(_ number: Int) -> Parameter<String?> {
        .optional(.text("more_\(number)", "What you add to a choice", longest: 200))
    }

    // MARK: - Hearing

    /// Which commands the buttons of a questionnaire run: those that keep the answers, or those that only show how it goes.
    struct Lane {
        /// What was answered so far where nothing is kept.
        var trial: JSON?

        func runs(_ arguments: JSON) -> Invocation {
            guard let trial else { return Invocation(command: "onboarding.answer", arguments: arguments) }
            return Invocation(
                command: "onboarding.preview", arguments: arguments.joined(with: ["given": .string(trial.line)]))
        }
    }

    enum Heard {
        case reply(Reply)
        case answered(GivenAnswer)
    }

    /// Takes an answer, asks for what belongs to it, or says what is wrong with it.
    static func hear(
        _ raw: RawAnswer, skips: Bool, to question: Question, _ walk: Walk, _ lane: Lane, _ turn: Turn
    ) throws -> Heard {
        let shown = { (note: Phrase?) in
            Reply.replace(StepText.question(question, walk, lane, note: note), data: questionRow(question))
        }
        if skips {
            guard !question.body.isRequired else { return .reply(shown("This question has to be answered.")) }
            return .answered(GivenAnswer(asked: question.body.text, isOne: question.body.kind == .one, value: .skipped))
        }
        if raw.choice == nil, raw.text == nil {
            if question.body.kind.isChosen || turn.door == .socket || turn.door == .prefix { return .reply(shown(nil)) }
            return .reply(
                .asking(window(question, walk, lane), StepText.question(question, walk, lane), data: questionRow(question)))
        }
        do throws(Refusal) {
            if question.body.kind.isChosen, let words = raw.choice, raw.more.allSatisfy({ $0 == nil }) {
                let keys = try question.keys(of: words)
                let asked = question.followUps(of: keys)
                if !asked.isEmpty, turn.door != .form {
                    return .reply(
                        .asking(
                            followUps(asked, keys, question, lane), StepText.question(question, walk, lane),
                            data: questionRow(question)))
                }
            }
            return .answered(try question.answer(raw))
        } catch {
            // In a window nobody can read a refusal: the question is shown again, and what was wrong.
            guard turn.door == .form else { throw error }
            return .reply(shown("\(error.sentence) \(error.hint ?? "")"))
        }
    }

    private static func window(_ question: Question, _ walk: Walk, _ lane: Lane) -> Asking {
        let written: String? = if case .written(let text)? = walk.answers[question.id]?.value { text } else { nil }
        let field = Form.Field(
            name: "text", label: question.body.text, hint: question.body.hint ?? question.body.asWords ?? "",
            value: written ?? "", isLong: question.body.kind == .long, isRequired: question.body.isRequired,
            longest: question.longest)
        return Asking(
            "Question \(walk.number(of: question)) of \(walk.asked.count)", [field],
            runs: lane.runs(["question": .int(question.id)]))
    }

    private static func followUps(_ options: [Question.Option], _ keys: [Int], _ question: Question, _ lane: Lane) -> Asking {
        let fields = options.enumerated().map { index, option in
            Form.Field(name: "more_\(index + 1)", label: option.followUp ?? "", hint: option.label, longest: 200)
        }
        let chosen = JSON.array(keys.map { .string(String($0)) })
        return Asking(
            question.body.text, fields, runs: lane.runs(["question": .int(question.id), "choice": chosen]))
    }

    private static func questionRow(_ question: Question) -> JSON {
        ["stage": "question", "question": .int(question.id), "asks": .string(question.body.text)]
    }
}

extension Step {
    /// The questionnaire, once it is its turn.
    var walk: Walk? {
        switch self {
        case .question(_, let walk), .review(let walk): walk
        case .privacy, .rules, .done: nil
        }
    }
}
