internal import Kit
internal import Shared

/// What a server's tickets of a time came to.
struct TicketFigures: Equatable {
    enum Span: String, CaseIterable, Sendable {
        case week = "7d"
        case month = "30d"
        case all

        func since(_ now: Instant) -> Instant {
            switch self {
            case .week: now - 7.days
            case .month: now - 30.days
            case .all: Instant(milliseconds: 0)
            }
        }
    }

    var counts: [(state: String, count: Int64)] = []
    var opened: Int64 = 0
    var closed: Int64 = 0
    /// From opening to closing, and to the staff's first word.
    var cycle: Duration?
    var answer: Duration?
    var rating: Double?
    var ratings: Int64 = 0

    static func == (a: Self, b: Self) -> Bool { a.json == b.json }

    init(_ span: Span, of guild: ID<Guild>, at now: Instant, in store: any Connection) throws {
        let place: SQL = "guild = \(guild) AND opened >= \(span.since(now))"
        counts = try store.all("SELECT state, COUNT(*) FROM tickets_tickets WHERE \(place) GROUP BY state ORDER BY state") {
            (state: $0.text(0), count: $0.int(1))
        }
        opened = counts.reduce(0) { $0 + $1.count }
        try store.each(
            """
            SELECT COUNT(closed), AVG(closed - opened), AVG(answered - opened), AVG(rating), COUNT(rating)
            FROM tickets_tickets WHERE \(place)
            """
        ) { row in
            closed = row.int(0)
            if !row.isNull(1) { cycle = .milliseconds(Int64(row.double(1))) }
            if !row.isNull(2) { answer = .milliseconds(Int64(row.double(2))) }
            if !row.isNull(3) { rating = (row.double(3) * 10).rounded() / 10 }
            ratings = row.int(4)
        }
    }

    var json: JSON {
        .fields([
            "counts": .object(JSON.Object(counts.map { (key: $0.state, value: .int($0.count)) })), "opened": .int(opened),
            "closed": .int(closed), "cycle_ms": cycle.map { .int($0.milliseconds) },
            "first_response_ms": answer.map { .int($0.milliseconds) }, "rating": rating.map { .double($0) },
            "ratings": .int(ratings),
        ])
    }
}

extension Tickets {
    /// TKT-09, TKT-10: each time that it is asked for, it is kept with who asked.
    static let stats = Command(
        "tickets.stats", "How many tickets there were, how long they took and how members were helped",
        also: ["ticket_stats"], changes: true, returns: statsShape, example: "scope: 30d",
        .choice("scope", "7d, 30d or all", TicketFigures.Span.allCases.map { Choice($0.rawValue, $0.rawValue) }, default: "7d")
    ) { turn, scope in
        try turn.requireStaff(of: nil)
        let guild = try turn.requireGuild()
        let span = TicketFigures.Span(rawValue: scope) ?? .week
        let figures = try TicketFigures(span, of: guild, at: turn.now, in: turn.store)
        try turn.store.run(
            """
            INSERT INTO tickets_snapshots (guild, scope, figures, asker, at)
            VALUES (\(guild), \(span.rawValue), \(figures.json), \(turn.asker.member), \(turn.now))
            """)
        let reply = Reply.done(
            TicketText.stats(figures, span), data: (["scope": .string(span.rawValue)] as JSON).joined(with: figures.json))
        return turn.door == .button ? .replace(reply.card, data: reply.data) : reply
    }

    static let snapshots = Command(
        "tickets.snapshots", "Statistics as they were when somebody asked for them", changes: false,
        returns: .record(["rows": .list(snapshotShape)]), example: "limit: 10", .limit(20)
    ) { turn, limit in
        try turn.requireStaff(of: nil)
        let rows = try snapshotRows(limit, turn)
        return .done(TicketText.snapshots(rows), data: ["rows": .array(rows)])
    }

