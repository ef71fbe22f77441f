internal import Kit
internal import Shared

/// What reminders say to people.
enum ReminderText {
    // MARK: - When it comes

    /// To a channel, with whom it mentions.
    static func posted(_ delivery: Delivery, _ turn: Turn) throws -> (Card, Mentions) {
        let one = delivery.reminder
        var (call, mentions): (Phrase, Mentions) = ("", .nobody)
        if one.way == .here, let owner = one.owner {
            call = "\(owner) "
            if try !turn.declines(owner, .pings) { mentions.members = [owner] }
        } else if one.mentionsEveryone, turn[Reminders.everyone] {
            (call, mentions.everyone) = ("@everyone ", true)
        } else if let role = one.role {
            (call, mentions.roles) = ("\(role) ", [role])
        }
        return (Card(text: .lines([call + headline(delivery)] + details(delivery))), mentions)
    }

    /// To who set it, with what can be done about it.
    static func privately(_ delivery: Delivery, _ turn: Turn) throws -> Card {
        let one = delivery.reminder
        let id: JSON = ["id": .int(one.id)]
        var buttons = [("10 min", "10m"), ("1 h", "1h"), ("Tomorrow", "1d")].map { label, time in
            Button(
                "Again in \(label)".replacing("in Tomorrow", with: "tomorrow"), runs: "reminders.snooze",
                id.joined(with: ["for": .string(time)]))
        }
        if one.recurs {
            buttons.append(Button("Skip the next", runs: "reminders.skip", id))
            buttons.append(Button("Remove", style: .danger, runs: "reminders.remove", id))
        }
        return Card(text: .lines([headline(delivery)] + details(delivery)), buttons: buttons)
    }

    /// Where it can be read by all, whose it is, and no more.
    static func called(_ owner: ID<Member>, _ one: Reminder) -> Card {
        Card(
            text: """
                \(owner) A reminder of yours is due, and I cannot write to you privately. See it with \
                reminders show \(words: one.key).
                """)
    }

    private static func headline(_ delivery: Delivery) -> Phrase {
        let (one, coming) = (delivery.reminder, delivery.coming)
        let what: Phrase = one.name.isEmpty ? "⏰ \(one.text)" : "⏰ \(strong: one.name)"
        guard let event = coming.event else { return what }
        switch coming.kind {
        case .start where one.isPersonal && one.call == nil: return what
        case .start:
            return delivery.at >= event + 1.minutes ? "\(what) was at \(event), \(event, .relative)" : "\(what): now, \(event)"
        case .ahead, .again, .snoozed: return "\(what): \(event), \(event, .relative)"
        }
    }

    private static func details(_ delivery: Delivery) -> [Phrase] {
        let one = delivery.reminder
        var lines: [Phrase] = []
        if !one.name.isEmpty, !one.text.isEmpty { lines.append("\(one.text)") }
        if let place = one.place { lines.append("Where: \(place)") }
        if let link = one.link { lines.append("\(words: link)") }
        if delivery.late >= 1.minutes, delivery.coming.kind != .snoozed || delivery.late >= 5.minutes {
            let more: Phrase = delivery.missed == 0 ? "" : ", and \(words: missed(delivery.missed)) passed meanwhile"
            lines.append("-# This is \(words: late(delivery.late)): I was away\(more).")
        }
        return lines
    }

    /// "14 minutes late"
    static func late(_ time: Duration) -> String {
        let minutes = time.milliseconds / 60_000
        return (minutes == 1 ? "1 minute" : minutes < 120 ? "\(minutes) minutes" : time.spelled) + " late"
    }

    private static func missed(_ count: Int) -> String { count == 1 ? "one time more" : "\(count) times more" }

    // MARK: - Answers

    static func added(_ one: Reminder, _ turn: Turn) throws -> Card {
        Card(
            "\(one.capitalised) is set", text: summary(one), fields: try times(one, turn), footer: remedy(one), tone: .good,
            buttons: buttons(one))
    }

    static func changed(_ one: Reminder, _ turn: Turn) throws -> Card {
        let state =
            switch one.state {
            case .on: "comes"
            case .paused: "is paused"
            case .removed: "is removed"
            case .over: "is over"
            }
        return Card(
            "\(one.capitalised) \(words: state)", text: summary(one), fields: try times(one, turn), footer: remedy(one),
            tone: .good)
    }

    private static func remedy(_ one: Reminder) -> Phrase? {
        switch one.state {
        case .on: nil
        case .paused: "reminders resume \(words: one.key) lets it come again."
        case .removed: "reminders restore \(words: one.key) brings it back."
        case .over: "reminders snooze \(words: one.key) lets it come once more."
        }
    }

    static func shown(_ one: Reminder, _ turn: Turn) throws -> Card {
        var fields = try times(one, turn)
        if one.state != .on { fields.append(.init("State", "\(words: one.state.rawValue)")) }
        if !one.name.isEmpty, !one.text.isEmpty { fields.append(.init("Says", "\(one.text)", isInline: false)) }
        if let place = one.place { fields.append(.init("Where", "\(place)")) }
        if let role = one.role { fields.append(.init("Mentions", "\(role)")) }
        if one.mentionsEveryone { fields.append(.init("Mentions", "everyone")) }
        if let link = one.link { fields.append(.init("Made of", "\(words: link)", isInline: false)) }
        if let trouble = one.trouble { fields.append(.init("Trouble", "\(trouble)", isInline: false)) }
        return Card(
            "\(one.capitalised)", text: summary(one), fields: fields, footer: remedy(one),
            tone: one.trouble == nil ? .plain : .warning, buttons: buttons(one))
    }

