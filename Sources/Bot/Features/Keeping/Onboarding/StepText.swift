internal import Kit
internal import Shared

/// What somebody sees on their way, one step a card.
enum StepText {
    static func card(_ step: Step, _ journey: Journey, _ turn: Turn) throws -> Card {
        switch step {
        case .privacy: try turn.consentCard(runs: "onboarding.start")
        case .rules(let book): rules(book, journey)
        case .question(let question, let walk): self.question(question, walk, Onboarding.Lane())
        case .review(let walk): review(walk, Onboarding.Lane())
        case .done(let walk): done(walk, journey)
        }
    }

    private static func rules(_ book: RulesReading.Book, _ journey: Journey) -> Card {
        let again: Phrase? = journey.rules.map { _ in "They have changed since you accepted them." }
        return Card(
            "The rules", text: RulesReading.phrase(book.rules), footer: again,
            buttons: [
                Button("I accept the rules", style: .good, runs: "onboarding.accept", ["version": .int(book.version)])
            ])
    }

    /// The question with its menu, or with the button that opens its window.
    static func question(_ question: Question, _ walk: Walk, _ lane: Onboarding.Lane, note: Phrase? = nil) -> Card {
        let body = question.body
        var text: Phrase = "\(strong: body.text)"
        if let hint = body.hint { text = text + "\n\(hint)" }
        if let words = body.asWords { text = text + "\n\(words)" }
        if body.kind == .several { text = text + "\n\(words: many(question))" }
        if let note { text = text + "\n\n⚠️ " + note }
        var card = Card(
            "Question \(walk.number(of: question)) of \(walk.asked.count)", text: text,
            footer: body.isRequired ? nil : "You may leave it out.", tone: note == nil ? .plain : .warning)
        let answers = lane.runs(["question": .int(question.id)])
        if body.kind.isChosen {
            card.menu = menu(question, walk.answers[question.id]?.keys ?? [], answers)
        } else {
            card.buttons.append(Button("Answer", style: .primary, runs: answers.command, answers.arguments))
        }
        if let last = walk.last(before: question.id) {
            let back = lane.runs(["question": .int(last.id)])
            card.buttons.append(Button("Back", runs: back.command, back.arguments))
        }
        if !body.isRequired {
            let skips = lane.runs(["question": .int(question.id), "skip": true])
            card.buttons.append(Button("Leave it out", runs: skips.command, skips.arguments))
        }
        return card
    }

    private static func menu(_ question: Question, _ chosen: [Int], _ runs: Invocation) -> Menu {
        let body = question.body
        let isOne = body.kind == .one
        return Menu(
            isOne ? "Choose one" : many(question), argument: "choice",
            choices: body.options.map { option in
                Choice(option.label, String(option.key), isChosen: chosen.contains(option.key))
            }, least: isOne ? 1 : max(body.isRequired ? 1 : 0, body.least), most: isOne ? 1 : body.most, runs: runs.command,
            runs.arguments)
    }

    private static func many(_ question: Question) -> String {
        let (least, most) = (max(question.body.isRequired ? 1 : 0, question.body.least), question.body.most)
        if least == most { return "Choose \(most)." }
        return least == 0 ? "Choose up to \(most)." : "Choose \(least) to \(most)."
    }

    static func review(_ walk: Walk, _ lane: Onboarding.Lane) -> Card {
        var card = Card(
            "Is this right?", text: "Nobody has seen it yet.",
            fields: fields(of: walk.given.map { ($0.answer.asked, $0.answer) }),
            buttons: lane.trial == nil ? [Button("Send", style: .good, runs: "onboarding.finish")] : [])
        let runs = lane.runs([:])
        card.menu = Menu(
            "Change an answer", argument: "question",
            choices: walk.given.prefix(25).map { Choice($0.question.body.text, String($0.question.id), hint: $0.answer.words) },
            runs: runs.command, runs.arguments)
        return card
    }

    private static func done(_ walk: Walk, _ journey: Journey) -> Card {
        var lines: [Phrase] = ["You are done here. Welcome!"]
        if let finished = journey.finished { lines = ["You are done here since \(finished, .date). Welcome!"] }
        switch journey.roles {
        case .waiting: lines.append("Your roles come once the server's own screening is behind you.")
        case .refused: lines.append("Your roles could not be given; staff know why.")
        case .none, .sent, .given: break
        }
        return Card(
            "Done", text: .lines(lines), fields: fields(of: walk.given.map { ($0.answer.asked, $0.answer) }),
            footer: "See what I keep of you with privacy data.", tone: .good)
    }

    /// Questions and answers, cut so that all of them fit into one message.
    static func fields(of answers: [(asked: String, answer: GivenAnswer)]) -> [Card.Field] {
        let shown = answers.prefix(25)
        let room = 4800 / max(1, shown.count)
        return shown.map { asked, answer in
            .init("\(cut(asked, to: min(120, room / 3)))", "\(cut(answer.words, to: room * 2 / 3))", isInline: false)
        }
    }

    private static func cut(_ text: String, to length: Int) -> String {
        text.count <= length ? text : text.prefix(max(1, length - 1)) + "…"
    }
}
