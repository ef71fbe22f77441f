import Helping
import Shared
import Testing

@Suite("Working hours")
struct HoursTests {
    private static func instant(_ text: String) -> Instant { Instant(rfc3339: text) ?? Instant(milliseconds: 0) }

    @Test(
        arguments: [
            ("always", "none", "UTC", "2026-08-06T12:00:00Z", 90, "2026-08-06T13:30:00Z"),
            // Thursday afternoon into Friday, Friday into Monday.
            ("mon-fri 09:00-17:00", "none", "UTC", "2026-08-06T16:30:00Z", 60, "2026-08-07T09:30:00Z"),
            ("mon-fri 09:00-17:00", "none", "UTC", "2026-08-07T16:30:00Z", 60, "2026-08-10T09:30:00Z"),
            ("mon-fri 09:00-17:00", "none", "UTC", "2026-08-08T03:00:00Z", 30, "2026-08-10T09:30:00Z"),
            ("mon-fri 09:00-17:00", "none", "UTC", "2026-08-06T16:00:00Z", 60, "2026-08-06T17:00:00Z"),
            ("mon-fri 09:00-12:00, mon-fri 13:00-17:00", "none", "UTC", "2026-08-06T11:30:00Z", 60, "2026-08-06T13:30:00Z"),
            // Over holidays: one of every year, one of this.
            ("mon-fri 09:00-17:00", "12-25, 2026-12-28", "UTC", "2026-12-24T16:00:00Z", 120, "2026-12-29T10:00:00Z"),
            // The night in which clocks go forward has no 02:30; back, it has it twice.
            ("sun 01:00-04:00", "none", "Europe/Brussels", "2026-03-28T12:00:00Z", 90, "2026-03-29T01:30:00Z"),
            ("sun 01:00-04:00", "none", "Europe/Brussels", "2026-10-24T12:00:00Z", 150, "2026-10-25T01:30:00Z"),
            ("sat-mon 00:00-24:00", "none", "UTC", "2026-08-10T23:00:00Z", 120, "2026-08-15T01:00:00Z"),
        ])
    func `working time is counted on the clocks of the zone`(
        _ hours: String, _ holidays: String, _ zone: String, _ from: String, _ minutes: Int, _ until: String
    ) throws {
        let week = try #require(WorkingHours(hours, holidays: holidays))
        let zone = try Zone(named: zone)
        #expect(week.add(minutes.minutes, to: Self.instant(from), in: zone)?.rfc3339 == Self.instant(until).rfc3339)
    }

    @Test(arguments: [
        "", "mon", "mon 09:00", "mon 17:00-09:00", "mon-xyz 09:00-17:00", "mon 09:00-25:00", "mon 9-17",
        "mon 09:00-12:00, mon 11:00-13:00",
        "mon-fri-sun 09:00-17:00", "mon 09:00-09:00", "nonsense",
    ])
    func `what is no week is refused`(_ hours: String) { #expect(WorkingHours(hours) == nil) }

    @Test(arguments: ["13-01", "02-30", "2026-02-29", "yesterday", "1-1-1-1", "2026-00-10"])
    func `what is no day is refused`(_ day: String) { #expect(WorkingHours("always", holidays: day) == nil) }

    @Test func `who never works never gets there`() throws {
        let week = try #require(WorkingHours("mon 09:00-09:01", holidays: "none"))
        #expect(week.add(200.minutes, to: Self.instant("2026-08-06T12:00:00Z"), in: .utc) == nil)
    }
}
