internal import Kit
internal import Shared

extension Faq {
    static let add = Command(
        "faq.add", "Writes down a question and its answer", access: .manageGuild, changes: true, returns: entryShape,
        example: "question: How do levels work? answer: By points.", question, answer
    ) { turn, question, answer in
        var entry = FaqEntry(
            guild: try turn.requireGuild(), question: question, answer: answer, state: .approved, author: turn.asker.member,
            made: turn.now, changed: turn.now)
        entry.id = try FaqRows.insert(entry, in: turn.store)
        turn.change(entry.subject, from: .null, to: entry.record)
        return .done(
            FaqText.kept(entry), data: row(of: entry, turn),
            undo: Invocation(command: "faq.remove", arguments: ["id": .int(entry.id)]))
    }

    /// Without words it asks for them, with those that are there to begin from.
    static let edit = Command(
        "faq.edit", "Puts a question or its answer in other words", access: .manageGuild, changes: true, returns: entryShape,
        example: "id: 1 answer: By points and streaks.", whichEntry, .optional(question), .optional(answer)
    ) { turn, id, question, answer in
        let old = try FaqRows.require(id, turn)
        try turn.require(version: old.version)
        guard question != nil || answer != nil else { return try askWords(old, turn) }
        var new = old
        if let question { new.question = question }
        if let answer { new.answer = answer }
        if new.question != old.question { new.source = nil }
        guard new != old else { return .done(FaqText.kept(old), data: row(of: old, turn)) }
        (new.author, new.changed) = (turn.asker.member ?? old.author, turn.now)
        try FaqRows.update(new, in: turn.store)
        turn.change(new.subject, from: old.record, to: new.record)
        var back: JSON = ["id": .int(old.id), "question": .string(old.question)]
        if !old.answer.isEmpty { back = back.joined(with: ["answer": .string(old.answer)]) }
        return .done(
            FaqText.edited(new), data: row(of: try FaqRows.require(id, turn), turn),
            undo: Invocation(command: "faq.edit", arguments: back))
    }

    private static func askWords(_ entry: FaqEntry, _ turn: Turn) throws -> Reply {
        guard turn.door != .socket else {
            throw Refusal.invalid("Say what changes.", field: "question", hint: "Give question, answer, or both.")
        }
        let fields = [
            Form.Field(name: "question", label: "The question", value: entry.question, longest: 300),
            Form.Field(name: "answer", label: "Its answer", value: entry.answer, isLong: true, longest: 2000),
        ]
        let invocation = Invocation(command: "faq.edit", arguments: ["id": .int(entry.id)])
        return .asking(
            Asking("Answer \(entry.id)", fields, runs: invocation), FaqText.kept(entry), data: ["wants": "words"],
            button: "Write it")
    }

    /// TKT-08: what the house proposed becomes an answer.
    static let approve = switching(
        "faq.approve", "Takes a proposed answer over, so that members find it", from: [.proposed, .rejected], to: .approved)
    static let reject = switching(
        "faq.reject", "Leaves a proposal be; its topic is not proposed again", from: [.proposed, .approved], to: .rejected)
    static let propose = switching(
        "faq.propose", "Puts an answer back among the proposals", from: [.approved, .rejected], to: .proposed)
    static let remove = switching(
        "faq.remove", "Takes an answer away; restore brings it back", from: [.approved], to: .removed)
    static let restore = switching(
        "faq.restore", "Brings back an answer that was removed", from: [.removed], to: .approved)

    private static func switching(
        _ name: String, _ summary: String, from states: [FaqEntry.State], to state: FaqEntry.State
    ) -> Command {
        Command(name, summary, access: .manageGuild, changes: true, returns: entryShape, example: "1", whichEntry) {
            turn, id in
            let old = try FaqRows.require(id, turn)
            try turn.require(version: old.version)
            guard old.state != state else { return shown(old, turn) }
            guard states.contains(old.state) else {
                throw Refusal(
                    .conflict, "Answer \(id) is \(old.state.rawValue).", hint: old.state.wayOn(id), field: "id")
            }
            guard state != .approved || !old.answer.isEmpty else {
                throw Refusal(
                    .conflict, "Proposal \(id) has no answer yet.", hint: "Write one first: faq edit \(id) answer: …",
                    field: "id")
            }
            var new = old
            (new.state, new.author, new.changed) = (state, turn.asker.member ?? old.author, turn.now)
            try FaqRows.update(new, in: turn.store)
            turn.change(new.subject, from: old.record, to: new.record)
            var reply = shown(try FaqRows.require(id, turn), turn)
            reply.undo = Invocation(command: back(to: old.state, from: state), arguments: ["id": .int(new.id)])
            return reply
        }
    }

    private static func back(to old: FaqEntry.State, from new: FaqEntry.State) -> String {
        switch old {
        case .proposed: "faq.propose"
        case .approved: new == .removed ? "faq.restore" : "faq.approve"
        case .rejected: "faq.reject"
        case .removed: "faq.remove"
        }
    }

    /// The proposal's own message says what became of it.
    private static func shown(_ entry: FaqEntry, _ turn: Turn) -> Reply {
        let card = FaqText.kept(entry)
        return turn.door == .button
            ? .replace(card, data: row(of: entry, turn)) : .done(card, data: row(of: entry, turn))
    }

    static let proposals = Command(
        "faq.proposals", "Questions that were asked again and again, with what may answer them", access: .manageGuild,
        changes: false, returns: .record(["rows": .list(entryShape)])
    ) { turn in
        let entries = try FaqRows.all(of: try turn.requireGuild(), .proposed, in: turn.store)
        return .done(FaqText.proposals(entries), data: ["rows": .array(entries.map { row(of: $0, turn) })])
    }

    private static let question: Parameter<String> = words("question", "What is asked", longest: 300)
    private static let answer: Parameter<String> = words("answer", "What answers it", longest: 2000)

    private static func words(_ name: String, _ summary: String, longest: Int) -> Parameter<String> {
        let inner = Parameter<String>.text(name, summary, longest: longest)
        var outline = inner.outline
        outline.runsOn = true
        return Parameter(outline) { raw, context throws(Refusal) in
            let text = trimmed(try inner.parse(raw, context))
            guard !text.isEmpty else { throw .invalid("\(name) has nothing in it.") }
            return text
        }
    }
}

extension FaqEntry.State {
    /// What can be done with it.
    fileprivate func wayOn(_ id: Int) -> String {
        switch self {
        case .proposed: "Decide first: faq approve \(id) or faq reject \(id)."
        case .approved: "Take it away with faq remove \(id)."
        case .rejected: "Have it after all with faq approve \(id)."
        case .removed: "Bring it back with faq restore \(id)."
        }
    }
}
