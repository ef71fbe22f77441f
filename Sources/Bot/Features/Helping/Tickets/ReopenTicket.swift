internal import Kit
internal import Shared

extension Tickets {
    static let reopen = Command(
        "tickets.reopen", "Opens a closed ticket again, in a new channel if the old one is gone", changes: true,
        returns: ticketShape, example: "1", which
    ) { turn, number in
        let old = try requireForStaff(number, turn)
        guard old.state.isOver || old.state == .failed else {
            throw Refusal.conflict("Ticket \(old.number) is not closed.", hint: "See it with tickets show \(old.number).")
        }
        guard let kind = try KindRows.find(old.kind, in: turn.store) else {
            throw Refusal.notFound("Its kind is gone.", hint: "Open a new ticket instead.")
        }
        var new = old
        (new.closed, new.closer, new.reason, new.warned, new.told) = (nil, nil, nil, nil, [])
        (new.rating, new.remark, new.summary, new.trouble) = (nil, nil, nil, nil)
        new.reopened += old.state == .failed ? 0 : 1
        if old.state != .failed { try LineRows.note("opened again", by: turn.asker.member, on: new, turn) }
        if let channel = old.channel {
            new.state = old.claimant == nil ? .open : .claimed
            try unlock(&new, kind, channel, turn)
        } else {
            new.state = .opening
            if let obstacle = obstacle(kind, turn) { throw obstacle }
            try openPlace(of: new, kind, turn)
        }
        try keep(new, was: old, turn)
        log(TicketText.logged("opened again", new, by: turn.asker.member, nil), turn)
        let undo =
            old.state == .failed
            ? nil
            : Invocation(
                command: "tickets.close",
                arguments: [
                    "id": .int(new.number), "reason": .string(old.reason.flatMap { $0.isEmpty ? nil : $0 } ?? "closed again"),
                ])
        return .done(TicketText.changed(new), data: try row(of: try require(Int(new.number), turn), turn), undo: undo)
    }

    private static func unlock(_ ticket: inout Ticket, _ kind: TicketKind, _ channel: ID<Channel>, _ turn: Turn) throws {
        let reason = "ticket \(ticket.number) is open again"
        if ticket.place == .thread {
            turn.emit(.changeChannel(.known(channel), .edit([.archived(false), .locked(false)]), reason: reason))
        } else if let opener = ticket.opener {
            turn.emit(.changeChannel(.known(channel), .permit(writes(opener, kind)), reason: reason))
        }
        try rename(&ticket, to: placeName(of: ticket, kind, turn), turn)
        say(
            TicketText.reopened(ticket), in: ticket, turn, mentions: Mentions(members: [ticket.opener].compactMap(\.self)))
    }

    /// TKT-03: the channel goes, what was said in it stays with the transcript. It is shown first, for it cannot be taken back.
    static let delete = Command(
        "tickets.delete", "Deletes a closed ticket's channel; its transcript is kept", changes: true, returns: ticketShape,
        example: "1", which
    ) { turn, number in
        let old = try requireForStaff(number, turn)
        guard old.state.isOver else {
            throw Refusal.conflict(
                "Ticket \(old.number) is not closed.", hint: "Close it first, so that it has a reason: tickets close.")
        }
        guard old.channel != nil else {
            throw Refusal.conflict("The channel of ticket \(old.number) is gone already.")
        }
        turn.askFirst()
        let new = try deletePlace(of: old, by: turn.asker.member, turn)
        return .done(TicketText.changed(new), data: try row(of: try require(Int(new.number), turn), turn))
    }

    @discardableResult
    static func deletePlace(of old: Ticket, by member: ID<Member>?, _ turn: Turn) throws -> Ticket {
        var new = old
        if let channel = old.channel {
            turn.emit(.changeChannel(.known(channel), .delete, reason: "ticket \(old.number) is closed"))
            turn.hot(TicketPlaces.self).remove(channel)
        }
        (new.state, new.channel, new.control, new.renameTo) = (.deleted, nil, nil, nil)
        try LineRows.note("its channel was deleted", by: member, on: new, turn)
        try keep(new, was: old, turn)
        log(TicketText.logged("deleted", new, by: member, nil), turn)
        return new
    }
}
