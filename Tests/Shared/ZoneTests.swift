import Machine
import Shared
import Testing

@Suite("Time zones")
struct ZoneTests {
    private func wall(_ year: Int, _ month: Int, _ day: Int, _ hour: Int, _ minute: Int) -> WallTime {
        WallTime(Day(year: year, month: month, day: day), hour: hour, minute: minute)
    }

    private func moment(_ text: String) throws -> Instant { try #require(Instant(rfc3339: text)) }

    @Test("offsets are those of another implementation, from 1916 to the year 9000", arguments: ZoneFacts.offsets.map(\.zone))
    func offsets(name: String) throws {
        let zone = try Zone(named: name)
        for (moment, offset) in ZoneFacts.offsets.first(where: { $0.zone == name })?.rows ?? [] {
            #expect(zone.offsetSeconds(at: Instant(seconds: moment)) == offset, "\(name) at \(moment)")
        }
    }

    @Test("a change happens at its millisecond")
    func edges() throws {
        let brussels = try Zone(named: "Europe/Brussels")
        let change = try moment("2026-03-29T01:00:00Z")
        #expect(brussels.offsetSeconds(at: change - .milliseconds(1)) == 3600)
        #expect(brussels.offsetSeconds(at: change) == 7200)
        #expect(brussels.day(of: try moment("2026-08-06T21:59:59Z")) == Day(year: 2026, month: 8, day: 6))
        #expect(brussels.day(of: try moment("2026-08-06T22:00:00Z")) == Day(year: 2026, month: 8, day: 7))
        #expect(brussels.wallTime(at: try moment("2050-01-01T12:00:00Z")) == wall(2050, 1, 1, 13, 0))
    }

    @Test("a time that clocks skip leads to the first one after")
    func gaps() throws {
        let brussels = try Zone(named: "Europe/Brussels")
        let after = try moment("2026-03-29T01:00:00Z")
        #expect(brussels.instants(of: wall(2026, 3, 29, 2, 30)) == .gap(next: after))
        #expect(brussels.instants(of: wall(2026, 3, 29, 3, 0)) == .unique(after))
        #expect(brussels.instant(at: wall(2026, 3, 29, 2, 0)) == after)
        let far = try moment("2600-03-30T01:00:00Z")
        #expect(brussels.instants(of: wall(2600, 3, 30, 2, 59)) == .gap(next: far))
        let lordHowe = try Zone(named: "Australia/Lord_Howe")
        #expect(lordHowe.instants(of: wall(2026, 10, 4, 2, 15)) == .gap(next: try moment("2026-10-03T15:30:00Z")))
        #expect(lordHowe.instants(of: wall(2026, 10, 4, 2, 30)) == .unique(try moment("2026-10-03T15:30:00Z")))
    }

    @Test("a day that a whole country skipped begins with the next")
    func skippedDay() throws {
        let apia = try Zone(named: "Pacific/Apia")
        let after = try moment("2011-12-30T10:00:00Z")
        #expect(apia.instants(of: wall(2011, 12, 30, 12, 0)) == .gap(next: after))
        #expect(apia.start(of: Day(year: 2011, month: 12, day: 30)) == after)
        #expect(apia.start(of: Day(year: 2011, month: 12, day: 31)) == after)
        #expect(apia.day(of: after - .milliseconds(1)) == Day(year: 2011, month: 12, day: 29))
    }

    @Test("a time that clocks show twice has two moments, and the first is meant")
    func overlaps() throws {
        let newYork = try Zone(named: "America/New_York")
        let first = try moment("2026-11-01T05:30:00Z")
        let second = try moment("2026-11-01T06:30:00Z")
        #expect(newYork.instants(of: wall(2026, 11, 1, 1, 30)) == .overlap(first: first, second: second))
        #expect(newYork.instant(at: wall(2026, 11, 1, 1, 30)) == first)
        #expect(newYork.instants(of: wall(2026, 11, 1, 2, 0)) == .unique(try moment("2026-11-01T07:00:00Z")))
        let casablanca = try Zone(named: "Africa/Casablanca")
        guard case .overlap = casablanca.instants(of: wall(2026, 2, 15, 2, 30)) else {
            Issue.record("Morocco puts its clocks back for Ramadan of 2026")
            return
        }
    }

    @Test("a day can begin at one o'clock")
    func lateMidnight() throws {
        let beirut = try Zone(named: "Asia/Beirut")
        let start = beirut.start(of: Day(year: 2026, month: 3, day: 29))
        #expect(beirut.wallTime(at: start) == wall(2026, 3, 29, 1, 0))
    }

    @Test("Greenwich needs no file")
    func greenwich() throws {
        #expect(try Zone(named: "UTC", in: "/nowhere") == .utc)
        #expect(Zone.utc.instants(of: wall(2026, 3, 29, 2, 30)) == .unique(try moment("2026-03-29T02:30:00Z")))
        #expect(Zone.utc.offsetSeconds(at: Instant(seconds: 4_000_000_000_000)) == 0)
    }

    @Test(
        "a misspelt zone is told the nearest",
        arguments: [
            ("Europe/Brussel", "Europe/Brussels"), ("brussels", "Europe/Brussels"), ("new york", "America/New_York"),
            ("Amrica/New_York", "America/New_York"), ("Kathmandoo", "Asia/Kathmandu"), ("zzzzzzzzzz", nil),
            ("../../etc/passwd", nil),
        ])
    func misspelt(name: String, suggestion: String?) {
        #expect { try Zone(named: name) } throws: { ($0 as? Zone.Unknown)?.suggestion == suggestion }
    }

    @Test("upper and lower case are the same, and the name is the database's")
    func names() throws { #expect(try Zone(named: "europe/bRUSSELS").name == "Europe/Brussels") }

    @Test("bytes that are no zone are refused, wherever they break off")
    func broken() throws {
        let bytes = try Files.read(ZoneFiles.folder + "/Europe/Brussels")
        for length in stride(from: 0, to: bytes.count, by: 7) {
            #expect(Zone(name: "x", tzif: Array(bytes.prefix(length))) == nil)
        }
        #expect(Zone(name: "x", tzif: bytes) != nil)
    }

    @Test("every zone of this machine can be read, and its clocks come back to where they were")
    func allZones() throws {
        let names = ZoneFiles().names
        #expect(names.count > 400)
        for name in names {
            let zone = try Zone(named: name)
            for hours in stride(from: 0, to: 40 * 8766, by: 997) {
                let instant = Instant(seconds: 946_684_800 + Int64(hours) * 3600)
                let isBack =
                    switch zone.instants(of: zone.wallTime(at: instant)) {
                    case .unique(let moment): moment == instant
                    case .overlap(let first, let second): first == instant || second == instant
                    case .gap: false
                    }
                #expect(isBack, "\(name) at \(instant.rfc3339)")
            }
        }
    }
}
