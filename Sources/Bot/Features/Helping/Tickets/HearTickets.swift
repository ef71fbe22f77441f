internal import Kit
internal import Shared

extension Tickets {
    /// What is said in a ticket goes into its transcript, also what was said while nobody listened; the words only of those who
    /// agreed to that.
    static let hear = Listener.message(
        "tickets.words", order: 150, alwaysHears: true,
        catchesUp: { turn, channel in (try? TicketRows.find(in: channel, turn.store)) ?? nil != nil }
    ) { turn, message in
        guard message.isSpeech, let id = turn.hot(TicketPlaces.self).ticket(in: message.channel),
            let ticket = try TicketRows.find(id, in: turn.store)
        else { return .passed }
        try note(message, in: ticket, turn)
        return .passed
    }

    private static func note(_ message: MessageSeen, in old: Ticket, _ turn: Turn) throws {
        let isMember = message.author == old.opener
        let isStaff = try !isMember && turn.isStaff(message.author, of: try KindRows.find(old.kind, in: turn.store))
        let line = TicketLine(
            ticket: old.id, guild: old.guild, message: message.id, at: turn.now, author: message.author,
            voice: isMember ? .member : isStaff ? .staff : .guest,
            body: try turn.consent(of: message.author) == nil ? nil : words(of: message))
        guard try LineRows.insert(line, in: turn.store), isMember || isStaff else { return }
        try heard(turn.now, byMember: isMember, old, turn)
    }

    /// Somebody has said something: the clocks begin anew.
    static func heard(_ at: Instant, byMember: Bool, _ old: Ticket, _ turn: Turn) throws {
        var new = old
        if byMember {
            new.memberAt = max(at, old.memberAt ?? at)
            if old.state == .waiting { new.state = old.claimant == nil ? .open : .claimed }
        } else {
            new.staffAt = max(at, old.staffAt ?? at)
            new.answered = min(at, old.answered ?? at)
        }
        new.warned = nil
        try TicketRows.update(new, in: turn.store)
        try plan(new, turn)
    }

    private static func words(of message: MessageSeen) -> String {
        let text = message.contentText
        return text.isEmpty ? "(a file or a picture)" : String(text.prefix(4000))
    }

    static let hearEdits = Listener.event("tickets.edits", .edits) { turn, event in
        guard case .messageEdited(let message) = event, message.editedMilliseconds > 0,
            let id = turn.hot(TicketPlaces.self).ticket(in: message.channel), try turn.consent(of: message.author) != nil
        else { return }
        let at = Instant(milliseconds: message.editedMilliseconds)
        try LineRows.edit(message.id, of: id, words(of: message), at: at, in: turn.store)
    }

    static let hearDeletions = Listener.event("tickets.deletions", .deletions) { turn, event in
        guard case .messagesDeleted(let messages, let channel, _) = event,
            let id = turn.hot(TicketPlaces.self).ticket(in: channel)
        else { return }
        for message in messages { try LineRows.delete(message, of: id, at: turn.now, in: turn.store) }
    }

    /// A channel that somebody deletes by hand takes nothing with it.
    static let hearChannels = Listener.event("tickets.channels", .channels) { turn, event in
        guard case .channelDeleted(let channel, _) = event, let id = turn.hot(TicketPlaces.self).ticket(in: channel),
            let ticket = try TicketRows.find(id, in: turn.store)
        else { return }
        turn.hot(TicketPlaces.self).remove(channel)
        if ticket.state.isLive {
            try end(ticket, by: nil, "its channel was deleted", placeIsGone: true, turn)
        } else {
            var new = ticket
            (new.state, new.channel, new.control, new.renameTo) = (.deleted, nil, nil, nil)
            try LineRows.note("its channel was deleted by hand", on: new, turn)
            try keep(new, was: ticket, turn)
        }
    }

    /// Who leaves may come back: their tickets wait, and staff know.
    static let hearMembers = Listener.event("tickets.members", .members) { turn, event in
        switch event {
        case .memberLeft(let member, let guild):
            for old in try TicketRows.live(of: member, in: guild, turn.store) where old.leftAt == nil {
                var new = old
                new.leftAt = turn.now
                try LineRows.note("left the server", by: member, on: new, turn)
                try TicketRows.update(new, in: turn.store)
                say(TicketText.left(member), in: new, turn)
            }
        case .memberSeen(let profile, joined: true):
            for old in try TicketRows.live(of: profile.id, in: profile.guild, turn.store) where old.leftAt != nil {
                var new = old
                new.leftAt = nil
                try LineRows.note("came back", by: profile.id, on: new, turn)
                try TicketRows.update(new, in: turn.store)
                try letIn(profile.id, to: new, turn)
            }
        default: break
        }
    }

    private static func letIn(_ member: ID<Member>, to ticket: Ticket, _ turn: Turn) throws {
        guard let channel = ticket.channel else { return }
        if ticket.place == .thread {
            turn.emit(.changeChannel(.known(channel), .admit(member), reason: "ticket \(ticket.number)"))
        } else if let kind = try KindRows.find(ticket.kind, in: turn.store) {
            turn.emit(.changeChannel(.known(channel), .permit(writes(member, kind)), reason: "ticket \(ticket.number)"))
        }
        say(TicketText.back(member), in: ticket, turn, mentions: Mentions(members: [member]))
    }
}
