internal import Kit
internal import Shared

extension Events {
    static let importing = Command(
        "events.import", "Sets up the events of a calendar file; those that are here already stay as they are",
        access: .manageEvents, changes: true, returns: importShape, example: "preview: yes calendar: BEGIN:VCALENDAR…",
        .yesNo("preview", "Only say what would be set up", default: false), .optional(channel),
        .text("calendar", "What the .ics file says", longest: 500_000)
    ) { turn, isPreview, channel, text in
        let reading = try CalendarReading(text, zone: turn.zone)
        guard reading.entries.count + reading.left.count > 0 else {
            throw Refusal.invalid("There is no event in that calendar.", field: "calendar")
        }
        guard reading.entries.count <= most else {
            throw Refusal.invalid("That calendar has \(reading.entries.count) events; \(most) fit.", field: "calendar")
        }
        guard let place = channel ?? turn[home] ?? turn.channel else {
            throw Refusal.invalid(
                "Say where they are announced.", field: "channel",
                hint: "Name a channel, or set the server's with house set events.channel.")
        }
        var report = ImportReport(reading.left)
        for entry in reading.entries where entry.replaces == nil {
            try take(entry, reading.entries, place, isPreview, &report, turn)
        }
        let undo = report.made.count == 1 ? report.made.first : nil
        return .done(
            EventText.imported(report, isPreview), data: report.row,
            undo: undo.map { Invocation(command: "events.archive", arguments: ["id": .int($0)]) })
    }

    private static func take(
        _ entry: CalendarEntry, _ all: [CalendarEntry], _ channel: ID<Channel>, _ isPreview: Bool,
        _ report: inout ImportReport, _ turn: Turn
    ) throws {
        let guild = try turn.requireGuild()
        if let known = try MeetingRows.find(uid: entry.uid, of: guild, in: turn.store) {
            return report.add(entry, "known", "is event \(known.id) already")
        }
        if report.uids.contains(entry.uid) { return report.add(entry, "left out", "stands in the file twice") }
        if entry.isCancelled { return report.add(entry, "left out", "is cancelled") }
        var new = Meeting(
            guild: guild, title: entry.title, text: entry.text, start: entry.start, length: entry.length,
            zone: entry.zone.name, channel: channel, place: entry.place, creator: turn.asker.member, uid: entry.uid)
        let exceptions = all.filter { $0.uid == entry.uid && $0.replaces != nil }
        do {
            try setTimes(of: &new, nil, entry.rule, turn)
            if isPreview { try check(new, turn) }
        } catch let refusal as Refusal where refusal.field != "channel" {
            return report.add(entry, "left out", refusal.sentence)
        }
        report.add(
            entry, isPreview ? "would be made" : "made",
            EventText.rhythm(of: new, exceptions: exceptions.count + entry.except.count))
        guard !isPreview else { return }
        new.id = try MeetingRows.insert(new, in: turn.store)
        try check(new, turn)
        try write(entry, exceptions, to: new, turn)
        try openNext(new, turn)
        turn.change(new.subject, from: .null, to: new.settings)
        report.made.append(new.id)
    }

    private static func write(
        _ entry: CalendarEntry, _ exceptions: [CalendarEntry], to meeting: Meeting, _ turn: Turn
    ) throws {
        guard meeting.rule != nil else { return }
        func row(_ at: Instant, _ starts: Instant, _ state: Occurrence.State) -> Occurrence {
            Occurrence(
                meeting: meeting.id, guild: meeting.guild, at: at, starts: starts, ends: starts + meeting.length, state: state,
                channel: meeting.channel)
        }
        for at in entry.except { try OccurrenceRows.write(row(at, at, .skipped), in: turn.store) }
        for one in exceptions {
            guard let at = one.replaces, one.isCancelled || one.start != at else { continue }
            let written = one.isCancelled ? row(at, at, .skipped) : row(at, one.start, .planned)
            try OccurrenceRows.write(written, in: turn.store)
        }
    }

    private static let importShape = Shape.record([
        "made": .whole, "known": .whole, "left_out": .whole,
        "rows": .list(.record(["uid": .text, "title": .text, "starts_ms": .instant, "state": .text, "note": .text])),
    ])
}

/// What becomes of each event of a calendar file.
struct ImportReport {
    struct Line {
        var uid: String
        var title: String
        var starts: Instant?
        var state: String
        var note: String
    }

    private(set) var lines: [Line]
    private(set) var uids: Set<String> = []
    var made: [Int64] = []

    init(_ left: [CalendarReading.Left]) {
        lines = left.map { Line(uid: "", title: $0.title, starts: nil, state: "left out", note: $0.reason) }
    }

    mutating func add(_ entry: CalendarEntry, _ state: String, _ note: String) {
        uids.insert(entry.uid)
        lines.append(Line(uid: entry.uid, title: entry.title, starts: entry.start, state: state, note: note))
    }

    func count(_ states: String...) -> Int { lines.count { states.contains($0.state) } }

    var row: JSON {
        [
            "made": .int(Int64(count("made", "would be made"))), "known": .int(Int64(count("known"))),
            "left_out": .int(Int64(count("left out"))),
            "rows": .array(
                lines.map { line in
                    .fields([
                        "uid": .string(line.uid), "title": .string(line.title),
                        "starts_ms": line.starts.map { .int($0.milliseconds) }, "state": .string(line.state),
                        "note": .string(line.note),
                    ])
                }),
        ]
    }
}
