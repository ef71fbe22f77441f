internal import Kit
internal import Shared

extension Events {
    enum Mark: String, CaseIterable, Sendable {
        case yes, no
        /// As the voice channel says, or as nobody has said.
        case unmarked

        init(_ came: Bool?) { self = came.map { $0 ? .yes : .no } ?? .unmarked }
        var value: SQLValue { self == .unmarked ? .null : .int(self == .yes ? 1 : 0) }
    }

    static let attend = Command(
        "events.attend", "Marks who came to an event and who did not; several at once", access: .manageEvents, changes: true,
        returns: attendanceShape, example: "id: 1 members: going",
        which, members,
        .oneOf("came", "yes, no, or unmarked", default: Mark.yes), .optional(on)
    ) { turn, id, names, came, on in
        let meeting = try MeetingRows.require(id, turn)
        let one = try held(meeting, on, turn)
        let marks = try MarkList(names, came, one, turn).marks
        turn.touch(members: marks.count)
        let known = try attendees(of: one, turn)
        if known.isEmpty { try expectThoseGoing(one, turn) }
        var undo: [String] = []
        for (member, mark) in marks {
            let before = Mark(known.first { $0.member == member }?.mark)
            try write(mark, member, one, turn)
            turn.change(
                "attendance of member \(member) at event \(meeting.id)", from: .string(before.rawValue),
                to: .string(mark.rawValue))
            undo.append("\(member)=\(before.rawValue)")
        }
        return .done(
            EventText.marked(meeting, marks), data: try attendanceRow(meeting, one, turn),
            undo: Invocation(
                command: "events.attend",
                arguments: [
                    "id": .string(meeting.key), "members": .string(undo.joined(separator: " ")),
                    "on": .string(one.at.rfc3339),
                ]))
    }

    private static let members: Parameter<String> = {
        var parameter = Parameter<String>.text(
            "members", "Mentions, ids or names, or going for all who are going; @ann=no marks one otherwise")
        parameter.outline.runsOn = true
        return parameter
    }()

    static let attendance = Command(
        "events.attendance", "Who came to an event, who did not, and how long they were there", access: .moderate,
        changes: false, returns: attendanceShape, example: "1",
        which, .optional(on)
    ) { turn, id, on in
        let meeting = try MeetingRows.require(id, turn)
        let one = try held(meeting, on, turn)
        return .done(
            EventText.attendance(meeting, one, try attendees(of: one, turn)), data: try attendanceRow(meeting, one, turn))
    }

    /// The occurrence that runs, else the last one, else the one that somebody names.
    private static func held(_ meeting: Meeting, _ on: WrittenTime?, _ turn: Turn) throws -> Occurrence {
        let all = try OccurrenceRows.all(of: meeting.id, in: turn.store).filter { $0.state == .running || $0.state == .over }
        guard let on else {
            if let last = all.last(where: { $0.state == .running }) ?? all.last { return last }
            throw Refusal.conflict(
                "\(meeting.title) has not begun yet.", hint: "Who comes is marked once it has; who is going is in events show.")
        }
        let zone = (try? Zone(named: meeting.zone)) ?? .utc
        let moment = try on.moment(turn.now, zone, "on")
        if let exact = all.first(where: { $0.at == moment || $0.starts == moment }) { return exact }
        if let found = all.first(where: { zone.day(of: $0.starts) == zone.day(of: moment) }) { return found }
        throw Refusal(.notFound, "\(meeting.title) was not held then.", field: "on")
    }

    private static func write(_ mark: Mark, _ member: ID<Member>, _ one: Occurrence, _ turn: Turn) throws {
        let held = turn.value(of: presence, channel: nil)
        let came: SQL = mark == .unmarked ? "CASE WHEN held >= \(held) THEN 1 ELSE 0 END" : "\(mark == .yes)"
        try turn.store.run(
            """
            INSERT INTO events_attendance (meeting, guild, at, member, starts, held, expected, mark, came)
            VALUES (\(one.meeting), \(one.guild), \(one.at), \(member), \(one.starts), 0, 0, \(mark.value), \(mark == .yes))
            ON CONFLICT (meeting, at, member) DO NOTHING
            """)
        try turn.store.run(
            """
            UPDATE events_attendance SET mark = \(mark.value), came = \(came)
            WHERE meeting = \(one.meeting) AND at = \(one.at) AND member = \(member)
            """)
    }

    // MARK: - Rows

    static let attendanceShape = Shape.record([
        "id": .whole, "title": .text, "starts_ms": .instant, "attended": .whole, "missed": .whole,
        "rows": .list(attendeeShape),
    ])

    static let attendeeShape = Shape.record([
        "member": .named, "state": .text, "minutes": .whole, "expected": .flag, "mark": .text,
    ])

    static func attendanceRow(_ meeting: Meeting, _ one: Occurrence, _ turn: Turn) throws -> JSON {
        let all = try attendees(of: one, turn)
        return [
            "id": .int(meeting.id), "title": .string(meeting.title), "starts_ms": .int(one.starts.milliseconds),
            "attended": .int(Int64(all.count { $0.came })), "missed": .int(Int64(all.count { $0.word == "missed" })),
            "rows": .array(all.map { attendeeRow($0, turn) }),
        ]
    }

    static func attendeeRow(_ one: Attendee, _ turn: Turn) -> JSON {
        [
            "member": turn.named(one.member), "state": .string(one.word), "minutes": .int(one.held.milliseconds / 60_000),
            "expected": .bool(one.isExpected), "mark": .string(Mark(one.mark).rawValue),
        ]
    }
}

/// Whom a line of names marks, and how.
struct MarkList {
    private(set) var marks: [(member: ID<Member>, mark: Events.Mark)] = []

    init(_ text: String, _ came: Events.Mark, _ one: Occurrence, _ turn: Turn) throws {
        for part in text.split(whereSeparator: { $0 == "," || $0.isWhitespace }) {
            if part.lowercased() == "going" {
                for member in try AnswerSheet(one, turn).going { add(member, came) }
                continue
            }
            let sides = part.split(separator: "=", maxSplits: 1).map(String.init)
            guard let mark = sides.count == 2 ? Events.Mark(rawValue: sides[1].lowercased()) : came else {
                throw Refusal.invalid("\"\(part.prefix(60))\" is marked yes, no or unmarked.", field: "members")
            }
            let name = Parameter<ID<Member>>.member("members", "")
            do { add(try name.parse(.text(sides[0]), turn.reading()), mark) } catch {
                var refusal = error
                refusal.field = "members"
                throw refusal
            }
        }
        guard !marks.isEmpty else {
            throw Refusal.invalid(
                "Say who came.", field: "members", hint: "Mention them, or write going for all who are going.")
        }
    }

    private mutating func add(_ member: ID<Member>, _ mark: Events.Mark) {
        marks.removeAll { $0.member == member }
        marks.append((member, mark))
    }
}
