internal import Kit
internal import Shared

extension Reminders {
    /// REM-06: a message is asked for, and what it announces becomes a reminder.
    static let read = Command(
        "reminders.read", "Makes a reminder of a message: title, time, days and place are read out of it",
        access: .manageEvents,
        changes: true, returns: .record(["message": .id, "channel": .named]),
        example: "link: https://discord.com/channels/1/2/3",
        .message("link", "The message, as \"Copy Message Link\" gives it"),
        .optional(.channel("channel", "Where it is called to mind; in the message's channel when left out"))
    ) { turn, link, target in
        let guild = try turn.requireGuild()
        try turn.requireOwn([.viewChannel, .readMessageHistory], in: link.channel, of: guild, field: "link")
        if let target { try turn.requireOwn([.viewChannel, .sendMessages], in: target, of: guild) }
        if let known = try Announced.find(link.message, in: turn.store), known.state == .made, let id = known.reminder {
            throw Refusal.conflict(
                "Reminder \(id) was made of that message already.", hint: "Change it with reminders edit \(id).")
        }
        let heard = Heard(guild: guild, channel: link.channel, message: link.message, target: target, answer: turn.channel)
        try turn.emit(.fetch(.message(channel: link.channel, link.message)), receiptTo: fetched, heard)
        return .done(
            ReminderText.reading(turn.channel), data: ["message": .id(link.message), "channel": turn.named(link.channel)])
    }

    static let fetched: Job<Heard> = Job("reminders.fetched", late: .always) { turn, heard in
        switch turn.receipt?.outcome {
        case .done: try consider(heard, Announcement(turn.receipt?.answer ?? .null), turn)
        case .refused(_, let words): try answer(ReminderText.notRead(heard, words), heard, turn)
        case .uncertain(let words), .expired(let words): try answer(ReminderText.notRead(heard, words), heard, turn)
        case nil: break
        }
    }

    static let accept = Command(
        "reminders.accept", "Sets the reminder that was proposed for an announcement", access: .manageEvents, changes: true,
        returns: rowShape, example: "message: 3",
        announced, .optional(time), .optional(name)
    ) { turn, id, time, name in try settle(id, time, name, turn) }

    /// The same with a time that has to be said, so that its button opens a form.
    static let acceptAt = Command(
        "reminders.accept_at", "Sets a proposed reminder at another time", access: .manageEvents, changes: true,
        returns: rowShape, example: "message: 3 time: friday 20:00",
        announced, time
    ) { turn, id, time in try settle(id, time, nil, turn) }

    private static func settle(_ id: ID<Message>, _ time: String?, _ name: String?, _ turn: Turn) throws -> Reply {
        var (row, found) = try proposed(id, turn)
        if let name { found.title = name }
        let course = try time.map {
            try WhenItComes(time: $0).course(turn.zone, ahead: turn[ahead], now: turn.now, turn)
        }
        let heard = Heard(guild: row.guild, channel: row.channel, message: row.message)
        let reply = try make(found, of: heard, course: course, turn)
        (row.state, row.reminder) = (.made, reply.data["id"]?.int)
        try row.write(at: turn.now, to: turn.store)
        let isPressed = turn.door == .button || turn.door == .form
        return Reply(isPressed ? .replace : .done, reply.card, data: reply.data, undo: reply.undo)
    }

    static let dismiss = Command(
        "reminders.dismiss", "Makes no reminder of an announcement", access: .manageEvents, changes: true,
        returns: .record(["message": .id]), example: "message: 3", announced
    ) { turn, id in
        var (row, _) = try proposed(id, turn)
        row.state = .dismissed
        try row.write(at: turn.now, to: turn.store)
        turn.change("announcement \(row.message)", from: "proposed", to: "dismissed")
        return Reply(
            turn.door == .button ? .replace : .done, ReminderText.dismissed(row), data: ["message": .id(row.message)])
    }

    private static let announced: Parameter<ID<Message>> = .messageNumber("message", "The announcement's message, by its id")

    /// What staff is asked about, as it was read.
    private static func proposed(_ id: ID<Message>, _ turn: Turn) throws -> (Announced, AnnouncementFound) {
        let guild = try turn.requireGuild()
        guard let row = try Announced.find(id, in: turn.store), row.guild == guild, row.state == .proposed,
            let found = AnnouncementFound(summary: row.reading)
        else {
            throw Refusal(
                .notFound, "Nothing is proposed for that message, or it has been decided already.",
                hint: "See what is with the panel reminders.proposals.", field: "message")
        }
        return (row, found)
    }
}

extension AnnouncementFound {
    /// As `summary` wrote it.
    init?(summary: String) {
        let parts = summary.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3 else { return nil }
        let when: When
        if let at = Instant(rfc3339: parts[0]) {
            when = .once(at)
        } else {
            let words = parts[0].split(separator: " ")
            guard words.count == 2, let minutes = Int(words[1]) else { return nil }
            when = .weekly(words[0].split(separator: ",").compactMap { Int($0) }, minutes: minutes)
        }
        self.init(title: parts[1], when: when, place: parts[2].isEmpty ? nil : parts[2], doubts: [])
    }
}

extension Parameter where Value == ID<Message> {
    fileprivate static func messageNumber(_ name: String, _ summary: String) -> Parameter {
        Parameter(Outline(name, summary, .text(longest: 200))) { raw, _ throws(Refusal) in
            let last = (raw.text ?? "").split(separator: "/").last.map(String.init) ?? ""
            guard let id = ID<Message>(trimmed(last)) else {
                throw .invalid("\(name) is the id of a message, or a link to it, not \(raw.quoted).")
            }
            return id
        }
    }
}
