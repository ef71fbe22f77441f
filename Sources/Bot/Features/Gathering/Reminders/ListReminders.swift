internal import Kit
internal import Shared

extension Reminders {
    static let list = Command(
        "reminders.list", "Your reminders and those of this server's channels", also: ["reminder_list"], isPrivate: true,
        changes: false, returns: .record(["rows": .list(rowShape), "next": .text]),
        .limit(20), .cursor
    ) { turn, limit, cursor in
        let guild = try turn.requireGuild()
        // What is answered to a prefix all can read.
        let reader = turn.door == .prefix ? nil : turn.asker.member
        let own = try reader.map { try ReminderRows.standing(in: guild, of: $0, in: turn.store) } ?? []
        let all = own + (try ReminderRows.standing(in: guild, in: turn.store))
        let page = Array(all.dropFirst(cursor.offset).prefix(limit))
        let next = cursor.offset + limit < all.count ? Cursor(offset: cursor.offset + limit).text : nil
        let rows = try page.map { try row(of: $0, times: 0, turn) }
        return .page(
            ReminderText.list(page, of: all.count, next, isOpen: turn.door == .prefix),
            data: .fields(["rows": .array(rows), "next": next.map { .string($0) }]), next: next)
    }

    static let show = Command(
        "reminders.show", "A reminder, its next five times and what it says", isPrivate: true, changes: false,
        returns: rowShape,
        example: "1",
        number
    ) { turn, id in
        let one = try require(id, .see, turn, gone: true)
        if one.isPersonal, turn.door == .prefix {
            throw Refusal.forbidden(
                "Everybody here could read it.", hint: "Use the slash command /reminders show: only you see that.")
        }
        return .done(try ReminderText.shown(one, turn), data: try row(of: one, turn))
    }

    static let history = Command(
        "reminders.history", "When reminders of channels came, and what was missed", access: .moderate, changes: false,
        returns: .record(["rows": .list(historyShape), "next": .text]),
        .optional(Parameter<Int>.whole("id", "Only this reminder", 1...Int.max)), .limit(20), .cursor
    ) { turn, id, limit, cursor in
        var rows = try historyRows(id.map { Int64($0) }, from: cursor.offset, limit: limit + 1, turn)
        let hasMore = rows.count > limit
        if hasMore { rows.removeLast() }
        let next = hasMore ? Cursor(offset: cursor.offset + limit).text : nil
        return .page(
            ReminderText.history(rows), data: .fields(["rows": .array(rows), "next": next.map { .string($0) }]), next: next)
    }

    // MARK: - Rows

    static let rowShape = Shape.record([
        "id": .whole, "way": .text, "channel": .named, "owner": .named, "name": .text, "message": .text, "comes": .text,
        "zone": .text, "call_time": .text, "place": .text, "role": .named, "everyone": .flag, "next_ms": .instant,
        "times_ms": .list(.instant), "event_ms": .instant, "snoozed_ms": .instant, "origin": .text, "state": .text,
        "trouble": .text, "version": .whole,
    ])

    private static let historyShape = Shape.record([
        "id": .whole, "reminder": .whole, "name": .text, "due_ms": .instant, "at_ms": .instant, "kind": .text, "outcome": .text,
        "note": .text,
    ])

    static func row(of one: Reminder, times count: Int = 5, _ turn: Turn) throws -> JSON {
        let times = one.state == .on && count > 0 ? try one.coming(after: turn.now, count: count, turn).map(\.at) : []
        return .fields([
            "id": .int(one.id), "way": .string(one.way.rawValue), "channel": one.channel.map { turn.named($0) },
            "owner": one.owner.map { turn.named($0) }, "name": .string(one.title), "message": .string(one.text),
            "comes": .string(one.comes), "zone": .string(one.zone), "call_time": one.call.map { .string(Clock.spelled($0)) },
            "place": one.place.map { .string($0) }, "role": one.role.map { turn.named($0) },
            "everyone": .bool(one.mentionsEveryone), "next_ms": one.next.map { .int($0.milliseconds) },
            "times_ms": .array(times.map { .int($0.milliseconds) }), "event_ms": one.once.map { .int($0.milliseconds) },
            "snoozed_ms": one.snoozed.map { .int($0.milliseconds) }, "origin": one.link.map { .string($0) },
            "state": .string(one.state.rawValue), "trouble": one.trouble.map { .string($0) }, "version": .int(one.version),
        ])
    }

    static func historyRows(_ id: Int64?, from offset: Int, limit: Int, _ turn: Turn) throws -> [JSON] {
        let guild = try turn.requireGuild()
        let which: SQL = id.map { "AND f.reminder = \($0)" } ?? ""
        return try turn.store.all(
            """
            SELECT f.id, f.reminder, r.name, f.due, f.at, f.kind, f.outcome, f.note FROM reminders_fires f
            JOIN reminders_reminders r ON r.id = f.reminder AND r.way = 'channel'
            WHERE f.guild = \(guild) \(which) ORDER BY f.at DESC, f.id DESC LIMIT \(limit) OFFSET \(offset)
            """
        ) { row in
            .fields([
                "id": .int(row.int(0)), "reminder": .int(row.int(1)), "name": .string(row.text(2)), "due_ms": .int(row.int(3)),
                "at_ms": .int(row.int(4)), "kind": .string(row.text(5)), "outcome": .string(row.text(6)),
                "note": row.optionalText(7).map { .string($0) },
            ])
        }
    }
}

extension Reminder {
    /// "once" or how it comes again.
    var comes: String {
        switch course {
        case .once: "once"
        case .rule(let rule, _, _): spelled(rule: rule, withClock: true)
        }
    }

    /// Where the message stands that it was made of.
    var link: String? { origin.map { "https://discord.com/channels/\(guild)/\($0.channel)/\($0.message)" } }
}
