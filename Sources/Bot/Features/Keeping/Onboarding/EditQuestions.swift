internal import Kit
internal import Shared

extension Onboarding {
    static let add = Command(
        "onboarding.add", "Adds a question to the onboarding", access: .manageGuild, changes: true,
        returns: questionShape, example: "kind: one text: \"Where are you from?\" choices: \"Here | Elsewhere\"",
        .oneOf("kind", "one or several of a list, a short or long text, or an email", default: nil),
        .text("text", "What is asked", longest: 300),
        .optional(.text("choices", "The list, with | between its entries", longest: 2000)), hint, required,
        .optional(.whole("least", "How many are chosen at least", 0...25)),
        .optional(.whole("most", "How many at the most", 1...25)), pattern, asWords, onlyIf,
        .optional(.whole("place", "Its place in the order; the last when left out", 1...Question.mostQuestions))
    ) { turn, kind, text, choices, hint, required, least, most, pattern, asWords, onlyIf, place in
        let guild = try turn.requireGuild()
        var questions = try QuestionRows.all(of: guild, in: turn.store)
        guard questions.count < Question.mostQuestions else {
            throw Refusal.conflict(
                "There are \(Question.mostQuestions) questions already.", hint: "Fewer are answered sooner.")
        }
        var body = Question.Body(kind: kind, text: trimmed(text))
        body.options = (choices ?? "").split(separator: "|").map(trimmed).filter { !$0.isEmpty }.enumerated().map {
            Question.Option(key: $0.offset + 1, label: $0.element)
        }
        body.isRequired = required ?? true
        body.hint = given(hint)
        body.pattern = given(pattern)
        body.asWords = given(asWords)
        count(least, most, in: &body)
        body.only = try onlyIf.flatMap(given).map { try condition($0, among: questions) }
        let index = min((place ?? questions.count + 1) - 1, questions.count)
        var question = Question(guild: guild, place: Int64(index + 1), body: body)
        questions.insert(question, at: index)
        try check(question, in: questions, turn)
        question.id = try QuestionRows.insert(question, in: turn.store)
        questions[index] = question
        try QuestionRows.order(questions, in: turn.store)
        turn.change(question.subject, from: .null, to: try JSON(encoding: body))
        return .done(
            OnboardingText.edited(question, "is added"), data: row(of: question),
            undo: Invocation(command: "onboarding.remove", arguments: ["question": .int(question.id)]))
    }

    static let edit = Command(
        "onboarding.edit", "Changes a question; none takes something away", access: .manageGuild, changes: true,
        returns: questionShape, example: "question: 1 text: \"Where do you come from?\"",
        which, .optional(.text("text", "What is asked", longest: 300)), hint, required,
        .optional(.whole("least", "How many are chosen at least", 0...25)),
        .optional(.whole("most", "How many at the most", 1...25)), pattern, asWords, onlyIf,
        .optional(.text("body", "All of it, as the export writes it", longest: 8000))
    ) { turn, id, text, hint, required, least, most, pattern, asWords, onlyIf, whole in
        let old = try QuestionRows.require(id, turn)
        let questions = try QuestionRows.all(of: old.guild, in: turn.store)
        var body = try whole.map(read) ?? old.body
        guard body.kind == old.body.kind else {
            throw Refusal.invalid("The kind of a question stays; add a new one.", field: "body")
        }
        if let text { body.text = trimmed(text) }
        if let hint { body.hint = given(hint) }
        if let required { body.isRequired = required }
        if let pattern { body.pattern = given(pattern) }
        if let asWords { body.asWords = given(asWords) }
        if least != nil || most != nil || required != nil { count(least ?? body.least, most ?? body.most, in: &body) }
        if let onlyIf { body.only = try given(onlyIf).map { try condition($0, among: questions) } }
        return try rewrite(old, as: body, questions, turn)
    }

