internal import Kit
internal import Shared

extension Tickets {
    /// Says something in a ticket in the staff's name: at once, or when it is time. A dry run shows it first.
    static let reply = Command(
        "tickets.reply", "Answers a ticket in the staff's name, now or later, in your words or in kept ones", changes: true,
        returns: replyShape, example: "id: 1 text: It is mended now.", which,
        .optional(.text("text", "What it says", longest: 1900)),
        .optional(.text("template", "One of the server's kept texts, as templates list shows them", longest: 60)),
        .optional(.date("at", "When it is said, such as monday 09:00"))
    ) { turn, number, text, template, at in
        let ticket = try requireForStaff(number, turn)
        try requireLive(ticket)
        let body = try words(text, template, ticket, turn)
        if let at { return try replyLater(body, at, ticket, turn) }
        try send(body, by: turn.asker.member, in: ticket, turn)
        turn.change("words in \(ticket.subjectOfChange)", from: .null, to: .string(body))
        let row = replyRow(0, ticket, turn.now, body, "sent")
        return .done(TicketText.replied(ticket, body, at: nil), data: row)
    }

    /// Of the text and the kept text, one; what is kept has its places filled.
    private static func words(_ text: String?, _ template: String?, _ ticket: Ticket, _ turn: Turn) throws -> String {
        switch (text.map { trimmed($0) }, template) {
        case (let text?, nil) where !text.isEmpty: return text
        case (nil, let name?):
            let kept = try turn.requireTemplate(named: name, field: "template")
            let phrase = kept.filled([
                "title": "\(ticket.subject)", "number": "\(ticket.number)",
                "server": "\(turn.house.directory.guild(ticket.guild)?.name ?? "")",
                "channel": ticket.channel.map { "\(turn.house.directory.name(of: $0).map { "#" + $0 } ?? "")" } ?? "",
            ])
            return PlainText(turn.house.directory, guild: ticket.guild, zone: turn.zone).text(phrase)
        case (.some, .some):
            throw Refusal.invalid("It is said in your words or in kept ones, not both.", field: "template")
        default:
            throw Refusal.invalid("Say what it says.", field: "text", hint: "Or name a kept text with template.")
        }
    }

    private static func replyLater(_ body: String, _ at: Instant, _ ticket: Ticket, _ turn: Turn) throws -> Reply {
        guard at > turn.now else {
            throw Refusal.invalid("That moment has passed.", field: "at", hint: "Leave it out to answer at once.")
        }
        guard at < turn.now + 90.days else { throw Refusal.invalid("That is more than 90 days ahead.", field: "at") }
        let waiting = "waiting"
        let id =
            try turn.store.first(
                """
                INSERT INTO tickets_replies (guild, ticket, due, author, body, state)
                VALUES (\(ticket.guild), \(ticket.id), \(at), \(turn.asker.member), \(body), \(waiting)) RETURNING id
                """
            ) { $0.int(0) } ?? 0
        try turn.schedule(sayLater, key: String(id), id, at: at)
        turn.change("reply \(id) to \(ticket.subjectOfChange)", from: .null, to: .string(body))
        return .done(
            TicketText.replied(ticket, body, at: at), data: replyRow(id, ticket, at, body, waiting),
            undo: Invocation(command: "tickets.unsend", arguments: ["reply": .int(id)]))
    }

    /// It is said once; of a ticket that was closed meanwhile nobody is told anything.
    static let sayLater: Job<Int64> = Job("tickets.say", late: .always) { turn, id in
        let found = try turn.store.first(
            "SELECT ticket, author, body FROM tickets_replies WHERE id = \(id) AND state = 'waiting'"
        ) { (ticket: $0.int(0), author: $0.id(1, Member.self), body: $0.text(2)) }
        guard let found, let ticket = try TicketRows.find(found.ticket, in: turn.store) else { return }
        let state = ticket.state.isLive ? "sent" : "dropped"
        try turn.store.run("UPDATE tickets_replies SET state = \(state) WHERE id = \(id)")
        if ticket.state.isLive { try send(found.body, by: found.author, in: ticket, turn) }
    }

    private static func send(_ body: String, by author: ID<Member>?, in ticket: Ticket, _ turn: Turn) throws {
        say(
            TicketText.spoken(body, by: author, in: ticket), in: ticket, turn,
            mentions: Mentions(members: [ticket.opener].compactMap(\.self)))
        try LineRows.insert(
            TicketLine(
                ticket: ticket.id, guild: ticket.guild, message: nil, at: turn.now, author: author, voice: .house, body: body),
            in: turn.store)
        try heard(turn.now + turn.late, byMember: false, ticket, turn)
    }

    static let replies = Command(
        "tickets.replies", "Answers that are to be said later", changes: false, returns: .record(["rows": .list(replyShape)]),
        which
    ) { turn, number in
        try turn.requireStaff(of: nil)
        let ticket = try number.map { try requireForStaff($0, turn) }
        let rows = try waitingReplies(of: ticket?.id, turn)
        return .done(TicketText.replies(rows), data: ["rows": .array(rows)])
    }

    static let unsend = Command(
        "tickets.unsend", "Takes back an answer that was to be said later", changes: true, returns: replyShape, example: "1",
        .whole("reply", "Its number, as tickets replies shows it", 1...Int.max)
    ) { turn, number in
        try turn.requireStaff(of: nil)
        let guild = try turn.requireGuild()
        guard
            let row = try waitingReplies(of: nil, turn).first(where: { $0["reply"]?.int == Int64(number) }),
            let ticket = row["id"]?.int, let due = row["at_ms"]?.int
        else {
            throw Refusal(
                .notFound, "There is no answer \(number) that waits here.", hint: "See them with tickets replies.",
                field: "reply")
        }
        try turn.store.run("UPDATE tickets_replies SET state = 'dropped' WHERE id = \(number) AND guild = \(guild)")
        turn.cancel(sayLater, key: String(number))
        turn.change("reply \(number) to ticket \(ticket)", from: row["text"] ?? .null, to: .null)
        let undo = Invocation(
            command: "tickets.reply",
            arguments: [
                "id": .int(ticket), "text": row["text"] ?? "", "at": .string(Instant(milliseconds: due).rfc3339),
            ])
        return .done(Card(text: "Answer \(number) will not be said.", tone: .good), data: row, undo: undo)
    }

    /// What was to be said in a ticket that ends is not said any more.
    static func cancelReplies(of ticket: Ticket, _ turn: Turn) throws {
        for id in try turn.store.all(
            "SELECT id FROM tickets_replies WHERE ticket = \(ticket.id) AND state = 'waiting'", { $0.int(0) })
        {
            try turn.store.run("UPDATE tickets_replies SET state = 'dropped' WHERE id = \(id)")
            turn.cancel(sayLater, key: String(id))
        }
    }

    static let replyShape = Shape.record([
        "reply": .whole, "id": .whole, "at_ms": .instant, "text": .text, "state": .text,
    ])

    static func waitingReplies(of ticket: Int64?, _ turn: Turn) throws -> [JSON] {
        let guild = try turn.requireGuild()
        let only: SQL = ticket.map { "AND t.id = \($0)" } ?? ""
        return try turn.store.all(
            """
            SELECT r.id, t.number, r.due, r.body FROM tickets_replies r JOIN tickets_tickets t ON t.id = r.ticket
            WHERE r.guild = \(guild) AND r.state = 'waiting' \(only) ORDER BY r.due, r.id
            """
        ) { row in
            [
                "reply": .int(row.int(0)), "id": .int(row.int(1)), "at_ms": .int(row.int(2)), "text": .string(row.text(3)),
                "state": "waiting",
            ]
        }
    }

    private static func replyRow(_ id: Int64, _ ticket: Ticket, _ at: Instant, _ body: String, _ state: String) -> JSON {
        .fields([
            "reply": id == 0 ? nil : .int(id), "id": .int(ticket.number), "at_ms": .int(at.milliseconds),
            "text": .string(body), "state": .string(state),
        ])
    }
}
