internal import Kit
internal import Shared

extension Reminders {
    static let panel = Panel(
        "reminders.list", "Reminders", "What is called to mind in which channel, and when",
        tables: ["reminders_reminders"],
        columns: [
            .init("id", "#", .number), .init("name", "Reminder", .text), .init("where", "Channel", .text),
            .init("comes", "Comes", .text), .init("next_ms", "Next", .time), .init("state", "State", .state),
            .init("trouble", "Trouble", .text),
        ],
        actions: actions, refresh: 60.seconds,
        empty: "No channel has a reminder yet. reminders add sets one up."
    ) { turn in
        try ReminderRows.standing(in: try turn.requireGuild(), in: turn.store).map { one in
            Panel.Line(one.key, try row(of: one, times: 0, turn).joined(with: ["where": place(of: one, turn)]))
        }
    }

    /// The coming week, time by time; members' own reminders are not in it.
    static let timeline = Panel(
        "reminders.timeline", "Coming reminders", "What comes in the next seven days, in order",
        tables: ["reminders_reminders"],
        columns: [
            .init("at_ms", "When", .time), .init("id", "#", .number), .init("name", "Reminder", .text),
            .init("where", "Channel", .text), .init("kind", "Kind", .text), .init("event_ms", "For", .time),
        ],
        actions: actions, refresh: 60.seconds,
        empty: "Nothing comes in the next seven days. reminders add sets up a reminder."
    ) { turn in
        let end = turn.now + 7.days
        let lines = try ReminderRows.standing(in: try turn.requireGuild(), in: turn.store).filter { $0.state == .on }
            .flatMap { one in
                try one.coming(after: turn.now, count: 24, turn).filter { $0.at <= end }.map { (one, $0) }
            }.sorted { $0.1.at < $1.1.at }
        return lines.prefix(200).map { one, coming in
            Panel.Line(
                "\(one.id).\(coming.at.milliseconds)",
                .fields([
                    "at_ms": .int(coming.at.milliseconds), "id": .int(one.id), "name": .string(one.title),
                    "where": place(of: one, turn), "kind": .string(coming.kind.rawValue),
                    "event_ms": coming.event.map { .int($0.milliseconds) },
                ]))
        }
    }

    static let historyPanel = Panel(
        "reminders.history", "Past reminders", "What came in which channel, and what was missed", access: .moderate,
        tables: ["reminders_fires"],
        columns: [
            .init("at_ms", "When", .time), .init("reminder", "#", .number), .init("name", "Reminder", .text),
            .init("due_ms", "Was due", .time), .init("outcome", "Outcome", .text), .init("note", "Note", .text),
        ],
        empty: "No reminder has come yet."
    ) { turn in
        try historyRows(nil, from: 0, limit: 200, turn).map { Panel.Line($0["id"]?.line ?? "", $0) }
    }

    static let proposals = Panel(
        "reminders.proposals", "Proposed reminders", "Announcements of which nobody has decided yet", access: .moderate,
        tables: ["reminders_announcements"],
        columns: [
            .init("at_ms", "Announced", .time), .init("title", "What", .text), .init("when", "When", .text),
            .init("place", "Where", .text), .init("message", "Message", .id),
        ],
        actions: [
            .init("reminders.accept", "Set it", ["message": "message"]),
            .init("reminders.accept_at", "At another time", ["message": "message"]),
            .init("reminders.dismiss", "No reminder", ["message": "message"]),
        ],
        empty: "Nothing is to be decided. Watch a channel with house set reminders.watch yes, for that channel."
    ) { turn in
        let guild = try turn.requireGuild()
        let rows = try turn.store.all(
            "SELECT message, at, reading FROM reminders_announcements WHERE guild = \(guild) AND state = 'proposed' ORDER BY at DESC LIMIT 200"
        ) { ($0.text(0), $0.int(1), AnnouncementFound(summary: $0.text(2))) }
        return rows.map { message, at, found in
            Panel.Line(
                message,
                .fields([
                    "at_ms": .int(at), "title": .string(found?.title ?? ""),
                    "when": .string(found?.summary.split(separator: "\n").first.map(String.init) ?? ""),
                    "place": found?.place.map { .string($0) }, "message": .string(message),
                ]))
        }
    }

    private static let actions: [Panel.Action] = [
        .init("reminders.show", "Show", ["id": "id"]), .init("reminders.edit", "Edit", ["id": "id"]),
        .init("reminders.snooze", "Put off", ["id": "id"]), .init("reminders.skip", "Skip the next", ["id": "id"]),
        .init("reminders.pause", "Pause", ["id": "id"]), .init("reminders.resume", "Resume", ["id": "id"]),
        .init("reminders.remove", "Remove", ["id": "id"]),
    ]

    private static func place(of one: Reminder, _ turn: Turn) -> JSON {
        .string(one.channel.flatMap { turn.house.directory.name(of: $0) }.map { "#" + $0 } ?? "gone")
    }
}
