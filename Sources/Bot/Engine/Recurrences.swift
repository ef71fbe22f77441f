internal import CIcal
package import Kit
package import Shared

/// Expands RFC 5545 rules through libical on the wall clock, without a zone; the zone is applied to each wall time here, so
/// that a clock change can neither repeat nor lose an occurrence: a time that a day does not have moves to the next valid
/// minute, one that it has twice counts once.
package enum Recurrences {
    /// libical is not installed, or not the version that this program was built for.
    package struct Unavailable: Error, CustomStringConvertible {
        package let description: String
    }

    /// Opened once, when somebody first wants it.
    private static let library: Result<hearth_ical, Unavailable> = {
        var library = hearth_ical()
        guard let reason = hearth_ical_open(&library) else { return .success(library) }
        return .failure(Unavailable(description: "Recurrences need libical: \(String(cString: reason))."))
    }()

    static func requireLibrary() throws(Unavailable) { _ = try library.get() }

    package static func occurrences(of rule: Recurrence, after: Instant, count: Int) throws(Unavailable) -> [Instant] {
        var found: [Instant] = []
        try walk(rule, after: after) { instant in
            guard found.count < count else { return false }
            found.append(instant)
            return found.count < count
        }
        return found
    }

    /// All of a stretch of time.
    static func occurrences(of rule: Recurrence, after: Instant, upTo end: Instant) throws(Unavailable) -> [Instant] {
        var found: [Instant] = []
        try walk(rule, after: after) { instant in
            if instant <= end { found.append(instant) }
            return instant < end
        }
        return found
    }

    /// Further than this nobody looks for the next occurrence.
    private static let patience = 100_000

    /// Hands over one occurrence after the other for as long as it is told to go on.
    private static func walk(
        _ rule: Recurrence, after: Instant, _ take: (Instant) -> Bool
    ) throws(Unavailable) {
        let library = try library.get()
        guard let zone = try? Zone(named: rule.zone), let course = course(library, rule, zone, after) else { return }
        defer { library.free(course.iterator) }
        // Clocks never differ from Greenwich by more than this: what they show so early is over.
        let horizon = after.milliseconds - 2 * 26 * 3_600_000
        var last: Instant?
        var left = course.count
        for _ in 0..<patience {
            let next = library.next(course.iterator)
            // No month has number 0: there is nothing more.
            if next.month == 0 { return }
            let shown = wall(next)
            if shown < course.start { continue }
            if left == 0 { return }
            left -= 1
            if shown.local < horizon { continue }
            let instant = zone.instant(at: shown)
            let isNew = instant > after && last.map { $0 < instant } ?? true
            guard isNew, instant >= rule.start, !rule.except.contains(instant) else { continue }
            last = instant
            if !take(instant) { return }
        }
    }

    /// What libical goes through, and which of it counts: from the rule's start on, and so many.
    private struct Course {
        var iterator: OpaquePointer
        var start: WallTime
        var count: Int
    }

    private static func course(_ library: hearth_ical, _ rule: Recurrence, _ zone: Zone, _ after: Instant) -> Course? {
        var parsed = library.rule(rule.rule)
        defer { library.clear(&parsed) }
        guard parsed.isBearable(library) else { return nil }
        // An end in UTC is a moment; without a zone libical would take it for what the wall shows.
        if parsed.until.month != 0, library.is_utc(parsed.until) != 0 {
            parsed.until = ical(zone.wallTime(at: Zone.utc.instant(at: wall(parsed.until))))
        }
        let start = zone.wallTime(at: rule.start)
        let before = WallTime(zone.wallTime(at: max(after, rule.start)).day - 1)
        let isLater = before > start && parsed.count == 0
        let count = parsed.count == 0 ? Int.max : Int(parsed.count)
        parsed.count = 0
        // Of days, weeks, months and years libical knows which one of several is meant; of hours it forgets.
        if isLater, parsed.freq == ICAL_HOURLY_RECURRENCE {
            let step = Int64(max(1, parsed.interval)) * 3_600_000
            let aligned = WallTime(local: start.local + (before.local - start.local) / step * step)
            return library.iterator(parsed, ical(aligned)).map { Course(iterator: $0, start: start, count: count) }
        }
        let origin = start.local - Int64(parsed.daysSinceFirstOfWeek(start.day, library)) * 86_400_000
        guard let iterator = library.iterator(parsed, ical(WallTime(local: origin))) else { return nil }
        if isLater { _ = library.set_start(iterator, ical(before)) }
        return Course(iterator: iterator, start: start, count: count)
    }

    private static func ical(_ wall: WallTime) -> icaltimetype {
        let (year, month, day) = wall.day.date
        var time = icaltimetype()
        time.year = Int32(year)
        time.month = Int32(month)
        time.day = Int32(day)
        time.hour = Int32(wall.hour)
        time.minute = Int32(wall.minute)
        time.second = Int32(wall.second)
        return time
    }

    private static func wall(_ time: icaltimetype) -> WallTime {
        WallTime(
            Day(year: Int(time.year), month: Int(time.month), day: Int(time.day)), hour: Int(time.hour),
            minute: Int(time.minute),
            second: Int(time.second))
    }
}

