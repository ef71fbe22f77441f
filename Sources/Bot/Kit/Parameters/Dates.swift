package import Shared

extension Parameter where Value == Instant {
    /// "tomorrow 18:00", "friday 20:00", "in 2h", "24 dec 18:00", ISO 8601; in the guild's zone where none is given.
    package static func date(_ name: String, _ summary: String) -> Parameter {
        Parameter(Outline(name, summary, .date)) { raw, context throws(Refusal) in
            guard let text = raw.text, let instant = spokenTime(text, now: context.now, zone: context.zone) else {
                throw .invalid(
                    "\(name) is a date and time, not \(raw.quoted).",
                    hint: "Write \"tomorrow 18:00\", \"friday 20:00\", \"in 2h\" or \"2026-12-24 18:00\".")
            }
            return instant
        }
    }
}

/// Reads a moment as people write it. Nil when it cannot be read; never a guess.
package func spokenTime(_ text: String, now: Instant, zone: Zone) -> Instant? {
    let words = trimmed(text).lowercased()
    if let exact = Instant(rfc3339: trimmed(text).uppercased()) { return exact }
    if words.hasPrefix("<t:"), words.hasSuffix(">") {
        let seconds = Int64(words.dropFirst(3).prefix { $0.isNumber })
        return seconds.flatMap { $0 <= furthestSecond ? Instant(seconds: $0) : nil }
    }
    if words == "now" { return now }
    if words.hasPrefix("in "), let wait = Duration(spelled: String(words.dropFirst(3)), bare: .minutes) {
        return (now + wait).milliseconds <= furthestSecond * 1000 ? now + wait : nil
    }
    var parts = words.split { $0 == " " || $0 == "," || $0 == "t" && words.contains("-") }.map(String.init).filter {
        $0 != "at"
    }
    let time = parts.last.flatMap(clockOfDay)
    if time != nil { parts.removeLast() }
    let today = zone.wallTime(at: now)
    guard let day = parts.isEmpty ? (time == nil ? nil : today.day) : spokenDay(parts, today: today.day) else { return nil }
    let wall = WallTime(day, hour: time?.hour ?? 0, minute: time?.minute ?? 0, second: time?.second ?? 0)
    let tomorrow = WallTime(day + 1, hour: wall.hour, minute: wall.minute)
    return zone.instant(at: parts.isEmpty && wall <= today ? tomorrow : wall)
}

/// The end of the year 9999.
private let furthestSecond: Int64 = 253_402_300_799

/// "18:00", "18:00:30", "6pm", "6:30pm", "18h".
func clockOfDay(_ word: String) -> (hour: Int, minute: Int, second: Int)? {
    var digits = word
    let afternoon = word.hasSuffix("pm")
    let twelve = afternoon || word.hasSuffix("am")
    if twelve { digits.removeLast(2) } else if digits.hasSuffix("h") { digits = String(digits.dropLast()) + ":00" }
    let numbers = digits.split(separator: ":", omittingEmptySubsequences: false).map { $0.count <= 2 ? Int($0) : nil }
    guard twelve || numbers.count > 1, numbers.count <= 3, var hour = numbers[0] else { return nil }
    let minute = numbers.count > 1 ? numbers[1] : 0
    let second = numbers.count > 2 ? numbers[2] : 0
    guard let minute, let second, (0...59).contains(minute), (0...59).contains(second) else { return nil }
    if twelve {
        guard (1...12).contains(hour) else { return nil }
        hour = hour % 12 + (afternoon ? 12 : 0)
    }
    return (0...23).contains(hour) ? (hour, minute, second) : nil
}

private let weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
private let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

/// "today", "tomorrow", "friday", "next friday", "2026-12-24", "24.12.", "24.12.2026", "24 dec", "dec 24 2026".
private func spokenDay(_ words: [String], today: Day) -> Day? {
    switch words {
    case ["today"]: return today
    case ["tomorrow"]: return today + 1
    default: break
    }
    if let name = words.last, words.count == 1 || (words.count == 2 && (words[0] == "next" || words[0] == "on")),
        let weekday = weekdays.firstIndex(where: { name.count >= 3 && isName(name, of: $0, ending: "day") })
    {
        let ahead = (weekday - today.weekday + 7) % 7
        return today + (ahead == 0 ? 7 : ahead)
    }
    if words.count == 1 { return numericDay(words[0], today: today) }
    guard words.count <= 3, let at = words.firstIndex(where: { word in months.contains { isName(word, of: $0, ending: "") } }),
        let month = months.firstIndex(where: { isName(words[at], of: $0, ending: "") })
    else { return nil }
    var numbers = words
    numbers.remove(at: at)
    guard let day = numbers.first.flatMap({ Int($0.prefix { $0.isNumber }) }) else { return nil }
    return coming(
        year: numbers.count > 1 ? Int(numbers[1]) : nil, isGiven: numbers.count > 1, month: month + 1, day: day, today: today)
}

private func isName(_ word: String, of short: String, ending: String) -> Bool {
    word.hasPrefix(short) && word.allSatisfy(\.isLetter) && (ending.isEmpty || word == short || word.hasSuffix(ending))
}

private func numericDay(_ word: String, today: Day) -> Day? {
    if word.contains("-") {
        let parts = word.split(separator: "-").map { Int($0) }
        guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2] else { return nil }
        return coming(year: year, isGiven: true, month: month, day: day, today: today)
    }
    guard word.contains(".") else { return nil }
    let parts = word.split(separator: ".").map { Int($0) }
    guard (2...3).contains(parts.count), let day = parts[0], let month = parts[1] else { return nil }
    return coming(year: parts.count == 3 ? parts[2] : nil, isGiven: parts.count == 3, month: month, day: day, today: today)
}

/// The date, in the coming twelve months where no year was given; nil for one that does not exist.
private func coming(year: Int?, isGiven: Bool, month: Int, day: Int, today: Day) -> Day? {
    guard (1...12).contains(month), (1...31).contains(day) else { return nil }
    if isGiven {
        guard let year, (1970...9999).contains(year) else { return nil }
        let date = Day(year: year, month: month, day: day)
        return date.date == (year, month, day) ? date : nil
    }
    for year in today.date.year...today.date.year + 8 {
        let date = Day(year: year, month: month, day: day)
        if date.date == (year, month, day), date >= today { return date }
    }
    return nil
}
