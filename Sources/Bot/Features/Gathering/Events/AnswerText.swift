internal import Kit
internal import Shared

/// What events say to those who answer them, or have not.
extension EventText {
    static func answered(
        _ meeting: Meeting, _ one: Occurrence, _ sheet: AnswerSheet, _ member: ID<Member>, _ answer: AnswerRows.Answer?,
        hadAnswered: Bool
    ) -> Card {
        let when: Phrase = "\(strong: meeting.title), \(one.starts, .moment)"
        guard hadAnswered || answer != nil else { return Card(text: when + ": you had not answered.") }
        guard let answer else { return Card(text: when + ": your answer is taken back.", tone: .good) }
        if answer.waits {
            let place = sheet.place(of: member) ?? 0
            let full = meeting.capacity == 1 ? "the only seat is taken" : "all \(meeting.capacity ?? 0) seats are taken"
            return Card(
                text: when + ": \(words: full), and you are number \(place) of those who wait.",
                footer: "You hear of it when a seat becomes free.", tone: .warning)
        }
        let seats = meeting.capacity.map { " (\(sheet.going.count) of \($0))" } ?? ""
        switch answer.answer {
        case AnswerKind.going.key: return Card(text: when + ": you are going\(words: seats).", tone: .good)
        case AnswerKind.maybe.key: return Card(text: when + ": you may come.", tone: .good)
        case AnswerKind.no.key: return Card(text: when + ": you cannot come.", tone: .good)
        default:
            let label = sheet.kinds.first { $0.key == answer.answer }?.label ?? answer.answer
            return Card(text: when + ": you answered \(label).", tone: .good)
        }
    }

    static func answers(_ meeting: Meeting, _ one: Occurrence, _ sheet: AnswerSheet) -> Card {
        var fields = sheet.kinds.map { kind in
            let members = sheet.members(kind.key)
            return Card.Field("\(kind.label) (\(members.count))", EventCard.list(members))
        }
        if !sheet.waiting.isEmpty { fields.append(.init("Waiting (\(sheet.waiting.count))", EventCard.list(sheet.waiting))) }
        return Card("Answers to \(meeting.title)", text: "\(one.starts)", fields: fields)
    }

    static func promoted(_ meeting: Meeting, _ one: Occurrence, _ member: ID<Member>) -> Card {
        Card(
            text: "\(member) A seat has become free: you are going to \(strong: meeting.title), \(one.starts, .moment).",
            footer: "Cannot come after all? Say so at the event, and somebody else gets the seat.", tone: .good)
    }

    /// To those who are mentioned, or privately to one.
    static func reminder(_ one: Occurrence, _ meeting: Meeting, late: Duration, _ members: [ID<Member>]) -> Card {
        let lateness: Phrase = late > 1.minutes ? " This reminder is \(words: late.spelled) late." : ""
        let place: Phrase = EventCard.whereabouts(meeting).map { " at " + $0 } ?? ""
        return Card(
            text: names(members) + "\(strong: meeting.title) starts \(one.starts, .relative)\(place): \(one.starts, .moment)."
                + lateness)
    }

    static func question(_ one: Occurrence, _ meeting: Meeting, _ members: [ID<Member>]) -> Card {
        let words: Phrase = "Are you coming to \(strong: meeting.title), \(one.starts, .moment)? You have not answered yet."
        if members.isEmpty { return Card(text: words + way(to: one)) }
        return Card(
            text: names(members) + words,
            buttons: [AnswerKind.going, .maybe, .no].map { kind in
                Button(
                    kind.label, emoji: kind.emoji, style: kind == .going ? .good : .plain, runs: "events.rsvp",
                    ["id": .string(meeting.key), "answer": .string(kind.key), "on": .string(one.at.rfc3339)])
            })
    }

    static func calledOff(_ one: Occurrence, _ meeting: Meeting, _ members: [ID<Member>]) -> Card {
        Card(text: names(members) + "\(strong: meeting.title) of \(one.starts, .moment) is cancelled.", tone: .warning)
    }

    static func nobodySilent(_ meeting: Meeting) -> Card {
        Card(text: "Everybody has answered \(strong: meeting.title): there is nobody to remind.")
    }

    static func unanswered(_ meeting: Meeting, _ silent: Silent, _ page: [ID<Member>]) -> Card {
        if silent.members.isEmpty { return nobodySilent(meeting) }
        let more =
            silent.members.count > page.count ? "\(page.count) of \(silent.members.count)" : "\(silent.members.count) members"
        return Card(
            "Have not answered \(meeting.title)", text: .lines(page.map { "\($0)" }),
            footer: "\(words: more). Remind them with events remind \(words: meeting.key).")
    }

    static func remindedSilent(_ meeting: Meeting, _ sent: Reach, _ way: RemindingWay) -> Card {
        let how = way == .channel ? "mentioned in the channel" : "written to"
        var card = Card(
            text: "\(sent.reached) who have not answered \(strong: meeting.title) are \(words: how).", tone: .good)
        if !sent.missed.isEmpty {
            let lines = sent.missed.prefix(10).map { "\($0.member) \($0.reason)" as Phrase }
            card.fields = [.init("Not reached (\(sent.missed.count))", .lines(Array(lines)), isInline: false)]
        }
        return card
    }

    // MARK: - Attendance

    static func marked(_ meeting: Meeting, _ marks: [(member: ID<Member>, mark: Events.Mark)]) -> Card {
        let lines = marks.prefix(20).map { one -> Phrase in
            switch one.mark {
            case .yes: "\(one.member) came"
            case .no: "\(one.member) did not come"
            case .unmarked: "\(one.member) is not marked any more"
            }
        }
        let more: Phrase = marks.count > 20 ? "\nand \(marks.count - 20) more" : ""
        return Card("Attendance of \(meeting.title)", text: .lines(Array(lines)) + more, tone: .good)
    }

    static func attendance(_ meeting: Meeting, _ one: Occurrence, _ all: [Events.Attendee]) -> Card {
        let lines = all.prefix(40).map { one -> Phrase in
            let time = one.held > 1.minutes ? ", \(one.held.spelled)" : ""
            return "\(one.member) \(words: one.word)\(words: time)"
        }
        let more: Phrase = all.count > 40 ? "\nand \(all.count - 40) more" : ""
        return Card(
            "Who came to \(meeting.title)",
            text: lines.isEmpty ? "Nobody is marked. Mark them with events attend." : .lines(Array(lines)) + more,
            fields: [.init("Held", "\(one.starts)"), .init("Came", "\(all.count { $0.came })")])
    }

    // MARK: - Pieces

    private static func names(_ members: [ID<Member>]) -> Phrase {
        Phrase(members.flatMap { [Phrase.Piece.member($0), .words(" ")] })
    }

    /// Buttons belong to the server: who is written to privately is shown the way there.
    private static func way(to one: Occurrence) -> Phrase {
        guard let message = one.message else { return "" }
        return "\n\(words: "https://discord.com/channels/\(one.guild)/\(one.channel)/\(message)")"
    }
}