    static let team = Command(
        "tickets.team", "Who looked after how many tickets, how soon they answered, and how members rated them", changes: false,
        returns: .record(["rows": .list(teamShape)]), example: "scope: 30d",
        .choice("scope", "7d, 30d or all", TicketFigures.Span.allCases.map { Choice($0.rawValue, $0.rawValue) }, default: "30d")
    ) { turn, scope in
        try turn.requireStaff(of: nil)
        let rows = try teamRows(TicketFigures.Span(rawValue: scope) ?? .month, turn)
        return .done(TicketText.team(rows), data: ["rows": .array(rows)])
    }

    // MARK: - Rows

    private static let statsShape = Shape.record([
        "scope": .text, "counts": .anything, "opened": .whole, "closed": .whole, "cycle_ms": .duration,
        "first_response_ms": .duration, "rating": .decimal, "ratings": .whole,
    ])

    static let snapshotShape = Shape.record([
        "at_ms": .instant, "scope": .text, "asker": .named, "opened": .whole, "closed": .whole, "cycle_ms": .duration,
    ])

    static let teamShape = Shape.record([
        "member": .named, "claimed": .whole, "closed": .whole, "words": .whole, "first_response_ms": .duration,
        "rating": .decimal,
    ])

    static func snapshotRows(_ limit: Int, _ turn: Turn) throws -> [JSON] {
        let guild = try turn.requireGuild()
        return try turn.store.all(
            """
            SELECT at, scope, asker, figures FROM tickets_snapshots WHERE guild = \(guild) ORDER BY at DESC, id DESC
            LIMIT \(limit)
            """
        ) { row in
            let figures = row.json(3)
            return .fields([
                "at_ms": .int(row.int(0)), "scope": .string(row.text(1)),
                "asker": row.id(2, Member.self).map { turn.named($0) },
                "opened": figures["opened"], "closed": figures["closed"], "cycle_ms": figures["cycle_ms"],
            ])
        }
    }

    static func teamRows(_ span: TicketFigures.Span, _ turn: Turn) throws -> [JSON] {
        let guild = try turn.requireGuild()
        let since = span.since(turn.now)
        return try turn.store.all(
            """
            SELECT m.member,
                (SELECT COUNT(*) FROM tickets_tickets WHERE guild = \(guild) AND claimant = m.member AND opened >= \(since)),
                (SELECT COUNT(*) FROM tickets_tickets WHERE guild = \(guild) AND closer = m.member AND opened >= \(since)),
                (SELECT COUNT(*) FROM tickets_lines WHERE guild = \(guild) AND author = m.member AND at >= \(since)
                    AND voice IN ('staff', 'house')),
                (SELECT AVG(answered - opened) FROM tickets_tickets
                    WHERE guild = \(guild) AND claimant = m.member AND opened >= \(since)),
                (SELECT AVG(rating) FROM tickets_tickets
                    WHERE guild = \(guild) AND claimant = m.member AND opened >= \(since))
            FROM (
                SELECT claimant AS member FROM tickets_tickets WHERE guild = \(guild) AND opened >= \(since)
                UNION SELECT closer FROM tickets_tickets WHERE guild = \(guild) AND opened >= \(since)
                UNION SELECT author FROM tickets_lines WHERE guild = \(guild) AND at >= \(since) AND voice IN ('staff', 'house')
            ) m WHERE m.member IS NOT NULL ORDER BY 3 DESC, 2 DESC, 1
            """
        ) { row -> JSON? in
            guard let member: ID<Member> = row.id(0) else { return nil }
            return .fields([
                "member": turn.named(member), "claimed": .int(row.int(1)), "closed": .int(row.int(2)),
                "words": .int(row.int(3)),
                "first_response_ms": row.isNull(4) ? nil : .int(Int64(row.double(4))),
                "rating": row.isNull(5) ? nil : .double((row.double(5) * 10).rounded() / 10),
            ])
        }.compactMap(\.self)
    }
}
