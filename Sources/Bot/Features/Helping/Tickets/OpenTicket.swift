internal import Kit
internal import Shared

extension Tickets {
    /// TKT-01: consent first, then the questions, then what is known already, then the ticket.
    static let open = Command(
        "tickets.open", "Asks for help: opens a ticket that you and staff see", also: ["ticket"], isPrivate: true,
        isForMembers: true, changes: true, returns: ticketShape, example: "My level did not change",
        .optional(description), .optional(whichKind),
        .optional(Parameter<Int>.whole("agree", "The version of the privacy text that you read", 1...Int.max)),
        .optional(answer(1)), .optional(answer(2)), .optional(answer(3)), .optional(answer(4)), .optional(answer(5)),
        .optional(Parameter<Int>.whole("draft", "What you wrote before", 1...Int.max))
    ) { turn, description, name, agreed, one, two, three, four, five, draft in
        let member = try turn.requireMember()
        let saved = try draft.map { try Draft.require(Int64($0), of: member, turn) }
        guard let kind = try chosen(name, saved, turn) else { return try offer(turn) }
        try admit(member, turn)
        let given: JSON = ["kind": .string(kind.name)]
        if try turn.consent(of: member) == nil {
            guard let agreed else {
                let card = try turn.consentCard("I agree, go on", runs: "tickets.open", given)
                return .done(card, data: ["wants": "consent", "version": .int(try turn.consentText().version)])
            }
            try turn.agree(member, to: Int64(agreed), via: "ticket")
        }
        let typed = [one, two, three, four, five].map { $0.map { trimmed($0) } ?? "" }
        let answers = saved?.answers ?? kind.read(typed, description: description, wasAsked: turn.door == .form)
        guard let answers else {
            return .asking(
                Asking(kind.label, kind.fields, runs: Invocation(command: "tickets.open", arguments: given)),
                Card(text: "Some questions first.", footer: "Up to five; it takes a minute."),
                data: ["wants": "answers", "questions": .string(kind.questions.text)], button: "Answer them")
        }
        if saved == nil, turn.door != .socket, let reply = try suggest(answers, kind, member, turn) { return reply }
        if let saved { try Draft.forget(saved.id, turn) }
        if let obstacle = obstacle(kind, turn) { return try postpone(answers, kind, member, obstacle, turn) }
        return try openTicket(kind, answers, for: member, turn)
    }

    // MARK: - Parameters

    private static let description: Parameter<String> = {
        var parameter = Parameter<String>.text("description", "What it is about", longest: 1000)
        parameter.outline.runsOn = true
        return parameter
    }()

    private static func answer(_ number: Int) -> Parameter<String> {
        var parameter = Parameter<String>.text("answer\(number)", "The answer to question \(number)", longest: 1000)
        parameter.outline.isGreedy = false
        return parameter
    }

    // MARK: - Steps

    private static func chosen(_ name: String?, _ saved: Draft?, _ turn: Turn) throws -> TicketKind? {
        if let name { return try KindRows.require(name, turn) }
        if let saved, let kind = try KindRows.find(saved.kind, in: turn.store), !kind.isRemoved { return kind }
        let kinds = try KindRows.all(of: try turn.requireGuild(), in: turn.store)
        if kinds.isEmpty {
            throw Refusal.unavailable(
                "Tickets are not set up here yet.", hint: "Somebody who may Manage Server does it with tickets add_kind.")
        }
        return kinds.count == 1 ? kinds[0] : nil
    }

    private static func offer(_ turn: Turn) throws -> Reply {
        let kinds = try KindRows.all(of: try turn.requireGuild(), in: turn.store)
        var card = Card(text: "What is it about?")
        card.menu = Menu(
            "Choose", argument: "kind", choices: kinds.map { Choice($0.label, $0.name) }, runs: "tickets.open")
        return .done(card, data: ["wants": "kind", "kinds": .array(kinds.map { .string($0.name) })])
    }