    /// Writes a question's new words in the place of the old ones.
    static func rewrite(_ old: Question, as body: Question.Body, _ questions: [Question], _ turn: Turn) throws -> Reply {
        try turn.require(version: old.version)
        var new = old
        new.body = body
        try check(new, in: questions.map { $0.id == new.id ? new : $0 }, turn)
        try QuestionRows.update(new, in: turn.store)
        new.version += 1
        let before = try JSON(encoding: old.body)
        turn.change(new.subject, from: before, to: try JSON(encoding: body))
        return .done(
            OnboardingText.edited(new, "is changed"), data: row(of: new),
            undo: Invocation(
                command: "onboarding.edit", arguments: ["question": .int(new.id), "body": .string(before.line)]))
    }

    // MARK: - Parameters

    static let which: Parameter<Int> = .whole("question", "Its number, as onboarding questions shows it", 1...Int.max)
    private static let hint: Parameter<String?> = .optional(.text("hint", "A line under it", longest: 100))
    private static let required: Parameter<Bool?> = .optional(.yesNo("required", "Whether it has to be answered"))
    private static let pattern: Parameter<String?> = .optional(
        .text("pattern", "What a text has to match, such as [A-Z]{2}[0-9]+", longest: Pattern.longest))
    private static let asWords: Parameter<String?> = .optional(
        .text("as", "How that is said to people, such as: two letters and a number", longest: 100))
    private static let onlyIf: Parameter<String?> = .optional(
        .text("only_if", "Asked only of who chose this in an earlier one, such as 1: Elsewhere", longest: 400))

    /// "none" takes something away.
    private static func given(_ text: String?) -> String? {
        text.map(trimmed).flatMap { $0.isEmpty || $0.lowercased() == "none" ? nil : $0 }
    }

    private static func count(_ least: Int?, _ most: Int?, in body: inout Question.Body) {
        guard body.kind == .several else { return }
        body.most = most ?? max(1, body.options.count)
        body.least = least ?? (body.isRequired ? 1 : 0)
    }

    /// Such as "3: Yes, Maybe".
    private static func condition(_ text: String, among questions: [Question]) throws(Refusal) -> Question.Condition {
        let parts = text.split(separator: ":", maxSplits: 1).map(trimmed)
        guard parts.count == 2, let id = Int64(parts[0]) else {
            throw .invalid(
                "only_if is the number of an earlier question and what was chosen there, not \"\(text.prefix(60))\".",
                field: "only_if", hint: "Such as 1: Elsewhere.")
        }
        guard let question = questions.first(where: { $0.id == id }) else {
            throw .invalid("There is no question \(id) here.", field: "only_if", hint: "See onboarding questions.")
        }
        return Question.Condition(question: id, options: try options(parts[1], of: question))
    }

    private static func options(_ text: String, of question: Question) throws(Refusal) -> [Int] {
        var keys: [Int] = []
        for word in text.split(separator: ",").map(trimmed) where !word.isEmpty {
            keys.append(try option(word, of: question, field: "only_if").key)
        }
        return keys
    }

    /// One of the list, by its number or its words.
    static func option(_ word: String, of question: Question, field: String) throws(Refusal) -> Question.Option {
        let options = question.body.options
        if let found = options.first(where: { $0.label.lowercased() == word.lowercased() || String($0.key) == word }) {
            return found
        }
        let near = nearest(to: word, among: options.map(\.label)).map { "Did you mean \"\($0)\"? " } ?? ""
        throw Refusal(
            .notFound, "Question \(question.id) has no choice \"\(word.prefix(60))\".",
            hint: near + (options.isEmpty ? "It has none." : "There are: \(options.map(\.label).joined(separator: ", "))."),
            field: field)
    }

    private static func read(_ text: String) throws(Refusal) -> Question.Body {
        do { return try JSON(parsing: text).decoded() } catch {
            throw .invalid("body is no question as the export writes it.", field: "body")
        }
    }
}
