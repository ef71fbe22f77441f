internal import Kit
internal import Shared

/// What tickets say to staff.
extension TicketText {
    static func kind(_ kind: TicketKind, _ state: String) -> Card {
        Card(
            "Tickets of the kind \(kind.name)", text: "\(kind.label) \(words: state).",
            fields: [
                .init("Lies in", "\(kind.parent.map { "\($0)" } ?? "the server's category") (\(words: kind.place.rawValue))"),
                .init("Seen by", "\(words: kind.preset.rawValue)"),
                .init("Asks", "\(kind.questions.text)", isInline: false),
            ], footer: "Offer it with tickets panel.", tone: .good)
    }

    static func kinds(_ kinds: [TicketKind]) -> Card {
        let lines = kinds.map { kind -> Phrase in
            "\(strong: kind.name)  \(kind.label), \(words: kind.place.rawValue), asks: \(kind.questions.text)"
        }
        return Card(
            "Kinds of tickets", text: lines.isEmpty ? "There are none. Set one up with tickets add_kind." : .lines(lines))
    }

    static func changed(_ ticket: Ticket) -> Card {
        let holder: Phrase = ticket.claimant.map { ", looked after by \($0)" } ?? ""
        let rung: Phrase =
            switch ticket.state == .escalated ? ticket.escalated : nil {
            case .member(let member): " to \(member)"
            case .role(let role): " to \(role)"
            case nil: ""
            }
        return Card(
            text: """
                Ticket \(ticket.number) is \(words: ticket.state.rawValue)\(rung)\(holder), priority \
                \(words: ticket.priority.rawValue).
                """, tone: .good)
    }

    /// To staff whose own words would be missing from the transcript.
    static let unheard: Phrase = "The transcript keeps your words once you agree to that: privacy agree."

    static func list(_ tickets: [Ticket], _ turn: Turn) -> Card {
        let lines = tickets.map { ticket -> Phrase in
            let place: Phrase = ticket.channel.map { "\($0)  " } ?? ""
            let holder: Phrase = ticket.claimant.map { ", \($0)" } ?? ""
            return """
                \(strong: String(ticket.number))  \(place)\(ticket.subject), \(words: ticket.state.rawValue)\(holder), \
                since \(ticket.opened, .relative)
                """
        }
        return Card("Tickets", text: lines.isEmpty ? "There are none." : .lines(lines))
    }

    static func shown(_ ticket: Ticket, _ lines: [TicketLine], _ due: (what: String, at: Instant)?) -> Card {
        var fields: [Card.Field] = [
            .init("Member", ticket.opener.map { "\($0)" } ?? "somebody who was forgotten"),
            .init("State", "\(words: ticket.state.rawValue), \(words: ticket.priority.rawValue)"),
            .init("Opened", "\(ticket.opened, .relative)"),
        ]
        if let claimant = ticket.claimant { fields.append(.init("Looked after by", "\(claimant)")) }
        if let due {
            fields.append(.init(due.what == "answer" ? "First answer until" : "To be closed until", "\(due.at, .moment)"))
        }
        if let trouble = ticket.trouble { fields.append(.init("Trouble", "\(trouble)", isInline: false)) }
        if let reason = ticket.reason, !reason.isEmpty { fields.append(.init("Reason", "\(reason)", isInline: false)) }
        if let summary = ticket.summary { fields.append(.init("Summary", "\(summary)", isInline: false)) }
        let said = lines.filter { $0.voice != .note }.suffix(5).map { line -> Phrase in
            let who: Phrase = line.author.map { "\($0)" } ?? "staff"
            return "\(who): \(String((line.body ?? "(not kept)").prefix(180)))"
        }
        if !said.isEmpty { fields.append(.init("Last words", .lines(Array(said)), isInline: false)) }
        return Card(
            "Ticket \(ticket.number)", text: "\(ticket.subject)", fields: fields,
            tone: ticket.trouble == nil ? .plain : .warning)
    }

    static func replied(_ ticket: Ticket, _ body: String, at: Instant?) -> Card {
        let when: Phrase = at.map { "is said \($0, .moment)" } ?? "is said"
        return Card(text: "In ticket \(ticket.number) \(when):\n\(body)", tone: .good)
    }

    static func replies(_ rows: [JSON]) -> Card {
        let lines = rows.map { row -> Phrase in
            """
            \(strong: row["reply"]?.line ?? "")  ticket \(row["id"]?.int ?? 0), \
            \(Instant(milliseconds: row["at_ms"]?.int ?? 0), .moment): \(String((row["text"]?.text ?? "").prefix(120)))
            """
        }
        return Card("Answers to be said later", text: lines.isEmpty ? "There are none." : .lines(lines))
    }

    // MARK: - Figures

    static func stats(_ figures: TicketFigures, _ span: TicketFigures.Span) -> Card {
        let title =
            switch span {
            case .week: "the last 7 days"
            case .month: "the last 30 days"
            case .all: "all time"
            }
        var fields = figures.counts.map { Card.Field("\(words: $0.state)", "\($0.count)") }
        fields.append(.init("From opening to closing", "\(words: figures.cycle.map(\.spelled) ?? "nothing closed yet")"))
        fields.append(.init("First answer", "\(words: figures.answer.map(\.spelled) ?? "none yet")"))
        if let rating = figures.rating {
            fields.append(.init("Rating", "\(words: "\(rating)") of 5 (\(figures.ratings))"))
        }
        return Card(
            "Tickets of \(words: title)", text: "\(figures.opened) opened, \(figures.closed) closed.", fields: fields,
            buttons: TicketFigures.Span.allCases.map {
                Button(
                    $0 == .all ? "All" : $0.rawValue, style: $0 == span ? .primary : .plain, runs: "tickets.stats",
                    ["scope": .string($0.rawValue)])
            })
    }

    static func snapshots(_ rows: [JSON]) -> Card {
        let lines = rows.map { row -> Phrase in
            let asker: Phrase = row["asker"]?["id"]?.id(Member.self).map { ", asked by \($0)" } ?? ""
            return """
                \(Instant(milliseconds: row["at_ms"]?.int ?? 0), .moment)  \(words: row["scope"]?.text ?? ""): \
                \(row["opened"]?.int ?? 0) opened, \(row["closed"]?.int ?? 0) closed\(asker)
                """
        }
        return Card("Statistics that were asked for", text: lines.isEmpty ? "None yet." : .lines(lines))
    }

    static func team(_ rows: [JSON]) -> Card {
        let lines = rows.map { row -> Phrase in
            let who: Phrase = row["member"]?["id"]?.id(Member.self).map { "\($0)" } ?? "?"
            let answer = row["first_response_ms"]?.int.map { ", first answer after \(Duration.milliseconds($0).spelled)" } ?? ""
            let rating = row["rating"]?.double.map { ", rated \($0)" } ?? ""
            return """
                \(who): \(row["claimed"]?.int ?? 0) looked after, \(row["closed"]?.int ?? 0) closed, \
                \(row["words"]?.int ?? 0) answers\(words: answer)\(words: rating)
                """
        }
        return Card("Who helped", text: lines.isEmpty ? "Nobody had to." : .lines(lines))
    }

    // MARK: - The log

    static func logged(_ what: String, _ ticket: Ticket, by member: ID<Member>?, _ words: String?) -> Card {
        let who: Phrase = member.map { " by \($0)" } ?? ""
        let more: Phrase = words.flatMap { $0.isEmpty ? nil : ": \($0)" } ?? ""
        let place: Phrase = ticket.channel.map { " (\($0))" } ?? ""
        return Card(text: "Ticket \(ticket.number) \(words: what)\(who)\(more)\(place)")
    }

    static func overdue(_ ticket: Ticket, _ deed: Agenda.Deed) -> Card {
        let place: Phrase = ticket.channel.map { " (\($0))" } ?? ""
        return Card(
            text: deed == .tellAnswer
                ? "Ticket \(ticket.number) has waited too long for its first answer\(place)."
                : "Ticket \(ticket.number) is older than tickets should get\(place).", tone: .warning)
    }

    static func rated(_ ticket: Ticket) -> Card {
        let remark: Phrase = ticket.remark.map { ": \($0)" } ?? ""
        return Card(text: "Ticket \(ticket.number) was rated \(ticket.rating ?? 0) of 5\(remark)")
    }

    static func failed(_ ticket: Ticket, _ kind: TicketKind) -> Card {
        Card(
            "Ticket \(ticket.number) could not be opened", text: "\(ticket.trouble ?? "")",
            footer: "What the member wrote is kept. Mend it, then tickets reopen \(ticket.number).", tone: .warning)
    }

    static func obstructed(_ member: ID<Member>, _ kind: TicketKind, _ obstacle: Refusal) -> Card {
        Card(
            "Tickets of the kind \(kind.name) cannot be opened",
            text: "\(obstacle.sentence) \(obstacle.hint ?? "")",
            footer: "\(member) wanted one; what they wrote is kept for a day.",
            tone: .warning)
    }
}
