internal import Kit
internal import Shared

extension Tickets {
    static let claim = Command(
        "tickets.claim", "Takes a ticket: you look after it", also: ["ticket_claim"], isForMembers: true, changes: true,
        returns: ticketShape, example: "1", which
    ) { turn, number in
        let old = try requireForStaff(number, turn)
        try requireLive(old)
        let member = try turn.requireMember()
        if let other = old.claimant, other != member {
            throw Refusal(
                .conflict, "\(turn.house.directory.name(of: other, in: turn.guild) ?? "Somebody") looks after it already.",
                hint: "They can hand it over with tickets transfer.", field: "id")
        }
        return try hand(old, to: member, undo: "tickets.release", turn)
    }

    static let release = Command(
        "tickets.release", "Gives a ticket back: nobody looks after it", changes: true, returns: ticketShape, example: "1",
        which
    ) { turn, number in
        let old = try requireForStaff(number, turn)
        try requireLive(old)
        guard let holder = old.claimant else {
            throw Refusal.conflict("Nobody looks after ticket \(old.number).", hint: "Take it with tickets claim.")
        }
        var new = old
        (new.claimant, new.escalated, new.state) = (nil, nil, old.state == .waiting ? .waiting : .open)
        try LineRows.note("was given back", by: turn.asker.member, on: new, turn)
        try keep(new, was: old, turn)
        say(TicketText.released(new), in: new, turn)
        let undo = Invocation(
            command: "tickets.transfer", arguments: ["id": .int(new.number), "to": .id(holder)])
        return .done(TicketText.changed(new), data: try row(of: new, turn), undo: undo)
    }

    static let transfer = Command(
        "tickets.transfer", "Hands a ticket over to another of the staff", changes: true, returns: ticketShape,
        example: "id: 1 to: @ann", which, .member("to", "Who looks after it from now on")
    ) { turn, number, member in
        let old = try requireForStaff(number, turn)
        try requireLive(old)
        guard try turn.isStaff(member, of: try KindRows.find(old.kind, in: turn.store)) else {
            let name = turn.house.directory.name(of: member, in: turn.guild) ?? "That member"
            throw Refusal(
                .forbidden, "\(name) does not answer tickets of this kind.",
                hint: "Give them the role that does, or name another.", field: "to")
        }
        return try hand(old, to: member, undo: old.claimant == nil ? "tickets.release" : "tickets.transfer", turn)
    }

    private static func hand(_ old: Ticket, to member: ID<Member>, undo back: String, _ turn: Turn) throws -> Reply {
        guard old.claimant != member else { return .done(TicketText.changed(old), data: try row(of: old, turn)) }
        var new = old
        (new.claimant, new.escalated) = (member, nil)
        if new.state != .waiting { new.state = .claimed }
        try LineRows.note("is looked after", by: member, on: new, turn)
        try keep(new, was: old, turn)
        if let channel = new.channel {
            if new.place == .thread {
                turn.emit(.changeChannel(.known(channel), .admit(member), reason: "ticket \(new.number)"))
            }
            say(TicketText.claimed(new, by: member), in: new, turn, mentions: Mentions(members: [member]))
        }
        log(TicketText.logged("claimed", new, by: member, nil), turn)
        var arguments: JSON = ["id": .int(new.number)]
        if back == "tickets.transfer", let holder = old.claimant { arguments = arguments.joined(with: ["to": .id(holder)]) }
        var card = TicketText.changed(new)
        if turn.asker.member == member, try turn.consent(of: member) == nil { card.footer = TicketText.unheard }
        return .done(
            card, data: try row(of: try require(Int(new.number), turn), turn),
            undo: Invocation(command: back, arguments: arguments))
    }
}
