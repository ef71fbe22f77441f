internal import Kit
internal import Shared

extension Tickets {
    /// TKT-03, TKT-04, TKT-06: the channel is locked and renamed, what it came to is summed up, and the member is told why.
    static let close = Command(
        "tickets.close", "Closes a ticket, with a reason", also: ["ticket_close"], changes: true, returns: ticketShape,
        example: "id: 1 reason: Solved", which, .optional(.text("reason", "Why; the member reads it", longest: 500))
    ) { turn, number, reason in
        let old = try requireForStaff(number, turn)
        if old.state == .failed { return try finishClosing(old, reason ?? "could not be opened", turn) }
        try requireLive(old)
        let reason = reason.map { trimmed($0) } ?? ""
        guard !reason.isEmpty || !turn[wantsReason] else {
            return try askReason(old, turn)
        }
        return try finishClosing(old, reason, turn)
    }

    private static func askReason(_ ticket: Ticket, _ turn: Turn) throws -> Reply {
        guard turn.door != .socket else {
            throw Refusal.invalid(
                "Say why ticket \(ticket.number) is closed.", field: "reason", hint: "The member reads it.")
        }
        let field = Form.Field(
            name: "reason", label: "Why is it closed?", hint: "The member reads it.", isLong: true, longest: 500)
        let invocation = Invocation(command: "tickets.close", arguments: ["id": .int(ticket.number)])
        return .asking(
            Asking("Close ticket \(ticket.number)", [field], runs: invocation),
            Card(text: "Say why it is closed; the member reads it.", tone: .warning), data: ["wants": "reason"],
            button: "Say why")
    }

    private static func finishClosing(_ old: Ticket, _ reason: String, _ turn: Turn) throws -> Reply {
        let new = try end(old, by: turn.asker.member, reason, turn)
        return .done(
            TicketText.changed(new), data: try row(of: try require(Int(new.number), turn), turn),
            undo: Invocation(command: "tickets.reopen", arguments: ["id": .int(new.number)]))
    }

    /// A ticket ends, whoever or whatever ends it. `placeIsGone`: there is no channel any more to lock.
    @discardableResult
    static func end(
        _ old: Ticket, by closer: ID<Member>?, _ reason: String, placeIsGone: Bool = false, _ turn: Turn
    ) throws -> Ticket {
        var new = old
        new.state = placeIsGone ? .deleted : .closed
        (new.closed, new.closer, new.reason, new.warned) = (turn.now, closer, reason, nil)
        if placeIsGone { (new.channel, new.control, new.renameTo) = (nil, nil, nil) }
        try LineRows.note("closed", by: closer, on: new, turn)
        try cancelReplies(of: new, turn)
        let way = turn[summaries]
        if way == .extract { new.summary = Extract.summary(of: try LineRows.all(of: new.id, in: turn.store)) }
        if new.channel != nil { try lock(&new, turn) }
        try keep(new, was: old, turn)
        if way == .model { try askForSummary(new, turn) } else { try tellSummary(of: new, turn) }
        log(TicketText.logged("closed", new, by: closer, reason), turn)
        if let opener = new.opener, closer != opener { try turn.tell(opener, Post(TicketText.closedForMember(new))) }
        return new
    }

    private static func lock(_ ticket: inout Ticket, _ turn: Turn) throws {
        guard let channel = ticket.channel else { return }
        say(TicketText.closed(ticket, asksRating: turn[rates] && ticket.opener != nil), in: ticket, turn)
        let reason = "ticket \(ticket.number) is closed"
        if ticket.place == .channel, let opener = ticket.opener {
            turn.emit(.changeChannel(.known(channel), .permit(onlyReads(opener)), reason: reason))
        }
        try rename(&ticket, to: closedName(of: ticket), turn)
        if ticket.place == .thread {
            // A thread that still waits for its name cannot be put away yet.
            let edits: [ChannelEdit] = ticket.renameTo == nil ? [.locked(true), .archived(true)] : [.locked(true)]
            turn.emit(.changeChannel(.known(channel), .edit(edits), reason: reason))
        }
    }

    /// Gives the channel a name now, or when Discord lets it have another one.
    static func rename(_ ticket: inout Ticket, to name: String, _ turn: Turn) throws {
        guard let channel = ticket.channel else { return }
        let now = turn.now + turn.late
        guard ticket.nameFree <= now else {
            ticket.renameTo = name
            return
        }
        ticket.renameTo = nil
        ticket.renames = ticket.renames.suffix(1) + [now]
        turn.emit(.changeChannel(.known(channel), .edit([.name(name)]), reason: "ticket \(ticket.number)"))
    }

    /// Whoever collects what is asked again and again hears it without names.
    static func tellSummary(of ticket: Ticket, _ turn: Turn) throws {
        guard let summary = ticket.summary, !summary.isEmpty else { return }
        let lines = try LineRows.all(of: ticket.id, in: turn.store)
        let nameless = Nameless(of: lines, turn)
        let answers = lines.filter { $0.voice == .answer }.compactMap(\.body)
        turn.announce(
            TicketSummarised(
                guild: ticket.guild, ticket: ticket.id, number: ticket.number, member: ticket.opener,
                question: nameless.read(answers.isEmpty ? ticket.subject : answers.joined(separator: "\n")),
                summary: nameless.read(summary)))
    }
}
