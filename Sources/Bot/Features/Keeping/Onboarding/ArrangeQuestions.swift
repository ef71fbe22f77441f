internal import Kit
internal import Shared

extension Onboarding {
    static let choice = Command(
        "onboarding.choice", "Adds a choice to a list, or changes one", access: .manageGuild, changes: true,
        returns: questionShape, example: "question: 1 choice: Elsewhere follow_up: \"Where is that?\"",
        which, choiceName, .optional(.text("label", "Its new words", longest: 80)),
        .optional(.text("follow_up", "What is asked of who chooses it; none for nothing", longest: 45)),
        .optional(.role("role", "What who chose it is given at the end")),
        .yesNo("no_role", "Whether it gives no role any more", default: false)
    ) { turn, id, name, label, followUp, role, isRoleless in
        let old = try QuestionRows.require(id, turn)
        guard old.body.kind.isChosen else { throw Refusal.invalid("Question \(id) has no list.", field: "question") }
        var body = old.body
        let known = body.options.firstIndex { $0.label.lowercased() == name.lowercased() || String($0.key) == name }
        let index = known ?? body.options.endIndex
        if known == nil {
            let key = (body.options.map(\.key).max() ?? 0) + 1
            // Who may choose all may choose the new one too.
            if body.kind == .several, body.most == body.options.count { body.most += 1 }
            body.options.append(Question.Option(key: key, label: name))
        }
        if let label { body.options[index].label = trimmed(label) }
        if let followUp {
            body.options[index].followUp = ["", "none"].contains(trimmed(followUp).lowercased()) ? nil : trimmed(followUp)
        }
        if let role { body.options[index].role = role }
        if isRoleless { body.options[index].role = nil }
        return try rewrite(old, as: body, try QuestionRows.all(of: old.guild, in: turn.store), turn)
    }

    static let dropChoice = Command(
        "onboarding.drop", "Takes a choice out of a list", access: .manageGuild, changes: true, returns: questionShape,
        example: "question: 1 choice: Elsewhere", which, choiceName
    ) { turn, id, name in
        let old = try QuestionRows.require(id, turn)
        let gone = try option(name, of: old, field: "choice")
        var body = old.body
        body.options.removeAll { $0.key == gone.key }
        body.most = min(body.most, max(1, body.options.count))
        body.least = min(body.least, body.most)
        return try rewrite(old, as: body, try QuestionRows.all(of: old.guild, in: turn.store), turn)
    }

    static let move = Command(
        "onboarding.move", "Gives a question another place in the order", access: .manageGuild, changes: true,
        returns: questionShape, example: "question: 3 place: 1",
        which, .whole("place", "Its new place", 1...Question.mostQuestions)
    ) { turn, id, place in
        let question = try QuestionRows.require(id, turn)
        try turn.require(version: question.version)
        var questions = try QuestionRows.all(of: question.guild, in: turn.store)
        let from = questions.firstIndex { $0.id == question.id } ?? 0
        questions.remove(at: from)
        let target = min(place - 1, questions.count)
        questions.insert(question, at: target)
        try checkBranches(of: questions)
        try QuestionRows.order(questions, in: turn.store)
        turn.change("place of \(question.subject)", from: .int(Int64(from + 1)), to: .int(Int64(target + 1)))
        return .done(
            OnboardingText.moved(question, to: target + 1), data: row(of: question),
            undo: Invocation(
                command: "onboarding.move", arguments: ["question": .int(question.id), "place": .int(Int64(from + 1))]))
    }

    static let remove = switching(
        "onboarding.remove", "Removes a question; what was answered to it stays", removes: true, back: "onboarding.restore")
    static let restore = switching(
        "onboarding.restore", "Brings back a question that was removed", removes: false, back: "onboarding.remove")

    private static func switching(_ name: String, _ summary: String, removes: Bool, back: String) -> Command {
        Command(name, summary, access: .manageGuild, changes: true, returns: questionShape, example: "question: 1", which) {
            turn, id in
            var question = try QuestionRows.require(id, turn, removed: !removes)
            try turn.require(version: question.version)
            let undo = Invocation(command: back, arguments: ["question": .int(question.id)])
            guard question.isRemoved != removes else {
                return .done(OnboardingText.edited(question, "is there"), data: row(of: question))
            }
            var questions = try QuestionRows.all(of: question.guild, in: turn.store).filter { $0.id != question.id }
            question.isRemoved = removes
            if !removes {
                guard questions.count < Question.mostQuestions else {
                    throw Refusal.conflict("There are \(Question.mostQuestions) questions already.")
                }
                questions.insert(question, at: min(Int(question.place) - 1, questions.count))
                try check(question, in: questions, turn)
            } else {
                try checkBranches(of: questions)
            }
            try QuestionRows.update(question, in: turn.store)
            try QuestionRows.order(questions, in: turn.store)
            turn.change("state of \(question.subject)", from: .bool(removes), to: .bool(!removes))
            return .done(
                OnboardingText.edited(question, removes ? "is removed" : "is back"), data: row(of: question), undo: undo)
        }
    }

    private static let choiceName: Parameter<String> = {
        let words = Parameter<String>.text("choice", "Its words, or its number in the list", longest: 80)
        var outline = words.outline
        outline.isGreedy = false
        return Parameter(outline) { raw, context throws(Refusal) in trimmed(try words.parse(raw, context)) }
    }()
}
