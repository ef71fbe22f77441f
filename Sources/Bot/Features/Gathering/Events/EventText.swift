internal import Kit
internal import Shared

/// What events say to people.
enum EventText {
    static func created(_ meeting: Meeting, _ row: JSON, _ clashes: [(other: Meeting, at: Instant)], _ turn: Turn) throws
        -> Card
    {
        Card(
            "\(meeting.title) is set up", text: summary(meeting, turn), fields: times(row) + told(clashes),
            footer: "Event \(meeting.id). Change it with events edit, see who comes with events show.",
            tone: clashes.isEmpty ? .good : .warning)
    }

    static func changed(_ meeting: Meeting, _ row: JSON, _ clashes: [(other: Meeting, at: Instant)], _ turn: Turn) throws
        -> Card
    {
        Card(
            "\(meeting.title) is changed", text: summary(meeting, turn), fields: times(row) + told(clashes),
            footer: try crowd(meeting, turn), tone: clashes.isEmpty ? .good : .warning)
    }

    static func unchanged(_ meeting: Meeting) -> Card {
        Card(
            text: "Nothing of \(strong: meeting.title) is changed: it is like that already.",
            footer: "Say what is to change, such as capacity: 12.")
    }

    /// Those who have a seat keep it, also where there are fewer seats now.
    private static func crowd(_ meeting: Meeting, _ turn: Turn) throws -> Phrase? {
        guard let seats = meeting.capacity, let one = try OccurrenceRows.live(meeting.id, in: turn.store) else { return nil }
        let going = try AnswerSheet(one, turn).going.count
        return going > seats
            ? "\(going) are going already and keep their seats; others wait until there is room." : nil
    }

    static func switched(_ meeting: Meeting) throws -> Card {
        switch meeting.state {
        case .on: Card(text: "\(strong: meeting.title) takes place.", tone: .good)
        case .cancelled:
            Card(text: "\(strong: meeting.title) is cancelled. events uncancel \(words: meeting.key) has it back.", tone: .good)
        case .archived:
            Card(text: "\(strong: meeting.title) is archived. events restore \(words: meeting.key) has it back.", tone: .good)
        }
    }

    static func skipped(_ meeting: Meeting, _ time: ComingTime) -> Card {
        Card(
            text: "\(strong: meeting.title) is left out on \(time.starts). events keep takes that back, with the same day.",
            tone: .good)
    }

    static func moved(_ meeting: Meeting, _ time: ComingTime, _ starts: Instant) -> Card {
        Card(text: "\(strong: meeting.title) comes on \(starts) instead of \(time.starts). Its other times stay.", tone: .good)
    }

    static func kept(_ meeting: Meeting, _ time: ComingTime) -> Card {
        Card(text: "\(strong: meeting.title) comes on \(time.starts), as it always does.", tone: .good)
    }

    static func announced(_ meeting: Meeting) -> Card {
        Card(text: "\(strong: meeting.title) is announced anew in \(meeting.channel).", tone: .good)
    }

    static func opening(_ meeting: Meeting, _ kind: SpaceKind) -> Card {
        Card(text: "A \(words: kind.rawValue) for \(strong: meeting.title) is being opened.", tone: .good)
    }

    // MARK: - Lists

    static func list(_ rows: [JSON], of count: Int, _ shelf: Events.Shelf, _ next: String?, _ turn: Turn) -> Card {
        let title: Phrase =
            switch shelf {
            case .coming: "Events"
            case .over: "Events that are over"
            case .cancelled: "Cancelled events"
            case .archived: "Archived events"
            }
        guard !rows.isEmpty else {
            return Card(
                title, text: shelf == .coming ? "Nothing is planned. Set one up with events create." : "There are none.")
        }
        var card = Card(title, text: .lines(rows.map(line)))
        card.menu = Menu(
            "Look at one", argument: "id",
            choices: rows.prefix(25).map { Choice($0["title"]?.text ?? "", $0["id"]?.line ?? "") }, runs: "events.show")
        card.buttons = [Button("My events", runs: "events.mine")]
        if let next {
            card.footer = "\(rows.count) of \(count)"
            card.buttons.append(
                Button("More", runs: "events.list", ["what": .string(shelf.rawValue), "cursor": .string(next)]))
        }
        return card
    }

