internal import Kit
internal import Shared

/// What everybody sees of an event: its message, with the answers and the buttons to give one.
enum EventCard {
    static func drawn(_ one: Occurrence, of meeting: Meeting, _ turn: Turn) throws -> Card {
        let sheet = try AnswerSheet(one, turn)
        var fields = [Card.Field("When", when(one), isInline: false)]
        if let place = whereabouts(meeting) { fields.append(.init("Where", place)) }
        if let rule = meeting.rule { fields.append(.init("Comes", "\(spelled(rule: rule))")) }
        if let role = meeting.role { fields.append(.init("For", "\(role)")) }
        if let ends = meeting.signUpEnds(one), one.isLive { fields.append(.init("Sign-up ends", "\(ends, .relative)")) }
        fields += sheet.kinds.map { answers($0, sheet, meeting) }
        if !sheet.waiting.isEmpty { fields.append(.init("Waiting (\(sheet.waiting.count))", list(sheet.waiting))) }
        return Card(
            title(one, meeting), text: try text(one, meeting, sheet, turn), fields: fields, footer: footer(one, meeting),
            tone: one.state == .cancelled || meeting.state == .cancelled ? .refused : .plain,
            buttons: buttons(one, meeting, sheet, turn))
    }

    static func when(_ one: Occurrence) -> Phrase {
        "\(one.starts, .moment) to \(one.ends, one.ends - one.starts < 12.hours ? .time : .moment) (\(one.starts, .relative))"
    }

    static func whereabouts(_ meeting: Meeting) -> Phrase? {
        meeting.voice.map { "\($0)" } ?? meeting.place.map { "\($0)" }
    }

    /// As many names as one field takes.
    static func list(_ members: [ID<Member>], most: Int = 30) -> Phrase {
        guard !members.isEmpty else { return "nobody yet" }
        let shown = Phrase.lines(members.prefix(most).map { "\($0)" })
        return members.count > most ? shown + "\nand \(members.count - most) more" : shown
    }

    private static func title(_ one: Occurrence, _ meeting: Meeting) -> Phrase {
        if meeting.state == .cancelled || one.state == .cancelled { return "Cancelled: \(meeting.title)" }
        return switch one.state {
        case .over: "Over: \(meeting.title)"
        case .running: "Now: \(meeting.title)"
        case .skipped: "Left out: \(meeting.title)"
        case .planned, .open, .cancelled: "\(meeting.title)"
        }
    }

    private static func text(_ one: Occurrence, _ meeting: Meeting, _ sheet: AnswerSheet, _ turn: Turn) throws -> Phrase {
        guard let name = meeting.template, let template = try turn.template(named: name) else { return "\(meeting.text)" }
        let server = turn.house.directory.guild(meeting.guild)?.name ?? ""
        return template.filled([
            "title": "\(meeting.title)", "description": "\(meeting.text)", "when": "\(one.starts, .moment)",
            "until": "\(one.ends, .moment)", "relative": "\(one.starts, .relative)",
            "where": whereabouts(meeting) ?? "\(meeting.channel)", "channel": "\(meeting.channel)", "server": "\(server)",
            "going": "\(sheet.going.count)", "capacity": meeting.capacity.map { "\($0)" } ?? "any number",
            "number": "\(meeting.id)",
        ])
    }

    private static func answers(_ kind: AnswerKind, _ sheet: AnswerSheet, _ meeting: Meeting) -> Card.Field {
        let members = sheet.members(kind.key)
        let seats = kind == .going ? meeting.capacity.map { " of \($0)" } ?? "" : ""
        return .init("\(words: mark(kind))\(kind.label) (\(members.count)\(words: seats))", list(members))
    }

    /// A field's name shows no emoji of a server.
    private static func mark(_ kind: AnswerKind) -> String { kind.emoji.contains(":") ? "" : kind.emoji + " " }

    private static func footer(_ one: Occurrence, _ meeting: Meeting) -> Phrase {
        one.isLive ? "Event \(meeting.id) · answer with the buttons" : "Event \(meeting.id)"
    }

    private static func buttons(_ one: Occurrence, _ meeting: Meeting, _ sheet: AnswerSheet, _ turn: Turn) -> [Button] {
        guard one.isLive, meeting.state == .on else { return [] }
        let isShut = meeting.signUpEnds(one).map { turn.now + turn.late >= $0 } ?? false
        return sheet.kinds.map { kind in
            Button(
                kind.label, emoji: kind.emoji, style: kind == .going ? .good : .plain, runs: "events.rsvp",
                ["id": .string(meeting.key), "answer": .string(kind.key), "on": .string(one.at.rfc3339)],
                isOff: isShut && kind != .no)
        }
    }
}
