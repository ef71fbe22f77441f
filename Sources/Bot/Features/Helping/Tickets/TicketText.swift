internal import Kit
internal import Shared

/// What tickets say to members.
enum TicketText {
    static func opening(_ ticket: Ticket, _ kind: TicketKind) -> Card {
        Card(
            text:
                "Ticket \(ticket.number) is being opened: a \(words: ticket.place.rawValue) of your own, in which you are called.",
            footer: "\(kind.label)", tone: .good)
    }

    /// Whose ticket it is, called by a name that rings; in a frame it would not.
    private static func called(_ ticket: Ticket) -> Phrase { ticket.opener.map { "\($0), " } ?? "" }

    /// A plain message, so that whoever is called hears it.
    static func greeting(_ ticket: Ticket, _ kind: TicketKind, calling role: ID<Role>?, _ turn: Turn) -> Card {
        let template =
            kind.greeting.flatMap { try? Template($0, places: Tickets.places, field: "greeting") } ?? turn[Tickets.greeting]
        let opener: Phrase = ticket.opener.map { "\($0)" } ?? "somebody"
        let hours = turn[Tickets.hours]
        var text = template.filled([
            "member": opener, "number": "\(ticket.number)", "kind": "\(kind.label)",
            "server": "\(turn.house.directory.guild(ticket.guild)?.name ?? "")",
            "hours": hours == "always" ? "at all hours" : "\(words: hours) (\(words: turn.zone.name))",
        ])
        if !template.mentions("member") { text = called(ticket) + text }
        let now = turn.now + turn.late
        if !turn.workingHours.contain(now, in: turn.zone), let next = turn.workingHours.next(after: now, in: turn.zone) {
            text = text + "\nStaff are back \(next, .relative)."
        }
        if let role { text = text + "\n\(role)" }
        return Card(text: text)
    }

    /// What was asked and answered, with the buttons of the desk under it.
    static func opening(_ ticket: Ticket, _ kind: TicketKind, _ answers: [TicketLine]) -> Card {
        Card(
            "Ticket \(ticket.number): \(kind.label)",
            fields: answers.prefix(5).map {
                Card.Field("\($0.head ?? "")", "\(String(($0.body ?? "").prefix(1000)))", isInline: false)
            }, buttons: buttons(ticket))
    }

    private static func buttons(_ ticket: Ticket) -> [Button] {
        let which: JSON = ["id": .int(ticket.number)]
        return [
            Button("Claim", style: .primary, runs: "tickets.claim", which, isStanding: true),
            Button("Close", style: .danger, runs: "tickets.close", which, isStanding: true),
            Button("Delete", runs: "tickets.delete", which, isStanding: true),
        ]
    }

    /// Its buttons stand for years.
    static func panel(_ title: String, _ body: String, _ kinds: [TicketKind]) -> Card {
        Card(
            "\(title)", text: "\(body)",
            buttons: kinds.map {
                Button($0.label, style: .primary, runs: "tickets.open", ["kind": .string($0.name)], isStanding: true)
            })
    }

    static func posted(_ channel: ID<Channel>) -> Card { Card(text: "The panel goes out in \(channel).", tone: .good) }

    static func suggestions(_ known: [KnownAnswerReading.Known], draft: Int64) -> Card {
        var buttons = known.map {
            Button("That helped: \($0.question.prefix(50))", style: .good, runs: "faq.helped", ["id": .int($0.id)])
        }
        buttons.append(Button("Open a ticket", style: .primary, runs: "tickets.open", ["draft": .int(draft)]))
        return Card(
            "This may help at once",
            fields: known.map {
                Card.Field("\(String($0.question.prefix(200)))", "\(String($0.answer.prefix(900)))", isInline: false)
            }, footer: "What you wrote is kept until tomorrow.", buttons: buttons)
    }

    static func postponed(_ draft: Int64) -> Card {
        Card(
            text: "A ticket cannot be opened just now. What you wrote is kept until tomorrow, and staff know what to mend.",
            tone: .warning,
            buttons: [Button("Try again", style: .primary, runs: "tickets.open", ["draft": .int(draft)])])
    }

    // MARK: - In the ticket

    static func claimed(_ ticket: Ticket, by member: ID<Member>) -> Card {
        Card(text: "\(member) looks after this ticket.", tone: .good)
    }

    static func released(_ ticket: Ticket) -> Card { Card(text: "Nobody looks after this ticket just now.") }

