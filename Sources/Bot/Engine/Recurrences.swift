internal import CIcal
internal import Kit
internal import Shared

/// Expands RFC 5545 rules through libical on the wall clock, without a zone; the zone is applied to each wall time here, so
/// that a clock change can neither repeat nor lose an occurrence: a time that a day does not have moves to the next valid
/// minute, one that it has twice counts once.
enum Recurrences {
    static func occurrences(of rule: Recurrence, after: Instant, count: Int) -> [Instant] {
        guard let zone = try? Zone(named: rule.zone) else { return [] }
        var parsed = icalrecurrencetype_from_string(rule.rule)
        guard parsed.freq != ICAL_NO_RECURRENCE else { return [] }
        let start = zone.wallTime(at: rule.start)
        guard let iterator = icalrecur_iterator_new(parsed, ical(start)) else { return [] }
        defer { icalrecur_iterator_free(iterator) }
        icalrecurrencetype_clear(&parsed)
        let from = zone.wallTime(at: max(after, rule.start))
        if from > start, parsed.count == 0 { icalrecur_iterator_set_start(iterator, ical(WallTime(from.day - 1))) }
        var found: [Instant] = []
        for _ in 0..<100_000 where found.count < count {
            let next = icalrecur_iterator_next(iterator)
            if icaltime_is_null_time(next) != 0 { break }
            let instant = zone.instant(at: wall(next))
            if instant > after, instant >= rule.start, found.last.map({ $0 < instant }) ?? true { found.append(instant) }
        }
        return found
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
