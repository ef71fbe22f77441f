internal import Kit
internal import Shared

extension Tickets {
    /// What Discord made of the channel, and what comes first in it.
    static let opened: Job<Int64> = Job("tickets.opened", late: .always) { turn, id in
        guard var ticket = try TicketRows.find(id, in: turn.store), ticket.state == .opening,
            let kind = try KindRows.find(ticket.kind, in: turn.store)
        else { return }
        switch turn.receipt?.outcome {
        case .done(let made?):
            ticket.channel = ID(made)
            ticket.state = ticket.claimant == nil ? .open : .claimed
            ticket.trouble = nil
            try TicketRows.update(ticket, in: turn.store)
            if let channel = ticket.channel { turn.hot(TicketPlaces.self).add(channel, ticket.id) }
            try greet(ticket, kind, turn)
            try plan(ticket, turn)
            log(TicketText.logged("opened", ticket, by: ticket.opener, kind.label), turn)
        case .refused(let code, let words): try fail(ticket, kind, TicketText.fix(code, words), turn)
        case .uncertain(let words), .expired(let words): try fail(ticket, kind, "Its channel may be missing: \(words)", turn)
        case .done(nil), nil: break
        }
    }

    /// The answers stand in it, so that nobody asks again; whoever is to come is called.
    private static func greet(_ ticket: Ticket, _ kind: TicketKind, _ turn: Turn) throws {
        guard let channel = ticket.channel else { return }
        if ticket.place == .thread, let opener = ticket.opener {
            turn.emit(.changeChannel(.known(channel), .admit(opener), reason: "ticket \(ticket.number)"))
        }
        let called = turn[callsStaff] ? kind.role ?? turn[staff] : nil
        let mentions = Mentions(members: [ticket.opener].compactMap(\.self), roles: [called].compactMap(\.self))
        say(TicketText.greeting(ticket, kind, calling: called, turn), in: ticket, turn, mentions: mentions)
        let answers = try LineRows.all(of: ticket.id, in: turn.store).filter { $0.voice == .answer }
        try turn.emit(
            .post(channel: .known(channel), Post(TicketText.opening(ticket, kind, answers))), receiptTo: greeted, ticket.id)
    }

    static let greeted: Job<Int64> = Job("tickets.greeted", late: .always) { turn, id in
        guard case .done(let made?)? = turn.receipt?.outcome, var ticket = try TicketRows.find(id, in: turn.store) else {
            return
        }
        ticket.control = ID(made)
        try TicketRows.update(ticket, in: turn.store)
    }

    /// What the member wrote stays; staff can have it opened again once the cause is mended.
    private static func fail(_ ticket: Ticket, _ kind: TicketKind, _ trouble: String, _ turn: Turn) throws {
        var ticket = ticket
        ticket.state = .failed
        ticket.trouble = trouble
        try TicketRows.update(ticket, in: turn.store)
        log(TicketText.failed(ticket, kind), turn)
        guard let opener = ticket.opener else { return }
        try turn.tell(opener, Post(TicketText.failedForMember(ticket)))
    }
}