    static func status(_ ticket: Ticket) -> Card {
        switch (ticket.state, ticket.escalated) {
        case (.waiting, _):
            Card(text: "\(called(ticket))an answer of yours is needed to go on.")
        case (.escalated, .member(let member)): Card(text: "This is handed up to \(member).", tone: .warning)
        case (.escalated, .role(let role)): Card(text: "This is handed up to \(role).", tone: .warning)
        default: Card(text: "This ticket is \(words: ticket.state.rawValue).")
        }
    }

    static func warning(_ ticket: Ticket, closesAt: Instant) -> Card {
        Card(
            text: """
                \(called(ticket))this ticket is closed \(closesAt, .relative) if nothing more is said. \
                A word is enough to keep it open.
                """, tone: .warning)
    }

    static func closed(_ ticket: Ticket, asksRating: Bool) -> Card {
        let who: Phrase = ticket.closer.map { "by \($0)" } ?? "by itself"
        var fields: [Card.Field] = []
        if let reason = ticket.reason, !reason.isEmpty { fields.append(.init("Why", "\(reason)", isInline: false)) }
        if let summary = ticket.summary { fields.append(.init("Summary", "\(summary)", isInline: false)) }
        let which: JSON = ["id": .int(ticket.number)]
        var buttons: [Button] = []
        if asksRating {
            buttons = (1...5).map { stars in
                Button(
                    String(repeating: "★", count: stars), runs: "tickets.rate",
                    which.joined(with: ["stars": .int(Int64(stars))]),
                    isStanding: true)
            }
        }
        buttons += [
            Button("Transcript", runs: "tickets.transcript", which, isStanding: true),
            Button("Open again", runs: "tickets.reopen", which, isStanding: true),
            Button("Delete", style: .danger, runs: "tickets.delete", which, isStanding: true),
        ]
        return Card(
            "Ticket \(ticket.number) is closed", text: "Closed \(who).", fields: fields,
            footer: asksRating ? "How were you helped? One star to five." : nil, buttons: buttons)
    }

    static func reopened(_ ticket: Ticket) -> Card {
        Card(text: "\(called(ticket))this ticket is open again.", tone: .good, buttons: buttons(ticket))
    }

    static func summary(_ ticket: Ticket) -> Card { Card("Summary", text: "\(ticket.summary ?? "")") }

    static func left(_ member: ID<Member>) -> Card {
        Card(
            text: "\(member) has left the server. What was said is kept: close the ticket, or wait, for they are let in again.",
            tone: .warning)
    }

    static func back(_ member: ID<Member>) -> Card { Card(text: "\(member) is back and can go on here.", tone: .good) }

    /// Plain, so that the member hears it.
    static func spoken(_ body: String, by author: ID<Member>?, in ticket: Ticket) -> Card {
        let who: Phrase = author.map { "\nfrom \($0)" } ?? ""
        return Card(text: "\(called(ticket))\(body)\(who)")
    }

    // MARK: - To the member alone

    static func closedForMember(_ ticket: Ticket) -> Card {
        let reason: Phrase = ticket.reason.flatMap { $0.isEmpty ? nil : ": \($0)" } ?? "."
        return Card(text: "Your ticket \(ticket.number) is closed\(reason)")
    }

    static func failedForMember(_ ticket: Ticket) -> Card {
        Card(
            text: "Your ticket \(ticket.number) could not be opened. What you wrote is kept, and staff know what to mend.",
            tone: .warning)
    }

    static func thanks(_ stars: Int) -> Card {
        Card(text: "Thank you: \(words: stars == 1 ? "1 star" : "\(stars) stars").", tone: .good)
    }

    static func transcript(_ ticket: Ticket, _ lines: Int) -> Card {
        Card(text: "Ticket \(ticket.number): \(words: counted(Int64(lines), "line")).", footer: "Only you see this.")
    }

    /// What mends it, by Discord's number of the fault.
    static func fix(_ code: Int, _ words: String) -> String {
        switch code {
        case 50013, 50001:
            "I may not make it. Grant the bot Manage Channels and Manage Roles (for threads: Create Private Threads), there too."
        case 30013: "The server has its 500 channels. Delete some, or let tickets be threads: tickets edit_kind place: thread."
        case 50035 where words.contains("50") || words.lowercased().contains("category"):
            "The category is full: it holds 50 channels. Delete closed tickets, or name another: tickets edit_kind parent: …"
        case 10003: "The place where it belongs is gone. Name another: tickets edit_kind parent: …"
        case 160006: "The server has as many active threads as Discord allows. Close some, or use channels."
        default: "Discord refused it (\(code)): \(words)"
        }
    }
}
