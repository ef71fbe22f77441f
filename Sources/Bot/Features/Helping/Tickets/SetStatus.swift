internal import Kit
internal import Shared

extension Tickets {
    enum Status: String, CaseIterable, Sendable { case open, claimed, waiting, escalated }

    /// TKT-05: where a ticket stands. Closing has a command of its own, since it wants a reason.
    static let status = Command(
        "tickets.status", "Says where a ticket stands: open, claimed, waiting (for the member) or escalated (to somebody)",
        also: ["ticket_status"], changes: true, returns: ticketShape, example: "id: 1 state: waiting",
        which, .oneOf("state", "open, claimed, waiting or escalated"),
        .optional(.member("to", "Who looks after it, or to whom it is escalated")),
        .optional(.role("role", "To which role it is escalated"))
    ) { (turn, number, state: Status, to, role) in
        let old = try requireForStaff(number, turn)
        try requireLive(old)
        var new = old
        switch state {
        case .open: (new.state, new.claimant, new.escalated) = (.open, nil, nil)
        case .waiting: (new.state, new.warned) = (.waiting, nil)
        case .claimed:
            guard let member = to ?? old.claimant ?? turn.asker.member else {
                throw Refusal.invalid("Say who looks after it.", field: "to")
            }
            guard try turn.isStaff(member, of: try KindRows.find(old.kind, in: turn.store)) else {
                throw Refusal(
                    .forbidden,
                    "\(turn.house.directory.name(of: member, in: turn.guild) ?? "That member") is none of the staff.",
                    hint: "Name one who answers tickets.", field: "to")
            }
            (new.state, new.claimant, new.escalated) = (.claimed, member, nil)
        case .escalated:
            guard let rung = to.map(Ticket.Rung.member) ?? role.map(Ticket.Rung.role), to == nil || role == nil else {
                throw Refusal.invalid(
                    "Say to whom it is escalated.", field: "to", hint: "A member (to) or a role, one of them.")
            }
            (new.state, new.escalated) = (.escalated, rung)
        }
        guard new.record != old.record else { return .done(TicketText.changed(old), data: try row(of: old, turn)) }
        try LineRows.note("is \(state.rawValue)", by: turn.asker.member, on: new, turn)
        try keep(new, was: old, turn)
        try announceStatus(new, turn)
        return .done(
            TicketText.changed(new), data: try row(of: try require(Int(new.number), turn), turn), undo: back(to: old))
    }

    /// Whoever it is escalated to is called by a job: nobody confirms a mention that they meant.
    private static func announceStatus(_ ticket: Ticket, _ turn: Turn) throws {
        if ticket.state == .escalated {
            try turn.schedule(callUp, key: ticket.key, ticket.id, at: turn.now)
        } else {
            let mentions = Mentions(members: ticket.state == .waiting ? [ticket.opener].compactMap(\.self) : [])
            say(TicketText.status(ticket), in: ticket, turn, mentions: mentions)
        }
        log(TicketText.logged(ticket.state.rawValue, ticket, by: turn.asker.member, nil), turn)
    }

    static let callUp: Job<Int64> = Job("tickets.call_up", late: .always) { turn, id in
        guard let ticket = try TicketRows.find(id, in: turn.store), ticket.state == .escalated, let rung = ticket.escalated
        else { return }
        var mentions = Mentions()
        switch rung {
        case .member(let member):
            mentions.members = [member]
            if ticket.place == .thread, let channel = ticket.channel {
                turn.emit(.changeChannel(.known(channel), .admit(member), reason: "ticket \(ticket.number)"))
            } else if let channel = ticket.channel, let kind = try KindRows.find(ticket.kind, in: turn.store) {
                turn.emit(
                    .changeChannel(.known(channel), .permit(writes(member, kind)), reason: "ticket \(ticket.number)"))
            }
        case .role(let role): mentions.roles = [role]
        }
        say(TicketText.status(ticket), in: ticket, turn, mentions: mentions)
    }

    private static func back(to old: Ticket) -> Invocation {
        var arguments: [(String, JSON)] = [("id", .int(old.number)), ("state", .string(old.state.rawValue))]
        switch old.escalated {
        case .member(let member) where old.state == .escalated: arguments.append(("to", .id(member)))
        case .role(let role) where old.state == .escalated: arguments.append(("role", .id(role)))
        default: if let claimant = old.claimant { arguments.append(("to", .id(claimant))) }
        }
        return Invocation(command: "tickets.status", arguments: .object(JSON.Object(arguments)))
    }

    static let priority = Command(
        "tickets.priority", "Says how urgent a ticket is", changes: true, returns: ticketShape, example: "id: 1 priority: high",
        which, .oneOf("priority", "low, normal, high or urgent")
    ) { (turn, number, priority: Ticket.Priority) in
        let old = try requireForStaff(number, turn)
        try requireLive(old)
        var new = old
        new.priority = priority
        guard new.priority != old.priority else { return .done(TicketText.changed(old), data: try row(of: old, turn)) }
        try LineRows.note("is \(priority.rawValue)", by: turn.asker.member, on: new, turn)
        try keep(new, was: old, turn)
        let undo = Invocation(
            command: "tickets.priority",
            arguments: ["id": .int(old.number), "priority": .string(old.priority.rawValue)])
        return .done(TicketText.changed(new), data: try row(of: try require(Int(new.number), turn), turn), undo: undo)
    }
}
