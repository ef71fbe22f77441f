internal import CIcal
package import Kit
package import Shared

/// Expands RFC 5545 rules through libical on the wall clock, without a zone; the zone is applied to each wall time here, so
/// that a clock change can neither repeat nor lose an occurrence: a time that a day does not have moves to the next valid
/// minute, one that it has twice counts once.
package enum Recurrences {
    package static func occurrences(of rule: Recurrence, after: Instant, count: Int) -> [Instant] {
        var found: [Instant] = []
        walk(rule, after: after) { instant in
            guard found.count < count else { return false }
            found.append(instant)
            return found.count < count
        }
        return found
    }

    /// All of a stretch of time.
    static func occurrences(of rule: Recurrence, after: Instant, upTo end: Instant) -> [Instant] {
        var found: [Instant] = []
        walk(rule, after: after) { instant in
            if instant <= end { found.append(instant) }
            return instant < end
        }
        return found
    }

    /// Further than this nobody looks for the next occurrence.
    private static let patience = 100_000

    /// Hands over one occurrence after the other for as long as it is told to go on.
    private static func walk(_ rule: Recurrence, after: Instant, _ take: (Instant) -> Bool) {
        guard let zone = try? Zone(named: rule.zone), let iterator = iterator(rule, zone, after) else { return }
        defer { icalrecur_iterator_free(iterator) }
        // Clocks never differ from Greenwich by more than this: what they show so early is over.
        let horizon = after.milliseconds - 2 * 26 * 3_600_000
        var last: Instant?
        for _ in 0..<patience {
            let next = icalrecur_iterator_next(iterator)
            if icaltime_is_null_time(next) != 0 { return }
            let shown = wall(next)
            if shown.local < horizon { continue }
            let instant = zone.instant(at: shown)
            guard instant > after, instant >= rule.start, last.map({ $0 < instant }) ?? true, !rule.except.contains(instant)
            else {
                continue
            }
            last = instant
            if !take(instant) { return }
        }
    }

    /// libical looks for the next occurrence by going through all of the rule's steps to the year 2582. Of hours there are too
    /// many unless each is one, of minutes and seconds always; and for an eighth Friday it looks for ever.
    private static func isBearable(_ rule: icalrecurrencetype) -> Bool {
        switch rule.freq {
        case ICAL_NO_RECURRENCE, ICAL_SECONDLY_RECURRENCE, ICAL_MINUTELY_RECURRENCE: return false
        case ICAL_HOURLY_RECURRENCE:
            let none = Int16(ICAL_RECURRENCE_ARRAY_MAX.rawValue)
            return [
                rule.by_hour.0, rule.by_day.0, rule.by_month_day.0, rule.by_year_day.0, rule.by_week_no.0, rule.by_month.0,
                rule.by_set_pos.0,
            ].allSatisfy { $0 == none }
        case ICAL_MONTHLY_RECURRENCE: return days(of: rule).allSatisfy { abs($0) <= 5 }
        default: return days(of: rule).allSatisfy { abs($0) <= 53 }
        }
    }

    /// Which of the weekdays in a month or a year are meant; 0 is each.
    private static func days(of rule: icalrecurrencetype) -> [Int32] {
        withUnsafeBytes(of: rule.by_day) { bytes in
            bytes.bindMemory(to: Int16.self).prefix { $0 != Int16(ICAL_RECURRENCE_ARRAY_MAX.rawValue) }
                .map { icalrecurrencetype_day_position($0) }
        }
    }

    private static func iterator(_ rule: Recurrence, _ zone: Zone, _ after: Instant) -> OpaquePointer? {
        var parsed = icalrecurrencetype_from_string(rule.rule)
        defer { icalrecurrencetype_clear(&parsed) }
        guard isBearable(parsed) else { return nil }
        // An end in UTC is a moment; without a zone libical would take it for what the wall shows.
        if icaltime_is_null_time(parsed.until) == 0, icaltime_is_utc(parsed.until) != 0 {
            parsed.until = ical(zone.wallTime(at: Zone.utc.instant(at: wall(parsed.until))))
        }
        let start = zone.wallTime(at: rule.start)
        guard let iterator = icalrecur_iterator_new(parsed, ical(start)) else { return nil }
        let from = zone.wallTime(at: max(after, rule.start))
        if from > start, parsed.count == 0 { icalrecur_iterator_set_start(iterator, ical(nearby(from, start, parsed))) }
        return iterator
    }

    /// Where to begin, a day or two before. Of days, weeks, months and years libical knows which one of several is meant; of
    /// hours it forgets.
    private static func nearby(_ from: WallTime, _ start: WallTime, _ rule: icalrecurrencetype) -> WallTime {
        let before = WallTime(from.day - 1)
        guard rule.freq == ICAL_HOURLY_RECURRENCE, before > start else { return before }
        let step = Int64(max(1, rule.interval)) * 3_600_000
        return WallTime(local: start.local + (before.local - start.local) / step * step)
    }

    private static func ical(_ wall: WallTime) -> icaltimetype {
        let (year, month, day) = wall.day.date
        var time = icaltime_null_time()
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
