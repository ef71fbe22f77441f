internal import Kit
internal import Shared

extension Tickets {
    enum Which: String, CaseIterable, Sendable { case live, mine, closed, all }

    /// TKT-02: staff see all, members their own.
    static let list = Command(
        "tickets.list", "The tickets: all of them for staff, for others their own", also: ["ticket_list"], changes: false,
        returns: .record(["rows": .list(ticketShape), "next": .text]), example: "which: live",
        .oneOf("which", "live, mine (those you look after or opened), closed or all", default: Which.live), .limit(25), .cursor
    ) { (turn, which, limit, cursor) in
        let isStaff = (try? turn.requireStaff(of: nil)) != nil
        let condition = try condition(which, isStaff: isStaff, turn)
        var found = try TicketRows.all(
            where: "\(condition) ORDER BY number DESC LIMIT \(limit + 1) OFFSET \(cursor.offset)", in: turn.store)
        let hasMore = found.count > limit
        if hasMore { found.removeLast() }
        let next = hasMore ? Cursor(offset: cursor.offset + limit).text : nil
        let rows = try found.map { try row(of: $0, turn) }
        return .page(
            TicketText.list(found, turn), data: .fields(["rows": .array(rows), "next": next.map { .string($0) }]), next: next)
    }

    private static func condition(_ which: Which, isStaff: Bool, _ turn: Turn) throws -> SQL {
        let guild = try turn.requireGuild()
        let me = turn.asker.member
        let state: SQL =
            switch which {
            case .live, .mine: "AND state IN ('opening', 'open', 'claimed', 'waiting', 'escalated', 'failed')"
            case .closed: "AND state IN ('closed', 'deleted')"
            case .all: ""
            }
        if which != .mine, isStaff { return "guild = \(guild) \(state)" }
        return isStaff
            ? "guild = \(guild) AND (claimant = \(me) OR opener = \(me)) \(state)"
            : "guild = \(guild) AND opener = \(me) \(state)"
    }

    static let show = Command(
        "tickets.show", "A ticket: where it stands, whose it is, and what was said last", isPrivate: true, changes: false,
        returns: .record([
            "ticket": ticketShape,
            "member": .record(["id": .id, "name": .text, "joined_ms": .instant, "roles": .whole, "tickets": .whole]),
            "answers": .list(lineShape), "last": .list(lineShape),
        ]), example: "1", which
    ) { turn, number in
        let ticket = try requireToRead(number, turn)
        let lines = try LineRows.all(of: ticket.id, in: turn.store)
        let row = try row(of: ticket, turn)
        let data = JSON.fields([
            "ticket": row, "member": try memberCard(ticket, turn),
            "answers": .array(lines.filter { $0.voice == .answer }.map { lineRow($0, turn) }),
            "last": .array(lines.filter { $0.voice != .answer }.suffix(10).map { lineRow($0, turn) }),
        ])
        return .done(TicketText.shown(ticket, lines, try due(of: ticket, turn)), data: data)
    }

    /// Staff read all; a member reads their own where the server lets them.
    static func requireToRead(_ number: Int?, _ turn: Turn) throws -> Ticket {
        let ticket = try require(number, turn)
        if turn[memberReads], let member = turn.asker.member, ticket.opener == member { return ticket }
        do { try turn.requireStaff(of: try KindRows.find(ticket.kind, in: turn.store)) } catch {
            throw Refusal(
                .notFound, "There is no ticket \(ticket.number) that you may read.", hint: "See yours with tickets list.",
                field: "id")
        }
        return ticket
    }

    private static func memberCard(_ ticket: Ticket, _ turn: Turn) throws -> JSON? {
        guard let opener = ticket.opener else { return nil }
        let profile = turn.house.directory.member(opener, in: ticket.guild)
        let count = try turn.store.first(
            "SELECT COUNT(*) FROM tickets_tickets WHERE guild = \(ticket.guild) AND opener = \(opener)"
        ) { $0.int(0) }
        return .fields([
            "id": .id(opener), "name": .string(turn.house.directory.name(of: opener, in: ticket.guild) ?? opener.description),
            "joined_ms": profile?.joined.map { .int($0.milliseconds) },
            "roles": profile.map { .int(Int64($0.roles.count)) }, "tickets": count.map { .int($0) },
        ])
    }

