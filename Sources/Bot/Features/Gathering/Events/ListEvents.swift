internal import Kit
internal import Shared

extension Events {
    static let list = Command(
        "events.list", "The events that are coming, the next one first", also: ["agenda"], changes: false,
        returns: .record(["rows": .list(rowShape), "next": .text]),
        .oneOf("what", "coming, over, cancelled or archived", default: Shelf.coming), .limit(10, most: 100), .cursor
    ) { turn, shelf, limit, cursor in
        let rows = try rows(of: shelf, turn)
        let page = Array(rows.dropFirst(cursor.offset).prefix(limit))
        let next = cursor.offset + limit < rows.count ? Cursor(offset: cursor.offset + limit).text : nil
        return .page(
            EventText.list(page, of: rows.count, shelf, next, turn),
            data: .fields(["rows": .array(page), "next": next.map(JSON.string)]), next: next)
    }

    enum Shelf: String, CaseIterable, Sendable { case coming, over, cancelled, archived }

    static let mine = Command(
        "events.mine", "The events that you have answered, and what you said", also: ["my_events"], isPrivate: true,
        isForMembers: true, changes: false, returns: .record(["rows": .list(.anything)])
    ) { turn in
        let (guild, member) = (try turn.requireGuild(), try turn.requireMember())
        let keys = try turn.store.all(
            """
            SELECT o.meeting, o.at FROM events_answers a JOIN events_occurrences o ON o.meeting = a.meeting AND o.at = a.at
            WHERE a.guild = \(guild) AND a.member = \(member) AND o.state IN ('open', 'running') ORDER BY o.starts
            """
        ) { Occurrence.Key(meeting: $0.int(0), at: $0.instant(1)) }
        let rows = try keys.compactMap { key -> JSON? in
            guard let one = try OccurrenceRows.find(key, in: turn.store),
                let meeting = try MeetingRows.find(key.meeting, in: turn.store),
                let answer = try AnswerRows.find(member, to: key, in: turn.store)
            else { return nil }
            return [
                "id": .int(meeting.id), "title": .string(meeting.title), "starts_ms": .int(one.starts.milliseconds),
                "answer": .string(answer.answer), "waiting": .bool(answer.waits),
            ]
        }
        return .done(EventText.mine(rows), data: ["rows": .array(rows)])
    }

    static let show = Command(
        "events.show", "An event: when, where, who answered what", isPrivate: true, changes: false, returns: rowShape,
        example: "1",
        which
    ) { turn, id in
        let meeting = try MeetingRows.require(id, turn)
        return .done(try EventText.shown(meeting, turn), data: try row(of: meeting, turn))
    }

    static let answered = Command(
        "events.answers", "Who answered an event and what, in the order in which they came; as a file for programs too",
        access: .moderate, isPrivate: true, changes: false, returns: sheetShape, example: "id: 1 file: yes",
        which, .yesNo("file", "As a JSON file", default: false)
    ) { turn, id, asFile in
        let (meeting, one) = try announcedEvent(id, turn)
        let rows = try AnswerRows.all(of: one.key, in: turn.store).map { answer -> JSON in
            [
                "member": turn.named(answer.member), "answer": .string(answer.answer), "waiting": .bool(answer.waits),
                "rank": .int(answer.rank), "answered_ms": .int(answer.answered.milliseconds), "via": .string(answer.via),
            ]
        }
        let data: JSON = [
            "id": .int(meeting.id), "title": .string(meeting.title), "starts_ms": .int(one.starts.milliseconds),
            "answers": try AnswerSheet(one, turn).counts, "rows": .array(rows),
        ]
        let card = EventText.answers(meeting, one, try AnswerSheet(one, turn))
        guard asFile else { return .done(card, data: data) }
        return Reply(.file(name: "event-\(meeting.key)-answers.json", bytes: Array((data.line + "\n").utf8)), card, data: data)
    }

    private static let sheetShape = Shape.record([
        "id": .whole, "title": .text, "starts_ms": .instant, "answers": .anything,
        "rows": .list(
            .record([
                "member": .named, "answer": .text, "waiting": .flag, "rank": .whole, "answered_ms": .instant, "via": .text,
            ])),
    ])

