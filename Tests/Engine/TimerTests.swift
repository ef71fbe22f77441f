import Engine
import Kit
import Shared
import Testing
import Workbench

@Suite("What is due")
struct TimerTests {
    private func town(_ params: JSON, at start: String = "2026-08-06T12:00:00Z") throws -> Bench {
        let start = try #require(Instant(rfc3339: start))
        let bench = try Bench([Toy.feature, Tuning.feature(over: [])], at: start)
        bench.hear(Town.seen())
        guard let command = bench.catalogue.command("toy.wait") else { throw Bench.Silence() }
        _ = try bench.ask(Request(command, params: params.object ?? .init(), guild: Town.guild, person: Bench.owner))
        return bench
    }

    @Test func `an occurrence runs once, also when the process ends or the clock goes back`() throws {
        let bench = try town(["job": "ring", "after": "60"])
        bench.pass(59.seconds)
        #expect(try bench.marks() == [])
        bench.pass(1.seconds)
        #expect(try bench.marks() == ["ring 2026-08-06T12:01:00Z"])
        bench.clock.pass(.zero - 1.hours)
        bench.step()
        try bench.restart()
        bench.pass(3.hours, by: 10.minutes)
        #expect(try bench.marks().count == 1)
    }

    @Test(
        arguments: [
            ("ring", ["ring 2026-08-06T12:01:00Z", "ring 2026-08-07T12:01:00Z", "ring 2026-08-08T12:01:00Z"]),
            ("once", ["once 2026-08-08T12:01:00Z"]), ("soon", ["soon 2026-08-08T12:01:00Z"]),
        ] as [(String, [String])])
    func `what was missed runs as its lateness says`(_ job: String, _ marks: [String]) throws {
        let bench = try town(["job": .string(job), "rule": "FREQ=DAILY", "after": "60"])
        bench.clock.pass(2.days + 30.minutes)
        try bench.restart()
        bench.step()
        #expect(try bench.marks() == marks)
        bench.pass(1.days)
        #expect(try bench.marks().count == marks.count + 1)
    }

    @Test(
        arguments: [
            // 02:30 does not exist on 29 March: the next valid minute is 03:00 summer time, 01:00 UTC.
            (
                "Europe/Brussels", "2026-03-28T01:29:00Z", "FREQ=DAILY",
                ["2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"]
            ),
            // 02:30 comes twice on 25 October; the first counts, in summer time.
            (
                "Europe/Brussels", "2026-10-24T00:29:00Z", "FREQ=DAILY",
                ["2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"]
            ),
            // Half an hour forward on 4 October, at 02:00: 02:10 becomes 02:30, at eleven hours.
            (
                "Australia/Lord_Howe", "2026-10-02T15:39:00Z", "FREQ=DAILY",
                ["2026-10-02T15:40:00Z", "2026-10-03T15:30:00Z", "2026-10-04T15:10:00Z"]
            ),
            // Apia had no 30 December in 2011: that day's nine o'clock is the first moment of the 31st.
            (
                "Pacific/Apia", "2011-12-29T18:59:00Z", "FREQ=DAILY",
                ["2011-12-29T19:00:00Z", "2011-12-30T10:00:00Z", "2011-12-30T19:00:00Z"]
            ),
            // Every other Monday at 09:00, starting on a Monday in winter time.
            (
                "Europe/Brussels", "2026-03-16T07:59:00Z", "FREQ=WEEKLY;INTERVAL=2",
                ["2026-03-16T08:00:00Z", "2026-03-30T07:00:00Z", "2026-04-13T07:00:00Z"]
            ),
        ] as [(String, String, String, [String])])
    func `a rule follows the clock on the wall`(_ zone: String, _ start: String, _ rule: String, _ expected: [String]) throws {
        let bench = try town(
            ["job": "ring", "rule": .string(rule), "after": "60", "zone": .string(zone)], at: start)
        for _ in 0..<12 where try bench.marks().count < 3 {
            guard let due = bench.nextDue else { break }
            bench.clock.set(due)
            bench.step()
        }
        #expect(try bench.marks() == expected.map { "ring \($0)" })
    }

    @Test func `a job that fails leaves nothing, is put off, and is given up after eight tries more`() throws {
        let bench = try town(["job": "fail", "after": "60"])
        for _ in 0..<9 {
            guard let due = bench.nextDue else { break }
            bench.clock.set(due)
            bench.step()
        }
        #expect(try bench.marks() == [])
        #expect(try bench.texts("SELECT times FROM house_faults") == ["9"])
        #expect(try bench.numbers("SELECT COUNT(*) FROM house_timers WHERE job = 'toy.fail'") == [0])
    }

    @Test func `long work goes on after a restart, and each slice is heard`() throws {
        let bench = try Bench.toy()
        try bench.run("toy.spread", ["slices": 5])
        bench.pass(.milliseconds(1))
        try bench.restart()
        bench.pass(1.seconds, by: .milliseconds(1))
        #expect(try bench.rows("SELECT done, whole, outcome FROM house_jobs").map { $0.prefix(3) } == [["1", "1", "spread"]])
        let wanted = try bench.texts("SELECT effect FROM house_outbox ORDER BY id")
        #expect(wanted.count == 5)
    }
}
