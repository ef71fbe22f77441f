internal import Kit
internal import Shared

extension Tickets {
    /// By its number, or the ticket in whose channel the asker is.
    static let which: Parameter<Int?> = .optional(
        .whole("id", "Its number, as tickets list shows it; the one of this channel when left out", 1...Int.max))

    static func require(_ number: Int?, _ turn: Turn) throws -> Ticket {
        let guild = try turn.requireGuild()
        if let number {
            if let found = try TicketRows.find(number: Int64(number), in: guild, turn.store) { return found }
            throw Refusal(
                .notFound, "There is no ticket \(number) here.", hint: "See them all with tickets list.", field: "id")
        }
        if let channel = turn.channel, let found = try TicketRows.find(in: channel, turn.store), found.guild == guild {
            return found
        }
        throw Refusal.invalid("Say which ticket you mean.", field: "id", hint: "In a ticket's own channel it goes without.")
    }

    /// As `require`, for those who answer tickets alone.
    static func requireForStaff(_ number: Int?, _ turn: Turn) throws -> Ticket {
        try turn.requireStaff(of: nil)
        let ticket = try require(number, turn)
        try turn.requireStaff(of: try KindRows.find(ticket.kind, in: turn.store))
        try turn.require(version: ticket.version)
        return ticket
    }

    static func requireLive(_ ticket: Ticket) throws(Refusal) {
        if ticket.state.isLive { return }
        switch ticket.state {
        case .opening: throw .conflict("Ticket \(ticket.number) is being opened.", hint: "Try again in a moment.")
        case .failed:
            throw .conflict(
                "Ticket \(ticket.number) could not be opened: \(ticket.trouble ?? "nobody knows why").",
                hint: "Mend that, then tickets reopen \(ticket.number).")
        default:
            throw .conflict("Ticket \(ticket.number) is closed.", hint: "Open it again with tickets reopen \(ticket.number).")
        }
    }

    /// Writes a ticket as it is now, has it looked at when the next thing is due, and tells the audit what differs.
    static func keep(_ ticket: Ticket, was old: Ticket, _ turn: Turn) throws {
        try TicketRows.update(ticket, in: turn.store)
        if ticket.record != old.record { turn.change(ticket.subjectOfChange, from: old.record, to: ticket.record) }
        try plan(ticket, turn)
    }
}

extension Turn {
    /// Whoever may Time Out Members, and the holders of the role that answers such tickets. Without a kind, of any.
    func requireStaff(of kind: TicketKind?) throws {
        if asker.may(.moderate) { return }
        if let member = asker.member, try isStaff(member, of: kind) { return }
        throw Refusal.forbidden("This is for those who answer tickets.", hint: "Ask one of them, in your ticket.")
    }

    func isStaff(_ member: ID<Member>, of kind: TicketKind?) throws -> Bool {
        guard let guild, let profile = house.directory.member(member, in: guild) else { return false }
        let own = try kind.map { [$0.role].compactMap(\.self) } ?? KindRows.all(of: guild, in: store).compactMap(\.role)
        let roles = own.isEmpty || kind == nil ? own + [self[Tickets.staff]].compactMap(\.self) : own
        if profile.roles.contains(where: roles.contains) { return true }
        let rights = house.directory.roles(in: guild).filter { profile.roles.contains($0.id) || $0.id == guild.everyone }
        return house.directory.guild(guild)?.owner == member
            || rights.contains { !$0.permissions.isDisjoint(with: [.moderateMembers, .administrator]) }
    }
}
