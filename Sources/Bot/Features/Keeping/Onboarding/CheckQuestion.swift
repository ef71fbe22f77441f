internal import Kit
internal import Shared

extension Onboarding {
    /// Refuses a question that could not be asked, where it stands among the others.
    static func check(_ question: Question, in questions: [Question], _ turn: Turn) throws(Refusal) {
        let body = question.body
        try checkWords(body.text, "text", longest: 300)
        if let hint = body.hint { try checkWords(hint, "hint", longest: 100) }
        if let words = body.asWords { try checkWords(words, "as", longest: 100) }
        if body.kind.isChosen {
            try checkOptions(body, RoleRights(question.guild, turn))
        } else if !body.options.isEmpty {
            throw .invalid("Only a question of kind one or several has choices.", field: "choices")
        }
        if let pattern = body.pattern {
            guard body.kind == .short || body.kind == .long else {
                throw .invalid("Only a short or long text can have a pattern.", field: "pattern")
            }
            _ = try Pattern(pattern)
        }
        try checkBranches(of: questions)
    }

    private static func checkWords(_ text: String, _ field: String, longest: Int, isLine: Bool = false) throws(Refusal) {
        guard !isLine || !text.contains(where: \.isNewline) else {
            throw .invalid("\(field) has more than one line.", field: field)
        }
        guard text.showsSomething, !text.utf8.contains(0) else {
            throw .invalid("\(field) has nothing in it that could be read.", field: field)
        }
        guard text.unicodeScalars.count <= longest else {
            throw .invalid("\(field) is \(text.unicodeScalars.count) characters long; \(longest) fit.", field: field)
        }
    }

    private static func checkOptions(_ body: Question.Body, _ rights: RoleRights) throws(Refusal) {
        let options = body.options
        guard (2...Question.mostOptions).contains(options.count) else {
            throw .invalid(
                "A list has 2 to \(Question.mostOptions) choices, not \(options.count).", field: "choices",
                hint: "Put | between them, such as: Yes | No.")
        }
        guard Set(options.map { $0.label.lowercased() }).count == options.count, Set(options.map(\.key)).count == options.count
        else { throw .invalid("Two choices have the same words.", field: "choices") }
        for option in options {
            try checkWords(option.label, "choices", longest: 80, isLine: true)
            // Commas part what is typed, and a number could be taken for the number of another.
            guard !option.label.contains(","),
                Int(option.label) == nil || options.allSatisfy({ String($0.key) != option.label || $0.key == option.key })
            else {
                throw .invalid(
                    "\"\(option.label)\" could be taken for something else: leave out commas and bare numbers.",
                    field: "choices")
            }
            if let followUp = option.followUp { try checkWords(followUp, "follow_up", longest: 45, isLine: true) }
            guard let role = option.role else { continue }
            if let trouble = rights.trouble(with: role) { throw Refusal(.forbidden, trouble, field: "role") }
        }
        guard options.count(where: { $0.followUp != nil }) <= Question.mostFollowUps else {
            throw .invalid(
                "\(Question.mostFollowUps) choices of a question can have a follow-up: more do not fit into a window.",
                field: "follow_up")
        }
        guard body.kind == .several else { return }
        guard body.least <= body.most, body.most <= options.count else {
            throw .invalid(
                "From \(body.least) to \(body.most) of \(options.count) cannot be chosen.",
                field: body.most > options.count ? "most" : "least")
        }
    }

    /// A branch hangs on choices of an earlier question.
    static func checkBranches(of questions: [Question]) throws(Refusal) {
        for (index, question) in questions.enumerated() {
            guard let only = question.body.only else { continue }
            let name = question.id == 0 ? "This question" : "Question \(question.id)"
            guard let other = questions.firstIndex(where: { $0.id == only.question }), other < index else {
                throw .conflict(
                    "\(name) is asked only after question \(only.question), so it has to come behind it.",
                    hint: "Change its only_if first, or move it.")
            }
            let keys = questions[other].body.options.map(\.key)
            guard !only.options.isEmpty, only.options.allSatisfy(keys.contains) else {
                throw .conflict(
                    "\(name) is asked only of those who chose something in question \(only.question) that is not there any more.",
                    hint: "Change its only_if first.")
            }
        }
    }
}
