internal import Kit
internal import Shared

extension Tickets {
    /// Kinds of which no ticket could be opened, and tickets that wait for something to be mended.
    static let checkup = CheckupReading { turn in
        let guild = try turn.requireGuild()
        var symptoms = try KindRows.all(of: guild, in: turn.store).compactMap { kind -> Symptom? in
            do throws(Refusal) { try check(kind, turn) } catch {
                return Symptom(
                    "tickets.kind.\(kind.id)", .bad, "Tickets of the kind \(kind.name): \(error.sentence)",
                    fix: error.hint ?? "")
            }
            return nil
        }
        for ticket in try TicketRows.all(where: "guild = \(guild) AND state = 'failed' ORDER BY number", in: turn.store) {
            symptoms.append(
                Symptom(
                    "ticket.\(ticket.number)", .bad,
                    "Ticket \(ticket.number) could not be opened: \(ticket.trouble ?? "nobody knows why")",
                    fix: "Mend that, then tickets reopen \(ticket.number)."))
        }
        if let channel = turn[logChannel], let refusal = turn.whyNotPost(in: channel) {
            symptoms.append(
                Symptom("tickets.log", .warn, "The tickets' log: \(refusal.sentence)", fix: refusal.hint ?? ""))
        }
        return symptoms
    }

    /// The words of tickets that were closed long ago go, and what nobody sent.
    static let sweep = Routine("tickets.sweep", every: 1.days) { turn in
        try turn.store.run("DELETE FROM tickets_drafts WHERE at < \(turn.now - 1.days)")
        try turn.store.run("DELETE FROM tickets_replies WHERE state <> 'waiting' AND due < \(turn.now - 30.days)")
        let guilds = try turn.store.all("SELECT DISTINCT guild FROM tickets_tickets") { $0.id(0, Guild.self) }
        for case let guild? in guilds {
            let old = turn.now - turn.inside(guild)[retention]
            let nothing: String? = nil
            try turn.store.run(
                """
                DELETE FROM tickets_lines WHERE guild = \(guild) AND voice <> 'note' AND ticket IN
                    (SELECT id FROM tickets_tickets WHERE guild = \(guild) AND closed < \(old))
                """)
            try turn.store.run(
                """
                UPDATE tickets_tickets SET subject = '', summary = \(nothing), remark = \(nothing)
                WHERE guild = \(guild) AND closed < \(old) AND (subject <> '' OR summary IS NOT NULL OR remark IS NOT NULL)
                """)
        }
    }
}
