internal import Kit
package import Shared

/// When staff are there: spans of the week on the clocks of a zone, without the days that are free. A target runs only then.
package struct WorkingHours: Equatable {
    /// Minutes of the day, by weekday from Monday.
    private let spans: [[Range<Int>]]
    private let holidays: Set<Holiday>

    private enum Holiday: Hashable {
        case day(Day)
        case yearly(month: Int, day: Int)
    }

    static let always = WorkingHours(spans: Array(repeating: [0..<1440], count: 7), holidays: [])

    private init(spans: [[Range<Int>]], holidays: Set<Holiday>) {
        self.spans = spans
        self.holidays = holidays
    }

    /// "mon-fri 09:00-17:00, sat 10:00-12:00" or "always"; holidays are "2026-12-24, 12-25" or "none". Nil for anything else.
    package init?(_ hours: String, holidays: String = "none") {
        guard let spans = Self.week(hours), let free = Self.holidays(holidays) else { return nil }
        self.init(spans: spans, holidays: free)
    }

    var isAlways: Bool { self == .always }

    // MARK: - Counting

    /// When so much working time has passed. Nil when nobody works within two years.
    package func add(_ time: Duration, to start: Instant, in zone: Zone) -> Instant? {
        if isAlways { return start + time }
        var left = time.milliseconds
        var day = zone.day(of: start)
        for _ in 0..<750 {
            for span in open(on: day) {
                let (from, until) = bounds(span, of: day, in: zone)
                let begin = max(from, start)
                guard begin < until else { continue }
                let length = (until - begin).milliseconds
                if left <= length { return begin + .milliseconds(left) }
                left -= length
            }
            day = day + 1
        }
        return nil
    }

    /// Whether somebody works at this moment.
    func contain(_ moment: Instant, in zone: Zone) -> Bool {
        let day = zone.day(of: moment)
        return open(on: day).contains { span in
            let (from, until) = bounds(span, of: day, in: zone)
            return from <= moment && moment < until
        }
    }

    /// The next moment at which somebody works.
    func next(after moment: Instant, in zone: Zone) -> Instant? { add(.milliseconds(1), to: moment, in: zone) }

    private func open(on day: Day) -> [Range<Int>] {
        let date = day.date
        if holidays.contains(.day(day)) || holidays.contains(.yearly(month: date.month, day: date.day)) { return [] }
        return spans[day.weekday]
    }

    private func bounds(_ span: Range<Int>, of day: Day, in zone: Zone) -> (Instant, Instant) {
        (Self.moment(span.lowerBound, of: day, in: zone), Self.moment(span.upperBound, of: day, in: zone))
    }

    private static func moment(_ minutes: Int, of day: Day, in zone: Zone) -> Instant {
        minutes == 1440 ? zone.start(of: day + 1) : zone.instant(at: WallTime(day, hour: minutes / 60, minute: minutes % 60))
    }

    // MARK: - Reading

    private static let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    private static func week(_ text: String) -> [[Range<Int>]]? {
        if text == "always" { return always.spans }
        var week = Array(repeating: [Range<Int>](), count: 7)
        for part in text.split(separator: ",") {
            let words = part.split(separator: " ").map { $0.lowercased() }
            guard words.count == 2, let days = days(words[0]), let span = span(words[1]) else { return nil }
            for day in days { week[day].append(span) }
        }
        guard week.contains(where: { !$0.isEmpty }) else { return nil }
        for day in week.indices {
            week[day].sort { $0.lowerBound < $1.lowerBound }
            if zip(week[day], week[day].dropFirst()).contains(where: { $0.upperBound > $1.lowerBound }) { return nil }
        }
        return week
    }

    /// "mon-fri", "sat-mon" or "wed".
    private static func days(_ text: String) -> [Int]? {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { names.firstIndex(of: String($0)) }
        guard let first = ends.first.flatMap(\.self), let last = ends.last.flatMap(\.self), ends.count <= 2 else { return nil }
        return (0...((last - first + 7) % 7)).map { (first + $0) % 7 }
    }

    private static func span(_ text: String) -> Range<Int>? {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(minutes)
        guard ends.count == 2, let from = ends[0], let until = ends[1], from < until else { return nil }
        return from..<until
    }

    private static func minutes(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ (1...2).contains($0.utf8.count) && $0.allSatisfy(\.isWholeNumber) }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60, hour * 60 + minute <= 1440
        else { return nil }
        return hour * 60 + minute
    }

    private static func holidays(_ text: String) -> Set<Holiday>? {
        if text == "none" { return [] }
        var found: Set<Holiday> = []
        for part in text.split(separator: ",") {
            let numbers = part.split(separator: "-").map { Int(trimmed($0)) }
            guard numbers.allSatisfy({ $0 != nil }) else { return nil }
            let parts = numbers.compactMap(\.self)
            switch parts.count {
            case 3:
                let day = Day(year: parts[0], month: parts[1], day: parts[2])
                guard (1970...2200).contains(parts[0]), day.date == (parts[0], parts[1], parts[2]) else { return nil }
                found.insert(.day(day))
            case 2:
                // A leap year has every day that there is.
                let day = Day(year: 2024, month: parts[0], day: parts[1])
                guard (1...12).contains(parts[0]), day.date == (2024, parts[0], parts[1]) else { return nil }
                found.insert(.yearly(month: parts[0], day: parts[1]))
            default: return nil
            }
        }
        return found
    }
}

extension Parameter where Value == String {
    static func workingHours(_ name: String, _ summary: String) -> Parameter {
        Parameter(Outline(name, summary, .text(longest: 300))) { raw, _ throws(Refusal) in
            let words = trimmed(raw.text ?? "").lowercased()
            guard WorkingHours(words) != nil else {
                throw .invalid(
                    "\(name) are parts of the week, not \(raw.quoted).",
                    hint: "Write mon-fri 09:00-17:00, sat 10:00-12:00, or always. Parts of one day do not overlap.")
            }
            return words
        }
    }

    static func holidays(_ name: String, _ summary: String) -> Parameter {
        Parameter(Outline(name, summary, .text(longest: 1000))) { raw, _ throws(Refusal) in
            let words = trimmed(raw.text ?? "").lowercased()
            guard WorkingHours("always", holidays: words) != nil else {
                throw .invalid(
                    "\(name) are days, not \(raw.quoted).",
                    hint: "Write 12-25, 01-01 for every year, 2026-04-06 for one, or none.")
            }
            return words
        }
    }
}
