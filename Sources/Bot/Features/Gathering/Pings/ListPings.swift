internal import Kit
internal import Shared

extension Pings {
    static let list = Command(
        "pings.list", "The pings of this server and when they come", also: ["list_pings"], changes: false,
        returns: .record(["rows": .list(rowShape)])
    ) { turn in
        let rows = try PingRows.all(of: try turn.requireGuild(), in: turn.store).map { try row(of: $0, turn) }
        return .done(PingText.list(rows), data: ["rows": .array(rows)])
    }

    static let show = Command(
        "pings.show", "A ping, its next five times and who answers it", changes: false, returns: rowShape, example: "1",
        number
    ) { turn, id in
        let ping = try PingRows.require(id, turn)
        let row = try row(of: ping, turn)
        return .done(try PingText.shown(ping, row, turn), data: row)
    }

    static let test = Command(
        "pings.test", "Shows only you what a ping would say now, and who is passed over and why", access: .manageGuild,
        isPrivate: true, changes: false, returns: fireShape, example: "1",
        number,
        .optional(words)
    ) { turn, id, text in
        var ping = try PingRows.require(id, turn)
        if let text { ping.body = text.text }
        let choice = try MentionChoice(for: ping, turn)
        return .done(try PingText.tested(ping, choice, turn), data: fireRow(ping, choice, turn))
    }

    static let history = Command(
        "pings.history", "When pings came, whom they mentioned and who answered within the hour", access: .moderate,
        changes: false, returns: .record(["rows": .list(historyShape), "next": .text]),
        .optional(Parameter<Int>.whole("id", "Only this ping", 1...Int.max)), .limit(20), .cursor
    ) { turn, id, limit, cursor in
        var rows = try historyRows(id.map { Int64($0) }, from: cursor.offset, limit: limit + 1, turn)
        let hasMore = rows.count > limit
        if hasMore { rows.removeLast() }
        let next = hasMore ? Cursor(offset: cursor.offset + limit).text : nil
        return .page(
            PingText.history(rows), data: .fields(["rows": .array(rows), "next": next.map { .string($0) }]), next: next)
    }

    // MARK: - Rows

    static let rowShape = Shape.record([
        "id": .whole, "channel": .named, "rhythm": .text, "zone": .text, "quiet": .text,
        "top": .whole, "period": .text, "text": .text, "state": .text, "trouble": .text, "next_ms": .instant,
        "times_ms": .list(.instant), "last_ms": .instant, "mentioned": .whole, "answered": .whole, "hit_rate": .decimal,
        "version": .whole,
    ])

    static let fireShape = Shape.record([
        "id": .whole, "text": .text, "members": .list(.named),
        "passed": .list(.record(["member": .named, "reason": .text])),
    ])

    private static let historyShape = Shape.record([
        "id": .whole, "ping": .whole, "due_ms": .instant, "at_ms": .instant, "outcome": .text, "note": .text,
        "mentioned": .whole, "answered": .whole,
    ])

    static func row(of ping: Ping, _ turn: Turn) throws -> JSON {
        let times = ping.state == .on ? try ping.times(after: turn.now, count: 5, turn) : []
        let last = try turn.store.first("SELECT MAX(at) FROM pings_fires WHERE ping = \(ping.id) AND outcome = 'posted'") {
            $0.optionalInt(0)
        }
        let hits = try HitRate(of: ping.id, turn)
        return .fields([
            "id": .int(ping.id), "channel": turn.named(ping.channel), "rhythm": .string(ping.rhythm.spelled),
            "zone": .string(ping.zone), "quiet": .string(ping.quiet ?? turn[quiet]), "top": .int(Int64(ping.top)),
            "period": .string(ping.period.rawValue), "text": .string(ping.body ?? turn[text].text),
            "state": .string(ping.state.rawValue), "trouble": ping.trouble.map { .string($0) },
            "next_ms": times.first.map { .int($0.milliseconds) }, "times_ms": .array(times.map { .int($0.milliseconds) }),
            "last_ms": last.flatMap(\.self).map { .int($0) }, "mentioned": .int(hits.mentioned),
            "answered": .int(hits.answered), "hit_rate": hits.percent.map { .double($0) }, "version": .int(ping.version),
        ])
    }

    static func fireRow(_ ping: Ping, _ choice: MentionChoice, _ turn: Turn) -> JSON {
        .fields([
            "id": .int(ping.id), "text": .string(ping.body ?? turn[text].text),
            "members": .array(choice.mentioned.map { turn.named($0) }),
            "passed": .array(
                choice.passed.map { .fields(["member": turn.named($0.member), "reason": .string($0.reason)]) }),
        ])
    }

    static func historyRows(_ ping: Int64?, from offset: Int, limit: Int, _ turn: Turn) throws -> [JSON] {
        let guild = try turn.requireGuild()
        let which: SQL = ping.map { "AND f.ping = \($0)" } ?? ""
        return try turn.store.all(
            """
            SELECT f.id, f.ping, f.due, f.at, f.outcome, f.note,
                (SELECT COUNT(*) FROM pings_mentions m WHERE m.fire = f.id),
                (SELECT COUNT(*) FROM pings_mentions m WHERE m.fire = f.id AND m.answered IS NOT NULL)
            FROM pings_fires f WHERE f.guild = \(guild) \(which) ORDER BY f.at DESC, f.id DESC LIMIT \(limit) OFFSET \(offset)
            """
        ) { row in
            .fields([
                "id": .int(row.int(0)), "ping": .int(row.int(1)), "due_ms": .int(row.int(2)), "at_ms": .int(row.int(3)),
                "outcome": .string(row.text(4)), "note": row.optionalText(5).map { .string($0) },
                "mentioned": .int(row.int(6)), "answered": .int(row.int(7)),
            ])
        }
    }
}

/// How many of those who were mentioned in the last thirty days answered within the hour.
struct HitRate {
    var mentioned: Int64 = 0
    var answered: Int64 = 0
    var percent: Double? { mentioned > 0 ? (Double(answered) * 1000 / Double(mentioned)).rounded() / 10 : nil }

    init(of ping: Int64, _ turn: Turn) throws {
        let found = try turn.store.first(
            """
            SELECT COUNT(*), COUNT(m.answered) FROM pings_fires f JOIN pings_mentions m ON m.fire = f.id
            WHERE f.ping = \(ping) AND f.at > \(turn.now - 30.days)
            """
        ) { ($0.int(0), $0.int(1)) }
        if let found { (mentioned, answered) = found }
    }
}
