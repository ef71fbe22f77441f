internal import Kit
internal import Shared

/// Tickets as they lie in the store.
enum TicketRows {
    private static let columns: SQL = """
        id, guild, number, kind, opener, channel, place, state, claimant, escalated, priority, subject, opened, answered,
        member_at, staff_at, warned, told, left_at, closed, closer, reason, rating, remark, reopened, renames, control, trouble,
        summary, rename_to, version
        """

    static func find(_ id: Int64, in store: any Connection) throws -> Ticket? {
        try one("id = \(id)", in: store)
    }

    static func find(number: Int64, in guild: ID<Guild>, _ store: any Connection) throws -> Ticket? {
        try one("guild = \(guild) AND number = \(number)", in: store)
    }

    static func find(in channel: ID<Channel>, _ store: any Connection) throws -> Ticket? {
        try one("channel = \(channel) AND state <> 'deleted'", in: store)
    }

    static func all(where condition: SQL, in store: any Connection) throws -> [Ticket] {
        try store.all("SELECT \(columns) FROM tickets_tickets WHERE \(condition)", read).compactMap(\.self)
    }

    /// Those that somebody still has to do something about.
    static func live(of guild: ID<Guild>, in store: any Connection) throws -> [Ticket] {
        try all(
            where: "guild = \(guild) AND state IN ('open', 'claimed', 'waiting', 'escalated') ORDER BY number", in: store)
    }

    static func live(of member: ID<Member>, in guild: ID<Guild>, _ store: any Connection) throws -> [Ticket] {
        try all(
            where: """
                guild = \(guild) AND opener = \(member)
                AND state IN ('opening', 'open', 'claimed', 'waiting', 'escalated') ORDER BY number
                """, in: store)
    }

    private static func one(_ condition: SQL, in store: any Connection) throws -> Ticket? {
        try store.first("SELECT \(columns) FROM tickets_tickets WHERE \(condition)", read).flatMap(\.self)
    }

    /// Gives it the next number of its server; answers it with both its ids.
    static func insert(_ ticket: Ticket, in store: any Connection) throws -> Ticket {
        var new = ticket
        let last = try store.first("SELECT MAX(number) FROM tickets_tickets WHERE guild = \(ticket.guild)") {
            $0.optionalInt(0)
        }
        new.number = (last.flatMap(\.self) ?? 0) + 1
        new.id =
            try store.first(
                """
                INSERT INTO tickets_tickets (guild, number, kind, opener, place, state, priority, subject, opened, told,
                    reopened, renames, version)
                VALUES (\(new.guild), \(new.number), \(new.kind), \(new.opener), \(new.place.rawValue), \(new.state.rawValue),
                    \(new.priority.rawValue), \(new.subject), \(new.opened), 0, 0, '', 1) RETURNING id
                """
            ) { $0.int(0) } ?? 0
        return new
    }

    /// Writes it back, one version on.
    static func update(_ ticket: Ticket, in store: any Connection) throws {
        let renames = ticket.renames.map { String($0.milliseconds) }.joined(separator: " ")
        try store.run(
            """
            UPDATE tickets_tickets SET opener = \(ticket.opener), channel = \(ticket.channel), state = \(ticket.state.rawValue),
                claimant = \(ticket.claimant), escalated = \(ticket.escalated?.text), priority = \(ticket.priority.rawValue),
                subject = \(ticket.subject), answered = \(ticket.answered), member_at = \(ticket.memberAt),
                staff_at = \(ticket.staffAt), warned = \(ticket.warned), told = \(ticket.told.rawValue),
                left_at = \(ticket.leftAt), closed = \(ticket.closed), closer = \(ticket.closer), reason = \(ticket.reason),
                rating = \(number(ticket.rating)), remark = \(ticket.remark), reopened = \(ticket.reopened),
                renames = \(renames), control = \(ticket.control), trouble = \(ticket.trouble), summary = \(ticket.summary),
                rename_to = \(ticket.renameTo), version = version + 1
            WHERE id = \(ticket.id)
            """)
    }

    private static func number(_ value: Int?) -> SQLValue { value.map { .int(Int64($0)) } ?? .null }

    private static func read(_ row: any Row) -> Ticket? {
        guard let guild: ID<Guild> = row.id(1) else { return nil }
        func moment(_ column: Int) -> Instant? { row.optionalInt(column).map(Instant.init(milliseconds:)) }
        var ticket = Ticket(
            guild: guild, kind: row.int(3), opener: row.id(4), place: Ticket.Place(rawValue: row.text(6)) ?? .channel,
            subject: row.text(11), opened: row.instant(12))
        (ticket.id, ticket.number, ticket.channel) = (row.int(0), row.int(2), row.id(5))
        ticket.state = Ticket.State(rawValue: row.text(7)) ?? .failed
        ticket.claimant = row.id(8)
        ticket.escalated = row.optionalText(9).flatMap(Ticket.Rung.init)
        ticket.priority = Ticket.Priority(rawValue: row.text(10)) ?? .normal
        (ticket.answered, ticket.memberAt, ticket.staffAt) = (moment(13), moment(14), moment(15))
        (ticket.warned, ticket.told, ticket.leftAt) = (moment(16), Ticket.Targets(rawValue: row.int(17)), moment(18))
        (ticket.closed, ticket.closer, ticket.reason) = (moment(19), row.id(20), row.optionalText(21))
        (ticket.rating, ticket.remark) = (row.optionalInt(22).map { Int($0) }, row.optionalText(23))
        ticket.reopened = Int(row.int(24))
        ticket.renames = row.text(25).split(separator: " ").compactMap { Int64($0) }.map(Instant.init(milliseconds:))
        (ticket.control, ticket.trouble, ticket.summary) = (row.id(26), row.optionalText(27), row.optionalText(28))
        (ticket.renameTo, ticket.version) = (row.optionalText(29), row.int(30))
        return ticket
    }
}