    // MARK: - Rows

    /// What is wanted first is told where something is: consent, a kind, answers, a decision, patience or a reason.
    static let ticketShape = Shape.record([
        "id": .whole, "kind": .text, "state": .text, "priority": .text, "opener": .named, "claimant": .named,
        "escalated": .named, "channel": .named, "subject": .text, "opened_ms": .instant, "answered_ms": .instant,
        "last_ms": .instant, "awaits": .text, "due_ms": .instant, "due": .text, "overdue": .flag, "closed_ms": .instant,
        "closer": .named, "reason": .text, "rating": .whole, "reopened": .whole, "trouble": .text, "summary": .text,
        "version": .whole, "wants": .text, "kinds": .list(.text), "questions": .text, "draft": .whole,
        "suggestions": .list(.record(["id": .whole, "question": .text])),
    ])

    static let lineShape = Shape.record([
        "at_ms": .instant, "voice": .text, "author": .named, "head": .text, "text": .text, "edited": .flag, "deleted": .flag,
    ])

    static func row(of ticket: Ticket, _ turn: Turn) throws -> JSON {
        let due = try due(of: ticket, turn)
        let rung: JSON? =
            switch ticket.escalated {
            case .member(let member): turn.named(member)
            case .role(let role): turn.named(role)
            case nil: nil
            }
        return .fields([
            "id": .int(ticket.number), "kind": .string(try KindRows.find(ticket.kind, in: turn.store)?.name ?? ""),
            "state": .string(ticket.state.rawValue), "priority": .string(ticket.priority.rawValue),
            "opener": ticket.opener.map { turn.named($0) }, "claimant": ticket.claimant.map { turn.named($0) },
            "escalated": rung, "channel": ticket.channel.map { turn.named($0) }, "subject": .string(ticket.subject),
            "opened_ms": .int(ticket.opened.milliseconds), "answered_ms": ticket.answered.map { .int($0.milliseconds) },
            "last_ms": .int(ticket.lastWord.milliseconds),
            "awaits": ticket.state.isLive ? .string(ticket.awaitsMember ? "member" : "staff") : nil,
            "due_ms": due.map { .int($0.at.milliseconds) }, "due": due.map { .string($0.what) },
            "overdue": due.map { .bool($0.at < turn.now) }, "closed_ms": ticket.closed.map { .int($0.milliseconds) },
            "closer": ticket.closer.map { turn.named($0) }, "reason": ticket.reason.map { .string($0) },
            "rating": ticket.rating.map { .int(Int64($0)) }, "reopened": .int(Int64(ticket.reopened)),
            "trouble": ticket.trouble.map { .string($0) }, "summary": ticket.summary.map { .string($0) },
            "version": .int(ticket.version),
        ])
    }

    static func lineRow(_ line: TicketLine, _ turn: Turn) -> JSON {
        .fields([
            "at_ms": .int(line.at.milliseconds), "voice": .string(line.voice.rawValue),
            "author": line.author.map { turn.named($0) }, "head": line.head.map { .string($0) },
            "text": line.body.map { .string($0) }, "edited": line.edited.map { _ in true },
            "deleted": line.deleted.map { _ in true },
        ])
    }

    /// The target that is the nearest, missed ones too: for the answer first, then for the end.
    static func due(of ticket: Ticket, _ turn: Turn) throws -> (what: String, at: Instant)? {
        guard ticket.state.isLive else { return nil }
        let rules = turn.ticketRules
        if ticket.answered == nil, rules.answer > .zero,
            let at = rules.hours.add(rules.answer, to: ticket.opened, in: rules.zone)
        {
            return ("answer", at)
        }
        guard rules.age > .zero, let at = rules.hours.add(rules.age, to: ticket.opened, in: rules.zone) else { return nil }
        return ("end", at)
    }
}
