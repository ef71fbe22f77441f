internal import Kit
internal import Shared

extension Tickets {
    /// The desk: what is the most urgent stands first.
    static let queuePanel = Panel(
        "tickets.queue", "Ticket desk", "Who waits for an answer, the most urgent first", access: .moderate,
        tables: ["tickets_tickets", "tickets_lines", "house_settings"],
        columns: [
            .init("id", "#", .number), .init("priority", "Priority", .state), .init("opener", "Member", .member),
            .init("subject", "About", .text), .init("state", "State", .state), .init("claimant", "With", .member),
            .init("awaits", "Waits for", .text), .init("opened_ms", "Opened", .time), .init("last_ms", "Last word", .time),
            .init("due_ms", "Target", .time), .init("trouble", "Trouble", .text),
        ],
        actions: [
            .init("tickets.show", "Look", ["id": "id"]), .init("tickets.reply", "Reply", ["id": "id"]),
            .init("tickets.claim", "Claim", ["id": "id"]), .init("tickets.transfer", "Hand over", ["id": "id"]),
            .init("tickets.status", "Set status", ["id": "id"]), .init("tickets.priority", "Set priority", ["id": "id"]),
            .init("tickets.close", "Close", ["id": "id"]), .init("tickets.transcript", "Transcript", ["id": "id"]),
        ], refresh: 60.seconds, empty: "Nobody waits. tickets panel offers members a way to ask."
    ) { turn in
        let guild = try turn.requireGuild()
        let failed = try TicketRows.all(where: "guild = \(guild) AND state = 'failed' ORDER BY number", in: turn.store)
        let rules = turn.ticketRules
        let live = try TicketRows.live(of: guild, in: turn.store).map { ticket -> (Ticket, Instant) in
            (ticket, try due(of: ticket, turn)?.at ?? ticket.lastWord + max(rules.answer, 1.days) * 10)
        }
        let sorted = live.sorted { a, b in
            if a.0.priority != b.0.priority { return a.0.priority.rank > b.0.priority.rank }
            if a.0.awaitsMember != b.0.awaitsMember { return b.0.awaitsMember }
            return (a.1, a.0.number) < (b.1, b.0.number)
        }
        return try (failed + sorted.map(\.0)).map { Panel.Line($0.key, try row(of: $0, turn)) }
    }

    static let closedPanel = Panel(
        "tickets.closed", "Closed tickets", "What came of tickets, the newest first", access: .moderate,
        tables: ["tickets_tickets"],
        columns: [
            .init("id", "#", .number), .init("opener", "Member", .member), .init("subject", "About", .text),
            .init("closed_ms", "Closed", .time), .init("closer", "By", .member), .init("reason", "Why", .text),
            .init("rating", "Stars", .number), .init("summary", "Summary", .text),
        ],
        actions: [
            .init("tickets.show", "Look", ["id": "id"]), .init("tickets.transcript", "Transcript", ["id": "id"]),
            .init("tickets.reopen", "Open again", ["id": "id"]), .init("tickets.delete", "Delete channel", ["id": "id"]),
        ], empty: "None was closed yet."
    ) { turn in
        let guild = try turn.requireGuild()
        return try TicketRows.all(
            where: "guild = \(guild) AND state IN ('closed', 'deleted') ORDER BY closed DESC LIMIT 200", in: turn.store
        ).map { Panel.Line($0.key, try row(of: $0, turn)) }
    }

    static let transcriptPanel = Panel(
        "tickets.transcript", "Transcript", "What was said in a ticket, as it is said", access: .moderate,
        tables: ["tickets_lines", "tickets_tickets"],
        columns: [
            .init("at_ms", "When", .time), .init("voice", "As", .state), .init("author", "Who", .member),
            .init("head", "Question", .text), .init("text", "Words", .text),
        ], empty: "Nothing was said yet.",
        .optional(Parameter<Int>.whole("id", "The ticket's number; the one last spoken in when left out", 1...Int.max))
    ) { turn, number in
        guard let ticket = try number.map({ try require($0, turn) }) ?? lastSpokenIn(turn) else { return [] }
        return try LineRows.all(of: ticket.id, in: turn.store).suffix(500).map {
            Panel.Line(String($0.id), lineRow($0, turn))
        }
    }

    private static func lastSpokenIn(_ turn: Turn) throws -> Ticket? {
        let guild = try turn.requireGuild()
        let last = try turn.store.first(
            "SELECT ticket FROM tickets_lines WHERE guild = \(guild) ORDER BY at DESC, id DESC LIMIT 1"
        ) { $0.int(0) }
        return try last.flatMap { try TicketRows.find($0, in: turn.store) }
    }

    static let teamPanel = Panel(
        "tickets.team", "Who helps", "What each of the staff did for tickets in the last 30 days", access: .moderate,
        tables: ["tickets_tickets", "tickets_lines"],
        columns: [
            .init("member", "Member", .member), .init("claimed", "Looked after", .number), .init("closed", "Closed", .number),
            .init("words", "Answers", .number), .init("first_response_ms", "First answer", .duration),
            .init("rating", "Rating", .number),
        ], empty: "Nobody had to help yet."
    ) { turn in
        try teamRows(.month, turn).map { Panel.Line($0["member"]?["id"]?.text ?? "", $0) }
    }

    static let repliesPanel = Panel(
        "tickets.replies", "Answers for later", "What is to be said in tickets, and when", access: .moderate,
        tables: ["tickets_replies", "tickets_tickets"],
        columns: [
            .init("at_ms", "When", .time), .init("id", "Ticket", .number), .init("text", "Words", .text),
            .init("reply", "#", .number),
        ], actions: [.init("tickets.unsend", "Take back", ["reply": "reply"])],
        empty: "Nothing waits. tickets reply at: … says something later."
    ) { turn in
        try waitingReplies(of: nil, turn).map { Panel.Line($0["reply"]?.line ?? "", $0) }
    }

    static let snapshotPanel = Panel(
        "tickets.snapshots", "Ticket statistics", "Figures as they were when somebody asked", access: .moderate,
        tables: ["tickets_snapshots"],
        columns: [
            .init("at_ms", "When", .time), .init("scope", "Of", .text), .init("opened", "Opened", .number),
            .init("closed", "Closed", .number), .init("cycle_ms", "Took", .duration), .init("asker", "Asked by", .member),
        ], empty: "Nobody has asked yet. tickets stats does."
    ) { turn in
        try snapshotRows(100, turn).enumerated().map { Panel.Line("\($1["at_ms"]?.line ?? "").\($0)", $1) }
    }
}
