internal import Kit
internal import Shared

/// How people say that something comes again, beside RFC 5545: the time of day is the event's own.
enum RepeatWords {
    /// "daily", "every 2 weeks", "weekdays", "mon, thu", "monthly", "yearly", each with "10 times" or "until 24 dec" after it,
    /// a line of cron, and all that `spokenRule` reads. Nil when it cannot be read; never a guess.
    static func rule(_ text: String, start: Instant, zone: Zone, now: Instant) -> String? {
        let words = trimmed(text)
        if let exact = spokenRule(words) ?? cronRule(words) { return exact }
        let (head, ending) = split(words.lowercased())
        guard let rule = plain(head, start: start, zone: zone) else { return nil }
        guard let ending else { return rule }
        return tail(ending, zone: zone, now: now).map { rule + $0 }
    }

    private static func split(_ words: String) -> (head: String, ending: String?) {
        if let range = words.firstRange(of: " until ") {
            return (trimmed(words[..<range.lowerBound]), trimmed(words[range.lowerBound...]))
        }
        let parts = words.split(separator: " ")
        guard parts.count > 2, parts.last == "times", Int(parts[parts.count - 2]) != nil else { return (words, nil) }
        return (parts.dropLast(2).joined(separator: " "), parts.suffix(2).joined(separator: " "))
    }

    private static func tail(_ ending: String, zone: Zone, now: Instant) -> String? {
        if ending.hasPrefix("until ") {
            guard let last = spokenTime(String(ending.dropFirst(6)), now: now, zone: zone) else { return nil }
            let wall = zone.wallTime(at: last)
            let end = wall.millisecond == 0 ? WallTime(wall.day, hour: 23, minute: 59, second: 59) : wall
            return ";UNTIL=" + end.basic
        }
        return Int(ending.split(separator: " ").first ?? "").flatMap { (1...1000).contains($0) ? ";COUNT=\($0)" : nil }
    }

    private static func plain(_ words: String, start: Instant, zone: Zone) -> String? {
        switch words {
        case "daily", "every day": return "FREQ=DAILY"
        case "weekdays", "every weekday": return "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
        case "weekends": return "FREQ=WEEKLY;BYDAY=SA,SU"
        case "weekly", "every week": return "FREQ=WEEKLY"
        case "fortnightly", "biweekly", "every other week": return "FREQ=WEEKLY;INTERVAL=2"
        case "monthly", "every month": return monthly(1, start, zone)
        case "yearly", "annually", "every year": return "FREQ=YEARLY"
        default: return every(words, start, zone) ?? weekdays(words)
        }
    }

    /// A day that some months do not have is their last.
    private static func monthly(_ interval: Int, _ start: Instant, _ zone: Zone) -> String {
        let step = interval == 1 ? "" : ";INTERVAL=\(interval)"
        let day = zone.day(of: start).date.day
        guard day > 28 else { return "FREQ=MONTHLY" + step }
        let days = (28...day).map { String($0) }.joined(separator: ",")
        return "FREQ=MONTHLY" + step + ";BYMONTHDAY=\(days);BYSETPOS=-1"
    }

    /// "every 2 weeks", or "weekly 2".
    private static func every(_ words: String, _ start: Instant, _ zone: Zone) -> String? {
        var parts = words.split(separator: " ")
        if parts.count == 3, parts[0] == "every" { parts = [parts[2], parts[1]] }
        guard parts.count == 2, let interval = Int(parts[1]), (1...99).contains(interval) else { return nil }
        switch parts[0] {
        case "days", "daily": return "FREQ=DAILY;INTERVAL=\(interval)"
        case "weeks", "weekly": return "FREQ=WEEKLY;INTERVAL=\(interval)"
        case "months", "monthly": return monthly(interval, start, zone)
        case "years", "yearly": return "FREQ=YEARLY;INTERVAL=\(interval)"
        default: return nil
        }
    }

    private static func weekdays(_ words: String) -> String? {
        let known = ["every", "weekly", "on", "and"]
        let named = words.split { $0 == " " || $0 == "," }.map(String.init).filter { !known.contains($0) }
        let codes = named.map { word in
            names.first { word.count >= 2 && ($0.hasPrefix(word) || $0 + "s" == word) }.map { $0.prefix(2).uppercased() }
        }
        guard !codes.isEmpty, !codes.contains(nil) else { return nil }
        return "FREQ=WEEKLY;BYDAY=" + codes.compactMap(\.self).joined(separator: ",")
    }

    private static let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
}

extension WallTime {
    /// "20261224T180000", as RFC 5545 writes it.
    var basic: String {
        let (year, month, date) = day.date
        return padded(year, 4) + padded(month, 2) + padded(date, 2) + "T" + padded(hour, 2) + padded(minute, 2)
            + padded(second, 2)
    }
}
