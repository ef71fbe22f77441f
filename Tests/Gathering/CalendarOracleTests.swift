import Kit
import Machine
import Shared
import Testing
import Workbench

/// Events in many zones with all sorts of rules and exceptions, for a program that knows nothing of this one to read:
/// scripts/timers/calendars.py, which scripts/chaos.d/timers runs.
@Suite("Calendars for others")
struct CalendarOracleTests {
    private static let path = Environment.read()["HEARTH_CALENDAR"]

    private static let zones = [
        "UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Europe/Dublin",
        "Asia/Kathmandu",
        "America/St_Johns",
    ]
    private static let rules = [
        "weekly", "daily until 1 dec", "every 2 weeks", "mon, thu", "monthly 12 times", "FREQ=MONTHLY;BYDAY=-1FR", "weekdays",
        "FREQ=YEARLY;BYMONTH=3,10;BYMONTHDAY=29",
    ]

    @Test("EVT-02: what a calendar file says is what comes, its exceptions among it")
    func written() throws {
        let bench = try Bench.events()
        var events: [JSON] = []
        for (number, zone) in Self.zones.enumerated() {
            for (index, rule) in Self.rules.enumerated() {
                let made = try bench.event([
                    "title": .string("\(rule) in \(zone)"), "description": "a;b,c\\d\n🎃 ümläut", "zone": .string(zone),
                    "start": .string("2026-08-\(19 + number) \(padded(index * 3, 2)):30"), "recurrence": .string(rule),
                ])
                try except(made, bench)
                let row = try bench.run("events.show", ["id": made["id"] ?? .null])
                events.append(
                    .fields([
                        "uid": row["uid"], "title": row["title"], "description": row["description"],
                        "times_ms": row["times_ms"],
                    ]))
            }
        }
        let calendar = try #require(try bench.run("events.export")["calendar"])
        #expect(calendar.text?.ranges(of: "RECURRENCE-ID").count == events.count)
        #expect(calendar.text?.ranges(of: "EXDATE").count == events.count)
        guard let path = Self.path else { return }
        try Files.write(Array(JSON.fields(["calendar": calendar, "events": .array(events)]).line.utf8), to: path)
    }

    /// The second time is left out, the third one moved by half an hour.
    private func except(_ made: JSON, _ bench: Bench) throws {
        let times = (made["times_ms"]?.array ?? []).compactMap(\.int).map(Instant.init(milliseconds:))
        let id = made["id"] ?? .null
        try bench.run("events.skip", ["id": id, "on": .string(times[1].rfc3339)])
        try bench.run(
            "events.move", ["id": id, "on": .string(times[2].rfc3339), "to": .string((times[2] + 30.minutes).rfc3339)])
    }
}
