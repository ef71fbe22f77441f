internal import Kit
internal import Shared

/// Which of the few rhythms that Discord knows says the same as an event's rule. Discord counts in UTC: a rhythm that clocks
/// will shift before the next ten times are over says something else, and then only the next time is listed.
enum NativeRhythm {
    static func found(for meeting: Meeting, _ turn: Turn) throws -> EventRhythm? {
        guard let rule = meeting.rule, let rhythm = read(rule, start: Zone.utc.wallTime(at: meeting.start)) else { return nil }
        let times = try meeting.comingTimes(10, turn)
        guard times.count == 10, times.allSatisfy({ !$0.isMoved }), try !hasExceptions(meeting, turn) else { return nil }
        let walls = times.map { Zone.utc.wallTime(at: $0.starts) }
        let isSteady = walls.allSatisfy { $0.millisecond == walls[0].millisecond && holds(rhythm, on: $0.day) }
        return isSteady ? rhythm : nil
    }

    private static func hasExceptions(_ meeting: Meeting, _ turn: Turn) throws -> Bool {
        try OccurrenceRows.all(of: meeting.id, in: turn.store).contains { $0.state == .skipped && $0.at > turn.now }
    }

    private static let weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
    private static let daySets: [Set<Int>] = [[0, 1, 2, 3, 4], [1, 2, 3, 4, 5], [0, 1, 2, 3, 6], [4, 5], [5, 6], [0, 6]]

    private static func read(_ rule: String, start: WallTime) -> EventRhythm? {
        var parts: [String: String] = [:]
        for part in rule.split(separator: ";") {
            let sides = part.split(separator: "=", maxSplits: 1)
            guard sides.count == 2 else { return nil }
            parts[String(sides[0])] = String(sides[1])
        }
        for time in ["BYHOUR", "BYMINUTE", "BYSECOND"] where parts[time]?.contains(",") != true { parts[time] = nil }
        let interval = Int(parts.removeValue(forKey: "INTERVAL") ?? "1")
        let days = parts.removeValue(forKey: "BYDAY")
        let frequency = parts.removeValue(forKey: "FREQ")
        guard parts.isEmpty, let interval else { return nil }
        return rhythm(frequency, interval, days?.split(separator: ",").map(String.init), start)
    }

    private static func rhythm(_ frequency: String?, _ interval: Int, _ days: [String]?, _ start: WallTime) -> EventRhythm? {
        let named = days?.compactMap { weekdays.firstIndex(of: $0) }
        switch frequency {
        case "DAILY" where interval == 1 && days == nil: return .daily
        case "WEEKLY" where interval <= 2 && (days == nil || days?.count == 1):
            if days != nil, named?.count != 1 { return nil }
            return .weekly(day: named?.first ?? start.day.weekday, every: interval)
        case "WEEKLY" where interval == 1, "DAILY" where interval == 1:
            guard let named, named.count == days?.count, daySets.contains(Set(named)) else { return nil }
            return .weekdays(named.sorted())
        case "MONTHLY" where interval == 1 && days?.count == 1:
            guard let day = days?.first, let place = Int(day.dropLast(2)), (1...4).contains(place),
                let weekday = weekdays.firstIndex(of: String(day.suffix(2)))
            else { return nil }
            return .monthly(nth: place, day: weekday)
        case "YEARLY" where interval == 1 && days == nil:
            let (_, month, day) = start.day.date
            return month == 2 && day == 29 ? nil : .yearly(month: month, day: day)
        default: return nil
        }
    }

    /// Whether the rhythm, read in UTC, comes on this day.
    private static func holds(_ rhythm: EventRhythm, on day: Day) -> Bool {
        let (_, month, date) = day.date
        return switch rhythm {
        case .daily: true
        case .weekdays(let days): days.contains(day.weekday)
        case .weekly(let weekday, _): day.weekday == weekday
        case .monthly(let nth, let weekday): day.weekday == weekday && (date - 1) / 7 + 1 == nth
        case .yearly(let yearMonth, let yearDay): (month, date) == (yearMonth, yearDay)
        }
    }
}
