internal import Kit
internal import Shared

extension Topics {
    static let schedules = Command(
        "topics.schedules", "The scheduled topics of this server and when they come", changes: false,
        returns: .record(["rows": .list(scheduleShape)])
    ) { turn in
        let rows = try TopicSchedule.all(of: try turn.requireGuild(), in: turn.store).map { try row(of: $0, turn) }
        return .done(TopicText.schedules(rows), data: ["rows": .array(rows)])
    }

    static let scheduleShape = Shape.record([
        "id": .whole, "channel": .named, "rhythm": .text, "category": .text, "zone": .text, "quiet": .text, "state": .text,
        "trouble": .text, "next_ms": .instant, "times_ms": .list(.instant), "last_ms": .instant, "version": .whole,
    ])

    static func row(of schedule: TopicSchedule, _ turn: Turn) throws -> JSON {
        let times = schedule.state == .on ? try schedule.times(after: turn.now, count: 5, turn) : []
        let last = try turn.store.first(
            "SELECT MAX(at) FROM topics_posts WHERE schedule = \(schedule.id) AND outcome = 'posted'"
        ) { $0.optionalInt(0) }
        return .fields([
            "id": .int(schedule.id), "channel": turn.named(schedule.channel), "rhythm": .string(schedule.rhythm.spelled),
            "category": .string(schedule.category ?? "any"), "zone": .string(schedule.zone),
            "quiet": .string(schedule.quiet ?? turn[quiet]), "state": .string(schedule.state.rawValue),
            "trouble": schedule.trouble.map { .string($0) }, "next_ms": times.first.map { .int($0.milliseconds) },
            "times_ms": .array(times.map { .int($0.milliseconds) }), "last_ms": last.flatMap(\.self).map { .int($0) },
            "version": .int(schedule.version),
        ])
    }

    static let schedulesPanel = Panel(
        "topics.schedules", "Scheduled topics", "Which topics come where, and when",
        tables: ["topics_schedules", "topics_posts", "house_settings"],
        columns: [
            .init("id", "#", .number), .init("where", "Channel", .text), .init("rhythm", "Comes", .text),
            .init("category", "About", .text), .init("next_ms", "Next", .time), .init("last_ms", "Last", .time),
            .init("state", "State", .state), .init("trouble", "Trouble", .text),
        ],
        actions: [
            .init("topics.pause", "Pause", ["id": "id"]), .init("topics.resume", "Resume", ["id": "id"]),
            .init("topics.unschedule", "Remove", ["id": "id"]),
        ], refresh: 60.seconds,
        empty: "No topic is scheduled. topics schedule sets one up."
    ) { turn in
        try TopicSchedule.all(of: try turn.requireGuild(), in: turn.store).map { schedule in
            var line = try row(of: schedule, turn).object ?? .init()
            line["where"] = .string(turn.house.directory.name(of: schedule.channel).map { "#" + $0 } ?? "gone")
            return Panel.Line(schedule.key, .object(line))
        }
    }
}
