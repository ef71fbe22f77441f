import Engine
import Kit
import Machine
import Shared
import Testing
import Workbench

/// What an oracle that knows nothing of this program says about when schedules come round: python-dateutil, by
/// scripts/timers/oracle.py.
private struct Timetable {
    var start: Instant
    var end: Instant
    var springs: [Clockwork.Spring] = []
    var comes: [String: [Instant]] = [:]

    init(path: String) throws {
        let table = try JSON(parsing: try Files.read(path, atMost: 64 << 20))
        func instants(_ list: JSON?) -> [Instant] { list?.array?.compactMap(\.int).map(Instant.init(milliseconds:)) ?? [] }
        start = Instant(milliseconds: try #require(table["from"]?.int))
        end = Instant(milliseconds: try #require(table["upTo"]?.int))
        for (number, schedule) in (table["schedules"]?.array ?? []).enumerated() {
            let comes = instants(schedule["comes"])
            // What never comes cannot be scheduled.
            if comes.isEmpty { continue }
            let zone = try #require(schedule["zone"]?.text)
            let text = try #require(schedule["rule"]?.text)
            let began = Instant(milliseconds: try #require(schedule["start"]?.int))
            let key = "\(number) \(zone) \(text) from \(began.rfc3339)"
            springs.append(
                .init(key: key, rule: Recurrence(rule: text, start: began, zone: zone, except: instants(schedule["except"]))))
            self.comes[key] = comes
        }
    }

    var count: Int { comes.values.reduce(0) { $0 + $1.count } }
}

@Suite("Timetables")
struct TimetableTests {
    private static let committed = ["2011", "2026"].map { year in
        #filePath.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/Timetables/\(year).json"
    }

    /// Longer tables come from scripts/chaos.d/timers.
    private static let paths =
        Environment.read()["HEARTH_TIMETABLES"].map { $0.split(separator: " ").map(String.init) } ?? committed

    @Test("P7: every occurrence fires once and when the oracle says, in thirteen zones through 400 days", arguments: paths)
    func oracle(_ path: String) throws {
        let table = try Timetable(path: path)
        let bench = try Bench.clockwork(table.springs, every: 7.days, at: table.start)
        while let due = bench.nextDue, due <= table.end {
            bench.clock.set(due)
            bench.step()
        }
        var fired: [String: [Instant]] = [:]
        for row in try bench.rows("SELECT item, due, late FROM clockwork_strikes WHERE job = 'strike' ORDER BY rowid") {
            fired[row[0], default: []].append(Instant(milliseconds: try #require(Int64(row[1]))))
            #expect(row[2] == "0", "\(row[0]) was late at \(row[1])")
        }
        #expect(fired.values.reduce(0) { $0 + $1.count } == table.count)
        for (key, comes) in table.comes where fired[key] != comes {
            let own = fired[key] ?? []
            let missing = Set(comes).subtracting(own).sorted().prefix(3).map(\.rfc3339)
            let wrong = Set(own).subtracting(comes).sorted().prefix(3).map(\.rfc3339)
            Issue.record("\(key): missing \(missing), and nobody asked for \(wrong)")
        }
        print("P7: \(table.count) occurrences of \(table.springs.count) schedules were compared; faults=\(table.count)")
    }

    @Test("P7: of ten thousand timers that are due within one minute none waits for longer than the second that it falls into")
    func crowd() throws {
        let bench = try Bench.clockwork()
        try bench.run("clockwork.alarms", ["count": 10_000, "within": 60_000, "after": 1000], in: nil)
        for _ in 0..<65 {
            bench.clock.pass(1.seconds)
            bench.step()
        }
        #expect(try bench.strikes("strike").count == 10_000)
        #expect(try #require(bench.numbers("SELECT MAX(late) FROM clockwork_strikes WHERE job = 'strike'").first) <= 1000)
    }
}