    private static func admit(_ member: ID<Member>, _ turn: Turn) throws {
        let live = try TicketRows.live(of: member, in: try turn.requireGuild(), turn.store)
        guard live.count >= turn[limit] else { return }
        let places = live.compactMap(\.channel).prefix(3).compactMap { turn.house.directory.name(of: $0) }.map { "#" + $0 }
        throw Refusal(
            .limited, "You have \(counted(Int64(live.count), "ticket")) open already.",
            hint: places.isEmpty ? "Wait until one is closed." : "Go on there: \(places.joined(separator: ", ")).")
    }

    /// What somebody asked before may have an answer: it is shown, and one press goes on.
    private static func suggest(
        _ answers: [Answer], _ kind: TicketKind, _ member: ID<Member>, _ turn: Turn
    ) throws -> Reply? {
        guard turn[suggests], let reading = turn.house.catalogue.reading(KnownAnswerReading.self) else { return nil }
        let known = try reading.suggest(turn, answers.map(\.body).joined(separator: "\n"), 3)
        guard !known.isEmpty else { return nil }
        let draft = try Draft.save(answers, kind, member, turn)
        return .done(
            TicketText.suggestions(known, draft: draft),
            data: .fields([
                "wants": "decision", "draft": .int(draft),
                "suggestions": .array(known.map { ["id": .int($0.id), "question": .string($0.question)] }),
            ]))
    }

    /// Nothing that was written is lost when Discord would not let the channel be made.
    private static func postpone(
        _ answers: [Answer], _ kind: TicketKind, _ member: ID<Member>, _ obstacle: Refusal, _ turn: Turn
    ) throws -> Reply {
        let draft = try Draft.save(answers, kind, member, turn)
        log(TicketText.obstructed(member, kind, obstacle), turn)
        return .done(
            TicketText.postponed(draft),
            data: ["wants": "patience", "draft": .int(draft), "trouble": .string(obstacle.sentence)])
    }

    private static func openTicket(
        _ kind: TicketKind, _ answers: [Answer], for member: ID<Member>, _ turn: Turn
    ) throws -> Reply {
        let subject = answers.first.map { String($0.body.split(whereSeparator: \.isNewline).first ?? "").prefix(100) } ?? ""
        var draft = Ticket(
            guild: kind.guild, kind: kind.id, opener: member, place: kind.place, subject: String(subject), opened: turn.now)
        draft.priority = kind.priority
        let ticket = try TicketRows.insert(draft, in: turn.store)
        for answer in answers {
            try LineRows.insert(
                TicketLine(
                    ticket: ticket.id, guild: ticket.guild, message: nil, at: turn.now, author: member, voice: .answer,
                    head: answer.question, body: answer.body), in: turn.store)
        }
        try LineRows.note("opened as \(kind.label)", by: member, on: ticket, turn)
        try openPlace(of: ticket, kind, turn)
        turn.change(ticket.subjectOfChange, from: .null, to: ticket.record)
        return .done(TicketText.opening(ticket, kind), data: try row(of: ticket, turn))
    }
}

/// An answer to one of the opening questions.
struct Answer: Hashable, Codable {
    var question: String
    var body: String
}

extension TicketKind {
    /// The window that asks.
    var fields: [Form.Field] {
        questions.enumerated().map { index, question in
            Form.Field(
                name: "answer\(index + 1)", label: question.label, isLong: question.isLong, isRequired: question.isRequired,
                longest: 1000)
        }
    }

    /// What was answered; nil as long as something must be asked. A description answers the first question.
    func read(_ typed: [String], description: String?, wasAsked: Bool) -> [Answer]? {
        var typed = typed
        if let description, typed[0].isEmpty { typed[0] = trimmed(description) }
        if questions.isEmpty {
            return typed[0].isEmpty ? [] : [Answer(question: "Description", body: typed[0])]
        }
        let isMissing = zip(questions, typed).contains { $0.isRequired && $1.isEmpty }
        if isMissing || !wasAsked && typed.allSatisfy(\.isEmpty) { return nil }
        return zip(questions, typed).filter { !$1.isEmpty }.map { Answer(question: $0.label, body: $1) }
    }
}
