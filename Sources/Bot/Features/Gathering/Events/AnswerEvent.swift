internal import Kit
internal import Shared

extension Events {
    static let answer = Command(
        "events.rsvp", "Says whether you come to an event: going, maybe, no, or none to take your answer back", also: ["rsvp"],
        isPrivate: true, isForMembers: true, changes: true, returns: answerShape, example: "id: 1 answer: going",
        which, .optional(.lookup("answer", "going when left out", answers)), .optional(on)
    ) { turn, id, word, on in
        let (meeting, member) = (try MeetingRows.require(id, turn), try turn.requireMember())
        let one = try answerable(meeting, on, turn)
        let kind = try kind(word ?? AnswerKind.going.key, turn)
        let before = try AnswerRows.find(member, to: one.key, in: turn.store)
        let after = try settle(kind?.key, of: member, in: one, of: meeting, via: "button", turn)
        let sheet = try AnswerSheet(one, turn)
        let undo = Invocation(
            command: "events.rsvp",
            arguments: [
                "id": .string(meeting.key), "answer": .string(before?.answer ?? AnswerKind.withdrawn),
                "on": .string(one.at.rfc3339),
            ])
        return .done(
            EventText.answered(meeting, one, sheet, member, after, hadAnswered: before != nil),
            data: answerRow(meeting, one, sheet, member, after, turn),
            undo: before?.answer == after?.answer ? nil : undo)
    }

    private static let answers = Lookup("answers") { turn, typed in
        let all = AnswerKind.all(turn).map { Choice($0.label, $0.key) } + [Choice("Take it back", AnswerKind.withdrawn)]
        return all.filter { typed.isEmpty || $0.label.lowercased().hasPrefix(typed.lowercased()) }
    }

    /// Nil takes the answer back.
    private static func kind(_ word: String, _ turn: Turn) throws(Refusal) -> AnswerKind? {
        let wanted = word.lowercased()
        if wanted == AnswerKind.withdrawn { return nil }
        let kinds = AnswerKind.all(turn)
        if let found = kinds.first(where: { $0.key == wanted || $0.label.lowercased() == wanted }) { return found }
        let names = kinds.map(\.key)
        let near = nearest(to: wanted, among: names).map { "Did you mean \"\($0)\"? " } ?? ""
        throw .invalid(
            "Nobody can answer \"\(word.prefix(40))\".", field: "answer",
            hint: near + "It is one of: \((names + [AnswerKind.withdrawn]).joined(separator: ", ")).")
    }

    /// The occurrence that somebody answers: the one that is announced, unless they name another.
    private static func answerable(_ meeting: Meeting, _ on: WrittenTime?, _ turn: Turn) throws -> Occurrence {
        guard meeting.state == .on else {
            throw Refusal.conflict("\(meeting.title) is \(meeting.state.rawValue): nobody answers any more.")
        }
        guard let live = try OccurrenceRows.live(meeting.id, in: turn.store) else {
            throw Refusal.conflict("\(meeting.title) does not come any more.")
        }
        guard let on else { return live }
        let zone = (try? Zone(named: meeting.zone)) ?? .utc
        let moment = try on.moment(turn.now, zone, "on")
        if live.at == moment || live.starts == moment || zone.day(of: live.starts) == zone.day(of: moment) { return live }
        if moment < live.starts { throw Refusal.conflict("That time of \(meeting.title) is over.") }
        throw Refusal(
            .conflict, "That time of \(meeting.title) is not announced yet.",
            hint: "It can be answered once \(zone.spelled(live.starts)) is over.", field: "on")
    }

    // MARK: - Rows

    static let answerShape = Shape.record([
        "id": .whole, "title": .text, "starts_ms": .instant, "member": .named, "answer": .text, "waiting": .flag,
        "place": .whole, "answers": .anything,
    ])

    private static func answerRow(
        _ meeting: Meeting, _ one: Occurrence, _ sheet: AnswerSheet, _ member: ID<Member>, _ answer: AnswerRows.Answer?,
        _ turn: Turn
    ) -> JSON {
        .fields([
            "id": .int(meeting.id), "title": .string(meeting.title), "starts_ms": .int(one.starts.milliseconds),
            "member": turn.named(member), "answer": answer.map { .string($0.answer) } ?? "none",
            "waiting": .bool(answer?.waits ?? false), "place": sheet.place(of: member).map { .int(Int64($0)) },
            "answers": sheet.counts,
        ])
    }
}
