internal import Shared

extension Parameter where Value == String {
    /// A recurrence: as RFC 5545 writes it, or "daily 18:00", "weekdays 9:00", "mon,thu 20:00", "monthly 1 12:00", "first monday 18:00".
    /// Answers RFC 5545.
    package static func recurrence(_ name: String, _ summary: String) -> Parameter {
        var outline = Outline(name, summary, .text(longest: 200))
        outline.isGreedy = true
        return Parameter(outline) { raw, _ throws(Refusal) in
            if let rule = spokenRule(raw.words ?? "") { return rule }
            throw .invalid(
                "\(name) is a recurrence, not \(raw.quoted).",
                hint:
                    "Write \"daily 18:00\", \"weekdays 9:00\", \"mon,thu 20:00\", \"monthly 1 12:00\", \"last friday 17:00\", or a "
                    + "rule such as FREQ=WEEKLY;BYDAY=FR;BYHOUR=20;BYMINUTE=0.")
        }
    }
}

/// Nil when it cannot be read; never a guess.
package func spokenRule(_ text: String) -> String? {
    let upper = text.uppercased()
    if upper.hasPrefix("RRULE:") { return spokenRule(String(text.dropFirst(6))) }
    if upper.hasPrefix("FREQ=") { return upper.allSatisfy { $0.isASCII && !$0.isWhitespace } ? upper : nil }
    var words = text.lowercased().split { $0 == " " || $0 == "," }.map(String.init).filter { !fillers.contains($0) }
    guard let time = words.popLast().flatMap(clockOfDay), let first = words.first else { return nil }
    let ending = ";BYHOUR=\(time.hour);BYMINUTE=\(time.minute);BYSECOND=0"
    switch first {
    case "daily" where words.count == 1, "day" where words.count == 1: return "FREQ=DAILY" + ending
    case "weekdays" where words.count == 1: return "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR" + ending
    case "weekends" where words.count == 1: return "FREQ=WEEKLY;BYDAY=SA,SU" + ending
    case "monthly" where words.count == 2:
        guard let day = Int(words[1]), (1...31).contains(day) else { return nil }
        return "FREQ=MONTHLY;BYMONTHDAY=\(day)" + ending
    case _ where words.count == 2 && places[first] != nil:
        guard let place = places[first], let day = weekdayCode(words[1]) else { return nil }
        return "FREQ=MONTHLY;BYDAY=\(place)\(day)" + ending
    default:
        let days = words.filter { $0 != "weekly" && $0 != "and" }.map(weekdayCode)
        guard !days.isEmpty, !days.contains(nil) else { return nil }
        return "FREQ=WEEKLY;BYDAY=" + days.compactMap(\.self).joined(separator: ",") + ending
    }
}

private let fillers: Set<String> = ["at", "every", "the", "of", "each", "month"]

/// Which of a month's weekdays is meant.
private let places = [
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": -1,
]

private func weekdayCode(_ word: String) -> String? {
    let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    guard word.count >= 2, let name = names.first(where: { $0.hasPrefix(word) || $0 + "s" == word }) else { return nil }
    return name.prefix(2).uppercased()
}
