import Engine
import Kit
import Shared
import Testing

@Suite("Weeks that begin on any day")
struct WeekStartTests {
    /// What python-dateutil says; June the 15th is a Monday.
    @Test(
        "every second or third week is counted from the one that the rule begins in",
        arguments: [
            ("16", "INTERVAL=2;BYDAY=MO;WKST=FR", [29, 43, 57]), ("17", "INTERVAL=2;BYDAY=SU;WKST=MO", [21, 35, 49]),
            ("16", "INTERVAL=2;BYDAY=MO;WKST=TU", [22, 36, 50]), ("15", "INTERVAL=2;BYDAY=MO,SU;WKST=TU", [15, 28, 29]),
            ("16", "INTERVAL=2;BYDAY=MO,TU;WKST=SA", [16, 29, 30]), ("20", "INTERVAL=3;BYDAY=SU;WKST=MO", [21, 42, 63]),
            ("17", "INTERVAL=3;BYDAY=SU;WKST=MO;COUNT=2", [21, 42]), ("18", "BYDAY=MO,SU;WKST=MO;COUNT=2", [21, 22]),
            ("20", "INTERVAL=2;BYDAY=FR,SU;WKST=SA;COUNT=3", [21, 26, 35]), ("17", "INTERVAL=2", [17, 31, 45]),
        ] as [(String, String, [Int])])
    func weeks(_ day: String, _ rule: String, _ days: [Int]) throws {
        let start = try #require(Instant(rfc3339: "2026-06-\(day)T01:30:00Z"))
        let whole = Recurrence(rule: "FREQ=WEEKLY;" + rule, start: start, zone: "UTC")
        let first = try #require(Instant(rfc3339: "2026-06-01T01:30:00Z"))
        let wanted = days.map { first + ($0 - 1).days }
        #expect(try Recurrences.occurrences(of: whole, after: start - 1.seconds, count: days.count) == wanted)
        if rule.contains("COUNT") {
            #expect(try Recurrences.occurrences(of: whole, after: start - 1.seconds, count: 10) == wanted)
        }
        // From the middle on it is the same.
        #expect(try Recurrences.occurrences(of: whole, after: wanted[0], count: 1) == [wanted[1]])
    }
}
