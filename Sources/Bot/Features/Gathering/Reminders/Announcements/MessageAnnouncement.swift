internal import Kit
internal import Shared

extension Announcement {
    /// What a message says, in its text and its embeds.
    init(_ message: MessageSeen) {
        let embeds = message.embeds.count > 2 ? (try? JSON(parsing: message.text(message.embeds))) ?? .null : .null
        self.init(content: message.contentText, embeds: embeds)
    }

    /// A message as REST tells it.
    init(_ message: JSON) { self.init(content: message["content"]?.text ?? "", embeds: message["embeds"] ?? .null) }

    private init(content: String, embeds: JSON) {
        let all = (embeds.array ?? []).prefix(10)
        self.init(
            title: all.lazy.compactMap { $0["title"]?.text }.first ?? "",
            text: ([content] + all.compactMap { $0["description"]?.text }).filter { !$0.isEmpty }.joined(separator: "\n"),
            fields: all.flatMap { embed in
                (embed["fields"]?.array ?? []).map { Field($0["name"]?.text ?? "", $0["value"]?.text ?? "") }
            })
    }
}

extension AnnouncementFound {
    /// What a reminder of it is set to.
    func course(_ zone: Zone, ahead: Duration, now: Instant) -> Reminder.Course {
        switch when {
        case .once(let at): .once(at, ahead: ahead)
        case .weekly(let days, let minutes):
            .rule(
                "FREQ=WEEKLY;BYDAY=\(days.map { Self.names[$0] }.joined(separator: ","));BYHOUR=\(minutes / 60)"
                    + ";BYMINUTE=\(minutes % 60);BYSECOND=0", since: now, skipped: [])
        }
    }

    private static let names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
}
