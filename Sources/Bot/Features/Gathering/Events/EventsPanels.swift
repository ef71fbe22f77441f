internal import Kit
internal import Shared

extension Events {
    static let agendaPanel = Panel(
        "events.agenda", "Events", "What is coming, when, and how many come",
        tables: ["events_meetings", "events_occurrences", "events_answers", "house_settings"],
        columns: [
            .init("id", "#", .number), .init("title", "Event", .text), .init("starts_ms", "Starts", .time),
            .init("comes", "Comes", .text), .init("where", "Where", .text), .init("going", "Going", .number),
            .init("maybe", "Maybe", .number), .init("no", "No", .number), .init("waiting", "Waiting", .number),
            .init("capacity", "Seats", .number), .init("phase", "State", .state), .init("trouble", "Trouble", .text),
        ],
        chart: .init("calendar", x: "starts_ms", y: "title"),
        actions: [
            .init("events.show", "Show", ["id": "id"]), .init("events.edit", "Edit", ["id": "id"]),
            .init("events.preview", "Next times", ["id": "id"]), .init("events.unanswered", "Unanswered", ["id": "id"]),
            .init("events.remind", "Remind", ["id": "id"]), .init("events.skip", "Skip one", ["id": "id"]),
            .init("events.clone", "Clone", ["id": "id"]), .init("events.cancel", "Cancel", ["id": "id"]),
            .init("events.archive", "Archive", ["id": "id"]),
        ], refresh: 60.seconds,
        empty: "Nothing is coming. events create sets up an event.",
        .oneOf("what", "coming, over, cancelled or archived", default: Shelf.coming)
    ) { turn, shelf in
        try rows(of: shelf, turn).map { row in
            var line = row.object ?? .init()
            for kind in ["going", "maybe", "no", "waiting"] { line[kind] = row["answers"]?[kind] ?? 0 }
            line["where"] = row["voice"]?["name"] ?? row["place"] ?? row["channel"]?["name"]
            return Panel.Line(row["id"]?.line ?? "", .object(line))
        }
    }

    static let answersPanel = Panel(
        "events.answers", "Answers", "Who answered an event, or all that are coming, and what",
        tables: ["events_answers", "events_occurrences"],
        columns: [
            .init("event", "Event", .text), .init("rank", "#", .number), .init("member", "Member", .member),
            .init("answer", "Answer", .text), .init("waiting", "Waiting", .state), .init("answered_ms", "Since", .time),
            .init("via", "By", .text),
        ],
        empty: "Nobody has answered yet. events remind asks those who have not.", .optional(which)
    ) { turn, id in
        try meetings(id, turn).flatMap { meeting -> [Panel.Line] in
            guard let one = try OccurrenceRows.live(meeting.id, in: turn.store) else { return [] }
            return try AnswerRows.all(of: one.key, in: turn.store).map { answer in
                Panel.Line(
                    "\(meeting.id).\(answer.member)",
                    [
                        "event": .string(meeting.title), "rank": .int(answer.rank), "member": turn.named(answer.member),
                        "answer": .string(answer.answer), "waiting": .bool(answer.waits),
                        "answered_ms": .int(answer.answered.milliseconds), "via": .string(answer.via),
                    ])
            }
        }
    }

    static let attendancePanel = Panel(
        "events.attendance", "Attendance",
        "Who came to an event, or to each one last, who did not, and how long they were there",
        access: .moderate, tables: ["events_attendance", "events_occurrences"],
        columns: [
            .init("event", "Event", .text), .init("member", "Member", .member), .init("state", "State", .text),
            .init("minutes", "Minutes", .number), .init("expected", "Was going", .state), .init("mark", "Marked", .text),
        ],
        actions: [.init("events.attend", "Mark", ["id": "id", "members": "who"])], refresh: 60.seconds,
        empty: "Nobody's attendance is known yet. events attend marks who came.", .optional(which)
    ) { turn, id in
        try meetings(id, turn).flatMap { meeting -> [Panel.Line] in
            let all = try OccurrenceRows.all(of: meeting.id, in: turn.store)
            let held = all.last { $0.state == .running } ?? all.last { $0.state == .over }
            guard let held else { return [] }
            return try attendees(of: held, turn).map { attendee in
                var line = attendeeRow(attendee, turn).object ?? .init()
                (line["id"], line["event"], line["who"]) = (.int(meeting.id), .string(meeting.title), .id(attendee.member))
                return Panel.Line("\(meeting.id).\(attendee.member)", .object(line))
            }
        }
    }

    private static func meetings(_ id: String?, _ turn: Turn) throws -> [Meeting] {
        if let id { return [try MeetingRows.require(id, turn)] }
        return try MeetingRows.all(of: try turn.requireGuild(), in: turn.store)
    }
}
