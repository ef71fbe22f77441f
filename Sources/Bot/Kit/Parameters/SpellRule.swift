internal import Shared

/// Says an RFC 5545 rule in words, where words are shorter than the rule; else the rule itself. The time of the day is said where
/// nothing beside it says so.
package func spelled(rule: String, withClock: Bool = false) -> String {
    var parts: [String: String] = [:]
    for part in rule.split(separator: ";") {
        let sides = part.split(separator: "=", maxSplits: 1)
        if sides.count == 2 { parts[String(sides[0])] = String(sides[1]) }
    }
    let times = parts.removeValue(forKey: "COUNT").map { ", \($0) times" } ?? ""
    let clock = withClock ? clock(parts["BYHOUR"], parts["BYMINUTE"]).map { " at \($0)" } ?? "" : ""
    let until = parts.removeValue(forKey: "UNTIL").map { ", until \(calendarDay($0))" } ?? ""
    for ignored in ["WKST", "BYHOUR", "BYMINUTE", "BYSECOND"] where parts[ignored]?.contains(",") != true {
        parts[ignored] = nil
    }
    let interval = Int(parts.removeValue(forKey: "INTERVAL") ?? "1") ?? 1
    let frequency = parts.removeValue(forKey: "FREQ") ?? ""
    let days = parts.removeValue(forKey: "BYDAY")
    let date = parts.removeValue(forKey: "BYMONTHDAY")
    guard let unit = units[frequency], let ending = ending(days, date, frequency, &parts), parts.isEmpty else { return rule }
    let step = interval == 1 ? "every \(unit)" : "every \(interval) \(unit)s"
    return step + ending + clock + times + until
}

private func clock(_ hour: String?, _ minute: String?) -> String? {
    guard let hour = hour.flatMap({ Int($0) }) else { return nil }
    return "\(padded(hour, 2)):\(padded(minute.flatMap { Int($0) } ?? 0, 2))"
}

private let units = ["DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"]
private let weekdays = ["MO": "Mon", "TU": "Tue", "WE": "Wed", "TH": "Thu", "FR": "Fri", "SA": "Sat", "SU": "Sun"]
private let places = ["1": "first", "2": "second", "3": "third", "4": "fourth", "5": "fifth", "-1": "last"]

private func ending(_ days: String?, _ date: String?, _ frequency: String, _ rest: inout [String: String]) -> String? {
    if let date, days == nil {
        let isLast = rest.removeValue(forKey: "BYSETPOS") == "-1"
        let dates = date.split(separator: ",")
        guard dates.count == 1 || isLast, let day = dates.last, frequency == "MONTHLY" else { return nil }
        return day == "-1" ? " on the last day" : " on day \(day)" + (isLast ? " or the last" : "")
    }
    guard let days else { return "" }
    let named = days.split(separator: ",").map { day -> String? in
        let place = day.dropLast(2)
        guard let name = weekdays[String(day.suffix(2))] else { return nil }
        return place.isEmpty ? name : places[String(place)].map { "the \($0) \(name)" }
    }
    return named.contains(nil) ? nil : " on " + named.compactMap(\.self).joined(separator: ", ")
}

private func calendarDay(_ text: String) -> String {
    let digits = text.prefix(8)
    guard digits.count == 8 else { return text }
    return "\(digits.prefix(4))-\(digits.dropFirst(4).prefix(2))-\(digits.suffix(2))"
}