    private static func buttons(_ one: Reminder) -> [Button] {
        let id: JSON = ["id": .int(one.id)]
        switch one.state {
        case .on:
            let skip = one.recurs ? [Button("Skip the next", runs: "reminders.skip", id)] : []
            return skip + [
                Button("Pause", runs: "reminders.pause", id), Button("Remove", style: .danger, runs: "reminders.remove", id),
            ]
        case .paused: return [Button("Resume", style: .good, runs: "reminders.resume", id)]
        case .removed: return [Button("Restore", style: .good, runs: "reminders.restore", id)]
        case .over: return [Button("Again in 10 min", runs: "reminders.snooze", id.joined(with: ["for": "10m"]))]
        }
    }

    static func skipped(_ one: Reminder, _ at: Instant, _ turn: Turn) -> Card {
        let next: Phrase = one.next == nil ? "" : " reminders unskip \(words: one.key) takes that back."
        return Card(text: "\(one.capitalised) does not come \(at, .moment).\(next)", tone: .good)
    }

    static func snoozed(_ one: Reminder, _ turn: Turn) -> Card {
        Card(text: "\(one.capitalised), \(strong: one.title), comes again \(one.snoozed ?? turn.now, .relative).", tone: .good)
    }

    static func zone(_ name: String?, _ turn: Turn) -> Card {
        Card(
            text: name.map { "The times that you write are read in \($0)." }
                ?? "The times that you write are read in the server's zone, \(turn.zone.name). Say another with reminders zone.",
            tone: .good)
    }

    // MARK: - Lists

    static func list(_ page: [Reminder], of count: Int, _ next: String?, isOpen: Bool) -> Card {
        guard !page.isEmpty else {
            return Card(
                "Reminders", text: "There are none. Set one of your own with reminders me, one of a channel with reminders add."
            )
        }
        let lines = page.map { one -> Phrase in
            let when: Phrase = one.next.map { "next \($0, .relative)" } ?? "\(words: one.state.rawValue)"
            let place: Phrase = one.isPersonal ? "you" : one.channel.map { "\($0)" } ?? "?"
            return "\(strong: one.key)  \(one.title)  \(place), \(words: one.comes), \(when)"
        }
        var card = Card("Reminders", text: .lines(lines))
        card.menu = Menu(
            "Look at one", argument: "id", choices: page.prefix(25).map { Choice($0.title, $0.key) }, runs: "reminders.show")
        if isOpen { card.footer = "Your own are shown by the slash command alone." }
        if let next {
            card.footer = "\(page.count) of \(count)"
            card.buttons = [Button("More", runs: "reminders.list", ["cursor": .string(next)])]
        }
        return card
    }

    static func history(_ rows: [JSON]) -> Card {
        let lines = rows.map { row -> Phrase in
            let note: Phrase = row["note"]?.text.map { ": \($0)" } ?? ""
            return """
                \(Instant(milliseconds: row["at_ms"]?.int ?? 0), .moment)  \(strong: row["reminder"]?.line ?? "") \
                \(row["name"]?.text ?? "")  \(words: row["outcome"]?.text ?? "")\(note)
                """
        }
        return Card("Past reminders", text: lines.isEmpty ? "No reminder has come yet." : .lines(lines))
    }

    static func noted(_ what: Reminders.Note, _ one: Reminder) -> Card {
        let place: Phrase = one.channel.map { " in \($0)" } ?? ""
        let name: Phrase = "Reminder \(strong: one.key), \(one.title),"
        switch what {
        case .created:
            let origin: Phrase = one.link.map { " It was made of \(words: $0)" } ?? ""
            return Card(text: "\(name) is set: \(words: one.comes)\(place)\(next(one)).\(origin)")
        case .sent(let delivery):
            let lag: Phrase = delivery.late >= 1.minutes ? ", \(words: late(delivery.late))" : ""
            return Card(text: "\(name) was sent\(place)\(lag).")
        case .missed(let reason): return Card(text: "\(name) was not sent\(place): \(reason).", tone: .warning)
        case .stopped(let trouble): return Card(text: "\(name) is stopped: \(trouble)", tone: .warning)
        case .over: return Card(text: "\(name) is over and deleted.")
        case .removed: return Card(text: "\(name) is removed.")
        case .changed: return Card(text: "\(name) is changed with its announcement: \(words: one.comes)\(place)\(next(one)).")
        case .withdrawn: return Card(text: "\(name) is removed: it is announced no more.")
        }
    }

    // MARK: - Pieces

    private static func next(_ one: Reminder) -> Phrase { one.next.map { ", next \($0)" } ?? "" }

    private static func summary(_ one: Reminder) -> Phrase {
        let what: Phrase = one.isPersonal ? "\(one.text)" : "\(strong: one.name)"
        let place: Phrase =
            switch one.way {
            case .privately: "to you privately"
            case .here: one.channel.map { "to you in \($0)" } ?? "to you"
            case .channel: one.channel.map { "in \($0)" } ?? ""
            }
        return "\(what)\n\(words: one.comes), \(place) (\(words: one.zone))"
    }

    private static func times(_ one: Reminder, _ turn: Turn) throws -> [Card.Field] {
        guard one.state == .on else { return [] }
        let times = try one.coming(after: turn.now, count: 5, turn)
        let lines = times.map { coming -> Phrase in
            coming.event.map { $0 == coming.at ? "\(coming.at)" : "\(coming.at) for \($0, .time)" } ?? "\(coming.at)"
        }
        return [.init("Next", .lines(lines), isInline: false)]
    }
}