    static let preview = Command(
        "events.preview", "The next ten times of an event, those that are moved or left out among them", isPrivate: true,
        changes: false,
        returns: .record(["id": .whole, "rows": .list(timeShape)]), example: "1",
        which
    ) { turn, id in
        let meeting = try MeetingRows.require(id, turn)
        let rows = try previewRows(meeting, turn)
        return .done(try EventText.previewed(meeting, rows), data: ["id": .int(meeting.id), "rows": .array(rows)])
    }

    private static let timeShape = Shape.record(["at_ms": .instant, "starts_ms": .instant, "state": .text])

    private static func previewRows(_ meeting: Meeting, _ turn: Turn) throws -> [JSON] {
        let coming = try meeting.comingTimes(10, turn)
        let skipped = try OccurrenceRows.all(of: meeting.id, in: turn.store).filter {
            $0.state == .skipped && $0.at > turn.now && $0.at <= coming.last?.starts ?? $0.at
        }
        let rows =
            coming.map { ($0.at, $0.starts, $0.isMoved ? "moved" : "comes") } + skipped.map { ($0.at, $0.at, "left out") }
        return rows.sorted { $0.1 < $1.1 }.map {
            ["at_ms": .int($0.0.milliseconds), "starts_ms": .int($0.1.milliseconds), "state": .string($0.2)]
        }
    }

    // MARK: - Rows

    static let rowShape = Shape.record([
        "id": .whole, "title": .text, "description": .text, "state": .text, "phase": .text, "starts_ms": .instant,
        "ends_ms": .instant, "times_ms": .list(.instant), "recurrence": .text, "comes": .text, "zone": .text,
        "channel": .named, "voice": .named, "place": .text, "capacity": .whole, "cutoff_ms": .duration, "role": .named,
        "reminders": .text, "template": .text, "answers": .anything, "message": .id, "space": .named, "native": .id,
        "creator": .named, "uid": .text, "trouble": .text, "version": .whole,
    ])

    static func rows(of shelf: Shelf, _ turn: Turn) throws -> [JSON] {
        let states: Set<Meeting.State> =
            switch shelf {
            case .coming, .over: [.on]
            case .cancelled: [.cancelled]
            case .archived: [.archived]
            }
        let rows = try MeetingRows.all(of: try turn.requireGuild(), states, in: turn.store).map { try row(of: $0, turn) }
        let shown =
            switch shelf {
            case .coming: rows.filter { $0["phase"] != "over" }
            case .over: rows.filter { $0["phase"] == "over" }
            case .cancelled, .archived: rows
            }
        return shown.sorted { ($0["starts_ms"]?.int ?? .max) < ($1["starts_ms"]?.int ?? .max) }
    }

    static func row(of meeting: Meeting, _ turn: Turn) throws -> JSON {
        let live = try OccurrenceRows.live(meeting.id, in: turn.store)
        let times = try meeting.comingTimes(10, turn)
        let starts = live?.starts ?? times.first?.starts
        let phase = live.map { $0.state.rawValue } ?? (meeting.state == .on ? "over" : meeting.state.rawValue)
        return .fields([
            "id": .int(meeting.id), "title": .string(meeting.title), "description": .string(meeting.text),
            "state": .string(meeting.state.rawValue), "phase": .string(phase),
            "starts_ms": starts.map { .int($0.milliseconds) },
            "ends_ms": (live?.ends ?? starts.map { $0 + meeting.length }).map { .int($0.milliseconds) },
            "times_ms": .array(times.map { .int($0.starts.milliseconds) }), "recurrence": meeting.rule.map(JSON.string),
            "comes": meeting.rule.map { .string(spelled(rule: $0)) } ?? "once", "zone": .string(meeting.zone),
            "channel": turn.named(meeting.channel), "voice": meeting.voice.map { turn.named($0) },
            "place": meeting.place.map(JSON.string), "capacity": meeting.capacity.map { .int(Int64($0)) },
            "cutoff_ms": meeting.cutoff.map { .int($0.milliseconds) }, "role": meeting.role.map { turn.named($0) },
            "reminders": .string(meeting.ladder ?? turn[ladder]), "template": meeting.template.map(JSON.string),
            "answers": try live.map { try AnswerSheet($0, turn).counts }, "message": live?.message.map { .id($0) },
            "space": live?.space.map { turn.named($0) }, "native": live?.native.map { .id($0) },
            "creator": meeting.creator.map { turn.named($0) }, "uid": .string(meeting.uid),
            "trouble": meeting.trouble.map(JSON.string), "version": .int(meeting.version),
        ])
    }
}
