internal import Kit
internal import Shared

/// What is said to staff about announcements.
extension ReminderText {
    static func reading(_ channel: ID<Channel>?) -> Card {
        Card(
            text: channel == nil
                ? "The message is being read; the log channel tells what came of it." : "The message is being read.",
            tone: .good)
    }

    /// What was read, and why somebody should look at it; decided with a button.
    static func proposed(_ found: AnnouncementFound, _ heard: Reminders.Heard, _ turn: Turn) -> Card {
        let id: JSON = ["message": .id(heard.message)]
        var fields: [Card.Field] = [.init("Title", "\(found.title)"), .init("When", when(found))]
        if let place = found.place { fields.append(.init("Where", "\(place)")) }
        fields.append(.init("Announced", "\(words: link(heard))", isInline: false))
        return Card(
            "Shall this be called to mind?", text: .lines(found.doubts.map { "Please look: \(words: $0)." }), fields: fields,
            tone: .warning,
            buttons: [
                Button("Set it", style: .good, runs: "reminders.accept", id),
                Button("At another time", runs: "reminders.accept_at", id),
                Button("No", style: .danger, runs: "reminders.dismiss", id),
            ])
    }

    private static func when(_ found: AnnouncementFound) -> Phrase {
        switch found.when {
        case .once(let at): "\(at), \(at, .relative)"
        case .weekly(let days, let minutes):
            "every \(words: days.map { names[$0] }.joined(separator: ", ")) at \(words: Clock.spelled(minutes))"
        }
    }

    private static let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

    /// Nobody is told of each message that announces nothing; who asked is.
    static func nothingFound(_ heard: Reminders.Heard) -> Card? {
        guard heard.answer != nil else { return nil }
        return Card(
            text: "I find no time to come in \(words: link(heard)). Set one with reminders add.", tone: .warning)
    }

    static func notMade(_ heard: Reminders.Heard, _ refusal: Refusal) -> Card {
        let hint: Phrase = refusal.hint.map { " \($0)" } ?? ""
        return Card(text: "No reminder was made of \(words: link(heard)): \(refusal.sentence)\(hint)", tone: .warning)
    }

    static func notRead(_ heard: Reminders.Heard, _ reason: String) -> Card {
        Card(text: "I could not read \(words: link(heard)): \(reason)", tone: .warning)
    }

    static func dismissed(_ row: Announced) -> Card {
        Card(text: "No reminder is made of \(words: row.link).", tone: .good)
    }

    private static func link(_ heard: Reminders.Heard) -> String {
        "https://discord.com/channels/\(heard.guild)/\(heard.channel)/\(heard.message)"
    }
}
