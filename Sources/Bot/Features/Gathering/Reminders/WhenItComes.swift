internal import Kit
internal import Shared

/// When a reminder comes, as somebody wrote it: which moment that is depends on the zone, which may be written after it.
struct WhenItComes: Sendable {
    var time: String
    var days: String?

    func course(_ zone: Zone, ahead: Duration, now: Instant, _ turn: Turn) throws -> Reminder.Course {
        if let days { return try recurring(try rule(days), zone, now, turn) }
        // "friday 20:00" is one Friday; all of them are "every friday 20:00".
        guard let at = spokenTime(time, now: now, zone: zone) else {
            if let rule = spokenRule(time) { return try recurring(rule, zone, now, turn) }
            throw Refusal.invalid(
                "time is a date, or when it comes again, not \"\(time.prefix(60))\".", field: "time",
                hint:
                    "Write \"tomorrow 18:00\", \"friday 20:00\", \"in 2h\", \"daily 9:00\", \"mon,thu 20:00\" or \"last friday 17:00\"."
            )
        }
        let whole = Instant(milliseconds: at.milliseconds / 1000 * 1000)
        guard whole > now else {
            throw Refusal.invalid(
                "\(zone.shown(whole)) is over.", field: "time", hint: "Give it a time that is still to come.")
        }
        guard whole < now + Self.furthest else {
            throw Refusal.invalid("\(zone.shown(whole)) is too far away: a reminder comes within ten years.", field: "time")
        }
        return .once(whole, ahead: ahead)
    }

    private static let furthest = 3653.days

    /// The days of the week as words or as 0 for Monday to 6 for Sunday, "daily", "first monday", "monthly 15", or a rule.
    private func rule(_ days: String) throws(Refusal) -> String {
        let words = trimmed(days).lowercased()
        let numbered = words.split { $0 == "," || $0 == " " }.map { word in
            Int(word).flatMap { Self.names.indices.contains($0) && !words.hasPrefix("monthly") ? Self.names[$0] : nil }
                ?? String(word)
        }
        let clock = trimmed(time).lowercased()
        if words.hasPrefix("freq="), let base = spokenRule(words), let daily = spokenRule("daily " + clock) {
            return base.contains("BYHOUR") ? base : base + daily.dropFirst("FREQ=DAILY".count)
        }
        if let rule = spokenRule(numbered.joined(separator: " ") + " " + clock) { return rule }
        guard spokenRule("daily " + clock) != nil else {
            throw .invalid(
                "With days, time is a time of the day, not \"\(time.prefix(60))\".", field: "time", hint: "Write 18:00 or 6pm.")
        }
        throw .invalid(
            "days says when it comes again, not \"\(days.prefix(60))\".", field: "days",
            hint: "Write mon,thu, 0,3 (0 is Monday), daily, weekdays, first monday, monthly 15, or FREQ=MONTHLY;BYDAY=2TU.")
    }

    private static let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    private func recurring(_ rule: String, _ zone: Zone, _ now: Instant, _ turn: Turn) throws -> Reminder.Course {
        let since = Instant(milliseconds: now.milliseconds / 60_000 * 60_000)
        let first = try turn.house.occurrences(
            of: Recurrence(rule: rule, start: since, zone: zone.name), after: now, count: 1)
        guard !first.isEmpty else {
            throw Refusal.invalid(
                "\(spelled(rule: rule, withClock: true)) never comes, or comes more often than every hour.",
                field: days == nil ? "time" : "days")
        }
        return .rule(rule, since: since, skipped: [])
    }
}

extension Zone {
    /// A moment for a sentence that the asker alone sees.
    func shown(_ at: Instant) -> String {
        let wall = wallTime(at: at)
        return "\(wall.day) \(Clock.spelled(wall.millisecond / 60_000)) (\(name))"
    }
}