extension icalrecurrencetype {
    /// libical looks for the next occurrence by going through all of a rule's steps to the year 2582. Of hours there are too
    /// many unless each is one, of minutes and seconds always; and for an eighth Friday it looks for ever.
    fileprivate func isBearable(_ library: hearth_ical) -> Bool {
        switch freq {
        case ICAL_NO_RECURRENCE, ICAL_SECONDLY_RECURRENCE, ICAL_MINUTELY_RECURRENCE: return false
        case ICAL_HOURLY_RECURRENCE:
            let none = Int16(ICAL_RECURRENCE_ARRAY_MAX.rawValue)
            return [by_hour.0, by_day.0, by_month_day.0, by_year_day.0, by_week_no.0, by_month.0, by_set_pos.0]
                .allSatisfy { $0 == none }
        case ICAL_MONTHLY_RECURRENCE: return hasSuchDays && weekdays(library).allSatisfy { abs($0) <= 5 }
        default: return hasSuchDays && weekdays(library).allSatisfy { abs($0) <= 53 }
        }
    }

    /// Of the months that it names, some have a day that it names.
    private var hasSuchDays: Bool {
        let months = named(in: by_month), days = named(in: by_month_day)
        let longest = months.compactMap {
            (1...12).contains($0) ? [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][Int($0) - 1] : nil
        }
        guard let most = longest.max() else { return true }
        return days.isEmpty || days.contains { abs($0) <= most }
    }

    /// How long ago the week's first day of those that a weekly rule names was, before zero when it is still to come. A rule that
    /// begins on another day loses or wins a week in libical wherever the week does not begin on a Sunday.
    fileprivate func daysSinceFirstOfWeek(_ day: Day, _ library: hearth_ical) -> Int {
        guard freq == ICAL_WEEKLY_RECURRENCE else { return 0 }
        let first = weekStart
        func place(_ weekday: Int) -> Int { (weekday - first + 7) % 7 }
        let named = days.map { place(Int(library.day_of_week($0).rawValue) + 5) }
        return named.min().map { place(day.weekday) - $0 } ?? 0
    }

    /// Monday is 0.
    private var weekStart: Int { (Int(week_start.rawValue) + 5) % 7 }

    private var days: [Int16] { named(in: by_day) }

    /// A list of the rule's, up to where it ends.
    private func named<Tuple>(in list: Tuple) -> [Int16] {
        withUnsafeBytes(of: list) { bytes in
            bytes.bindMemory(to: Int16.self).prefix { $0 != Int16(ICAL_RECURRENCE_ARRAY_MAX.rawValue) }.map(\.self)
        }
    }

    /// Which of the weekdays in a month or a year are meant; 0 is each.
    private func weekdays(_ library: hearth_ical) -> [Int32] { days.map { library.day_position($0) } }
}
