internal import Kit
internal import Shared

extension Tickets {
    /// Somebody's tickets, all that they wrote in any, and what they have not sent.
    static let exportPersonal: @Sendable (Turn, ID<Member>) throws -> JSON = { turn, member in
        let place: SQL = turn.guild.map { "AND guild = \($0)" } ?? ""
        let tickets = try TicketRows.all(
            where: "(opener = \(member) OR claimant = \(member) OR closer = \(member)) \(place) ORDER BY id", in: turn.store)
        let lines = try turn.store.all(
            """
            SELECT ticket, at, voice, head, body FROM tickets_lines WHERE author = \(member) \(place) ORDER BY at, id
            """
        ) { row in
            JSON.fields([
                "ticket": .int(row.int(0)), "at": .string(row.instant(1).rfc3339), "as": .string(row.text(2)),
                "question": row.optionalText(3).map { .string($0) }, "text": row.optionalText(4).map { .string($0) },
            ])
        }
        let drafts = try turn.store.all(
            "SELECT answers, at FROM tickets_drafts WHERE member = \(member) \(place) ORDER BY at"
        ) { row in JSON.fields(["answers": row.json(0), "at": .string(row.instant(1).rfc3339)]) }
        let replies = try turn.store.all(
            "SELECT due, body, state FROM tickets_replies WHERE author = \(member) \(place) ORDER BY due"
        ) { row in
            JSON.fields(["due": .string(row.instant(0).rfc3339), "text": .string(row.text(1)), "state": .string(row.text(2))])
        }
        let snapshots = try turn.store.all(
            "SELECT scope, at FROM tickets_snapshots WHERE asker = \(member) \(place) ORDER BY at"
        ) { row in JSON.fields(["scope": .string(row.text(0)), "at": .string(row.instant(1).rfc3339)]) }
        return [
            "tickets": .array(tickets.map { exported($0, member) }), "words": .array(lines), "drafts": .array(drafts),
            "replies": .array(replies), "statistics_asked": .array(snapshots),
        ]
    }

    private static func exported(_ ticket: Ticket, _ member: ID<Member>) -> JSON {
        let isOwn = ticket.opener == member
        return .fields([
            "guild": .id(ticket.guild), "number": .int(ticket.number), "id": .int(ticket.id),
            "as": .string(isOwn ? "member" : "staff"), "state": .string(ticket.state.rawValue),
            "subject": isOwn ? .string(ticket.subject) : nil, "opened": .string(ticket.opened.rfc3339),
            "closed": ticket.closed.map { .string($0.rfc3339) }, "reason": ticket.reason.map { .string($0) },
            "rating": isOwn ? ticket.rating.map { .int(Int64($0)) } : nil,
            "remark": isOwn ? ticket.remark.map { .string($0) } : nil,
            "summary": isOwn ? ticket.summary.map { .string($0) } : nil,
        ])
    }

    /// Their words go, and their name from wherever it stood; that there was a ticket stays, for the count and for staff.
    static let erasePersonal: @Sendable (Turn, ID<Member>) throws -> Int = { turn, member in
        let place: SQL = turn.guild.map { "AND guild = \($0)" } ?? ""
        let nothing: String? = nil
        let nobody: ID<Member>? = nil
        let rung = Ticket.Rung.member(member).text
        var rows = try turn.store.run(
            "UPDATE tickets_lines SET author = \(nobody), body = CASE WHEN voice = 'note' THEN body ELSE \(nothing) END WHERE author = \(member) \(place)"
        )
        rows += try turn.store.run(
            """
            UPDATE tickets_tickets SET opener = \(nobody), subject = '', remark = \(nothing), summary = \(nothing),
                reason = \(nothing), version = version + 1 WHERE opener = \(member) \(place)
            """)
        rows += try turn.store.run("UPDATE tickets_tickets SET claimant = \(nobody) WHERE claimant = \(member) \(place)")
        rows += try turn.store.run("UPDATE tickets_tickets SET closer = \(nobody) WHERE closer = \(member) \(place)")
        rows += try turn.store.run("UPDATE tickets_tickets SET escalated = \(nothing) WHERE escalated = \(rung) \(place)")
        rows += try turn.store.run("UPDATE tickets_snapshots SET asker = \(nobody) WHERE asker = \(member) \(place)")
        rows += try turn.store.run("DELETE FROM tickets_drafts WHERE member = \(member) \(place)")
        return rows
            + (try turn.store.run("DELETE FROM tickets_replies WHERE author = \(member) AND state <> 'waiting' \(place)"))
            + (try turn.store.run("UPDATE tickets_replies SET author = \(nobody) WHERE author = \(member) \(place)"))
    }
}
