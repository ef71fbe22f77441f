internal import Shared

/// A line of cron, such as "0 18 * * 1-5", as an RFC 5545 rule. Minute and hour are one number each; nil for all that it cannot
/// say exactly, such as a day of the month or of the week.
func cronRule(_ text: String) -> String? {
    let fields = text.split(separator: " ").map(String.init)
    guard fields.count == 5, let minute = Int(fields[0]), (0...59).contains(minute), let hour = Int(fields[1]),
        (0...23).contains(hour), let dates = numbers(fields[2], 1...31), let months = numbers(fields[3], 1...12),
        let days = numbers(fields[4], 0...7)
    else { return nil }
    let ending = ";BYHOUR=\(hour);BYMINUTE=\(minute);BYSECOND=0"
    let inMonths = months.isEmpty ? "" : ";BYMONTH=" + joined(months)
    switch (dates.isEmpty, days.isEmpty) {
    case (true, true): return "FREQ=DAILY" + inMonths + ending
    case (false, true): return "FREQ=MONTHLY" + inMonths + ";BYMONTHDAY=" + joined(dates) + ending
    case (true, false):
        let codes = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"]
        let named = Set(days.map { $0 % 7 }).sorted().map { codes[$0] }.joined(separator: ",")
        return (months.isEmpty ? "FREQ=WEEKLY" : "FREQ=DAILY" + inMonths) + ";BYDAY=" + named + ending
    case (false, false): return nil
    }
}

/// None for a star.
private func numbers(_ field: String, _ range: ClosedRange<Int>) -> [Int]? {
    if field == "*" { return [] }
    var found: Set<Int> = []
    for part in field.split(separator: ",", omittingEmptySubsequences: false) {
        let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard (1...2).contains(ends.count), let from = ends[0], let upTo = ends[ends.count - 1], range.contains(from),
            range.contains(upTo), from <= upTo
        else { return nil }
        found.formUnion(from...upTo)
    }
    return found.sorted()
}

private func joined(_ numbers: [Int]) -> String { numbers.map(String.init).joined(separator: ",") }
