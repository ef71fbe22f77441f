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
        guard let zone = try? Zone(named: rule.zone), let iterator = iterator(library, rule, zone, after) else { return }
        defer { library.free(iterator) }
        // Clocks never differ from Greenwich by more than this: what they show so early is over.
        let horizon = after.milliseconds - 2 * 26 * 3_600_000
        var last: Instant?
        for _ in 0..<patience {
            let next = library.next(iterator)
            // No month has number 0: there is nothing more.
            if next.month == 0 { return }
            let shown = wall(next)
            if shown.local < horizon { continue }
            let instant = zone.instant(at: shown)
            let isNew = instant > after && last.map { $0 < instant } ?? true
            guard isNew, instant >= rule.start, !rule.except.contains(instant) else { continue }
            last = instant
            if !take(instant) { return }
        }
    }

    private static func iterator(
        _ library: hearth_ical, _ rule: Recurrence, _ zone: Zone, _ after: Instant
    ) -> OpaquePointer? {
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
        // Of days, weeks, months and years libical knows which one of several is meant; of hours it forgets.
        if isLater, parsed.freq == ICAL_HOURLY_RECURRENCE {
            let step = Int64(max(1, parsed.interval)) * 3_600_000
            let aligned = WallTime(local: start.local + (before.local - start.local) / step * step)
            return library.iterator(parsed, ical(aligned))
        }
        guard let iterator = library.iterator(parsed, ical(start)) else { return nil }
        if isLater { _ = library.set_start(iterator, ical(before)) }
        return iterator
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
        case ICAL_MONTHLY_RECURRENCE: return weekdays(library).allSatisfy { abs($0) <= 5 }
        default: return weekdays(library).allSatisfy { abs($0) <= 53 }
        }
    }

    /// Which of the weekdays in a month or a year are meant; 0 is each.
    private func weekdays(_ library: hearth_ical) -> [Int32] {
        withUnsafeBytes(of: by_day) { bytes in
            bytes.bindMemory(to: Int16.self).prefix { $0 != Int16(ICAL_RECURRENCE_ARRAY_MAX.rawValue) }
                .map { library.day_position($0) }
        }
    }
}
