internal import Kit
internal import Shared

extension Tickets {
    /// Has a ticket looked at when the next thing is due, and not before: a thousand quiet ones cost nothing.
    static func plan(_ ticket: Ticket, _ turn: Turn) throws {
        let now = turn.now + turn.late
        let agenda = Agenda(of: ticket, turn.ticketRules, hasAnswers: try LineRows.hasAnswers(ticket.id, in: turn.store))
        if let next = agenda.next {
            try turn.schedule(look, key: ticket.key, ticket.id, at: max(next, now))
        } else {
            turn.cancel(look, key: ticket.key)
        }
    }

    static let look: Job<Int64> = Job("tickets.look", late: .always) { turn, id in
        guard let ticket = try TicketRows.find(id, in: turn.store) else { return }
        let now = turn.now + turn.late
        let agenda = Agenda(of: ticket, turn.ticketRules, hasAnswers: try LineRows.hasAnswers(id, in: turn.store))
        guard let deed = agenda.due(at: now) else { return try plan(ticket, turn) }
        if deed.isForSilence, try mayBeUnheard(turn) {
            return try turn.schedule(look, key: ticket.key, id, at: now + 1.minutes)
        }
        try carryOut(deed, ticket, turn)
    }

    /// After a while away, somebody may have spoken whom nobody has heard yet: silence is judged when all is read back.
    private static func mayBeUnheard(_ turn: Turn) throws -> Bool {
        if turn.late > 30.seconds { return true }
        return try turn.gaps(since: turn.now - 1.days).contains { $0.state == .open || $0.state == .filling }
    }

    private static func carryOut(_ deed: Agenda.Deed, _ old: Ticket, _ turn: Turn) throws {
        var new = old
        switch deed {
        case .tellAnswer, .tellAge:
            new.told.insert(deed == .tellAnswer ? .answer : .age)
            log(TicketText.overdue(new, deed), turn)
        case .warnIdle, .warnEmpty:
            new.warned = turn.now + turn.late
            let rules = turn.ticketRules
            let time = deed == .warnEmpty ? rules.empty : rules.idle
            let ahead = min(rules.warning, .milliseconds(time.milliseconds / 2))
            say(
                TicketText.warning(new, closesAt: turn.now + turn.late + ahead), in: new, turn,
                mentions: Mentions(members: [new.opener].compactMap(\.self)))
        case .closeIdle, .closeEmpty:
            let reason = deed == .closeIdle ? "the member did not answer" : "the member never wrote"
            try end(old, by: nil, reason, turn)
            return
        case .rename: return try renameLate(old, turn)
        case .delete:
            try deletePlace(of: old, by: nil, turn)
            return
        }
        try keep(new, was: old, turn)
    }

    /// The name that had to wait; a closed thread is put away with it.
    private static func renameLate(_ old: Ticket, _ turn: Turn) throws {
        var new = old
        guard let name = old.renameTo, let channel = old.channel else { return }
        try rename(&new, to: name, turn)
        if new.renameTo == nil, new.place == .thread, new.state == .closed {
            turn.emit(
                .changeChannel(.known(channel), .edit([.archived(true)]), reason: "ticket \(new.number) is closed"))
        }
        try keep(new, was: old, turn)
    }

    /// When settings change, every open ticket's next thing may be due at another time.
    static let hearSettings = Listener.news("tickets.settings", SettingChanged.self) { turn, story in
        guard story.name.hasPrefix("tickets.") || story.name == "house.zone" else { return }
        let here = turn.inside(story.guild)
        for ticket in try TicketRows.all(
            where:
                "guild = \(story.guild) AND (state IN ('open', 'claimed', 'waiting', 'escalated') OR state = 'closed' AND channel IS NOT NULL)",
            in: turn.store)
        {
            let agenda = Agenda(of: ticket, here.ticketRules, hasAnswers: try LineRows.hasAnswers(ticket.id, in: turn.store))
            if let next = agenda.next {
                try turn.schedule(look, key: ticket.key, ticket.id, at: max(next, turn.now))
            } else {
                turn.cancel(look, key: ticket.key)
            }
        }
    }
}

extension Agenda.Deed {
    /// Done because nobody said anything.
    fileprivate var isForSilence: Bool { [.warnIdle, .warnEmpty, .closeIdle, .closeEmpty].contains(self) }
}