    private static func line(_ row: JSON) -> Phrase {
        let when: Phrase = row["starts_ms"]?.int.map { "\(Instant(milliseconds: $0), .moment)" } ?? "no time to come"
        let seats = row["capacity"]?.int.map { " of \($0)" } ?? ""
        let state = row["phase"] == "running" ? ", now" : ""
        let comes = row["recurrence"]?.text == nil ? "" : ", " + (row["comes"]?.text ?? "")
        return """
            \(strong: row["id"]?.line ?? "")  \(row["title"]?.text ?? "")  \(when)\(comes)\(words: state), \
            \(row["answers"]?["going"]?.int ?? 0)\(words: seats) going
            """
    }

    static func mine(_ rows: [JSON]) -> Card {
        let lines = rows.map { row -> Phrase in
            let answer = row["waiting"] == true ? "waiting" : row["answer"]?.text ?? ""
            return """
                \(strong: row["id"]?.line ?? "")  \(row["title"]?.text ?? "")  \
                \(Instant(milliseconds: row["starts_ms"]?.int ?? 0)): \(answer)
                """
        }
        return Card(
            "Your events",
            text: lines.isEmpty ? "You have answered none that is to come. See them with events list." : .lines(lines))
    }

    static func shown(_ meeting: Meeting, _ turn: Turn) throws -> Card {
        if let live = try OccurrenceRows.live(meeting.id, in: turn.store) {
            var card = try EventCard.drawn(live, of: meeting, turn)
            if let trouble = meeting.trouble { card.fields.append(.init("Trouble", "\(trouble)", isInline: false)) }
            return card
        }
        return Card(
            "\(meeting.title)", text: "\(meeting.text)",
            fields: [.init("State", "\(words: meeting.state == .on ? "over" : meeting.state.rawValue)")],
            footer: "Event \(meeting.id)")
    }

    static func previewed(_ meeting: Meeting, _ rows: [JSON]) throws -> Card {
        let lines = rows.map { row -> Phrase in
            let (at, starts) = (row["at_ms"]?.int ?? 0, row["starts_ms"]?.int ?? 0)
            let moment: Phrase = "\(Instant(milliseconds: starts))"
            if row["state"] == "moved" { return moment + ", moved from \(Instant(milliseconds: at))" }
            return row["state"] == "left out" ? moment + ", left out" : moment
        }
        return Card(
            "Next times of \(meeting.title)", text: lines.isEmpty ? "It does not come any more." : .lines(lines),
            footer: meeting.rule.map { "Comes \(words: spelled(rule: $0)), by the clocks of \(words: meeting.zone)" })
    }

    // MARK: - Pieces

    private static func summary(_ meeting: Meeting, _ turn: Turn) -> Phrase {
        let comes = meeting.rule.map { ", " + spelled(rule: $0) } ?? ""
        let place: Phrase = EventCard.whereabouts(meeting).map { ", at " + $0 } ?? ""
        let seats = meeting.capacity.map { ", for \($0)" } ?? ""
        return """
            Announced in \(meeting.channel)\(words: comes)\(place)\(words: seats). It takes \(words: meeting.length.spelled), by the \
            clocks of \(words: meeting.zone)\(words: clock(meeting, turn)).
            """
    }

    /// What the clocks show where it takes place, for who reads its times on others.
    private static func clock(_ meeting: Meeting, _ turn: Turn) -> String {
        guard meeting.zone != turn.zone.name, let zone = try? Zone(named: meeting.zone) else { return "" }
        let wall = zone.wallTime(at: meeting.start)
        return ", where it starts at \(padded(wall.hour, 2)):\(padded(wall.minute, 2))"
    }

    private static func times(_ row: JSON) -> [Card.Field] {
        let times = row["times_ms"]?.array?.compactMap(\.int).map { Instant(milliseconds: $0) } ?? []
        return [.init(times.count == 1 ? "Comes" : "Next times", .lines(times.map { "\($0, .moment)" }), isInline: false)]
    }

    private static func told(_ clashes: [(other: Meeting, at: Instant)]) -> [Card.Field] {
        guard !clashes.isEmpty else { return [] }
        let lines = clashes.prefix(5).map { "\($0.other.title) (event \($0.other.id)) on \($0.at)" as Phrase }
        return [.init("At the same time in the same place", .lines(Array(lines)), isInline: false)]
    }
}
