internal import CIcal
internal import Kit
internal import Shared

/// Expands RFC 5545 rules through libical on the wall clock, without a zone; the zone is applied to each wall time here, so
/// that a clock change can neither repeat nor lose an occurrence: a time that a day does not have moves to the next valid
/// minute, one that it has twice counts once.
enum Recurrences {
    /// libical is not installed, or not the version that this program was built for.
    struct Unavailable: Error, CustomStringConvertible {
        let description: String
    }

    /// Opened once, when somebody first wants it.
    private static let library: Result<hearth_ical, Unavailable> = {
        var library = hearth_ical()
        guard let reason = hearth_ical_open(&library) else { return .success(library) }
        return .failure(Unavailable(description: "Recurrences need libical: \(String(cString: reason))."))
    }()

    static func requireLibrary() throws(Unavailable) { _ = try library.get() }

    static func occurrences(of rule: Recurrence, after: Instant, count: Int) throws(Unavailable) -> [Instant] {
        let library = try library.get()
        guard let zone = try? Zone(named: rule.zone) else { return [] }
        var parsed = library.rule(rule.rule)
        guard parsed.freq != ICAL_NO_RECURRENCE else { return [] }
        let start = zone.wallTime(at: rule.start)
        guard let iterator = library.iterator(parsed, ical(start)) else { return [] }
        defer { library.free(iterator) }
        library.clear(&parsed)
        let from = zone.wallTime(at: max(after, rule.start))
        if from > start, parsed.count == 0 { _ = library.set_start(iterator, ical(WallTime(from.day - 1))) }
        var found: [Instant] = []
        for _ in 0..<100_000 where found.count < count {
            let next = library.next(iterator)
            // No month has number 0: there is nothing more.
            if next.month == 0 { break }
            let instant = zone.instant(at: wall(next))
            if instant > after, instant >= rule.start, found.last.map({ $0 < instant }) ?? true { found.append(instant) }
        }
        return found
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
