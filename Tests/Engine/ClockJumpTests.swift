import Engine
import Kit
import Shared
import Testing
import Workbench

@Suite("Clocks that jump")
struct ClockJumpTests {
    /// One timer of each lateness that comes round every day at a quarter past twelve, since long before.
    private static let springs = ["strike", "once", "soon"].map { kind in
        Clockwork.Spring(
            key: kind,
            rule: Recurrence(rule: "FREQ=DAILY", start: Bench.start + 15.minutes - 4500.days, zone: "Europe/Berlin"))
    }

    private static let jumps = [1.seconds, 30.seconds, 5.minutes, 1.hours, 1.days, 40.days, 400.days, 3650.days]

    private func town() throws -> Bench {
        let bench = try Bench.clockwork(Self.springs)
        bench.pass(25.hours, by: 10.minutes)
        return bench
    }

    private func jump(_ bench: Bench, _ duration: Duration) throws {
        let before = try count(bench)
        bench.clock.set(bench.clock.now + duration)
        bench.step()
        let burst = try zip(count(bench), before).map { $0 - $1 }
        #expect(burst[0] <= 16, "\(burst) of each ran at once")
        #expect(burst.dropFirst().allSatisfy { $0 <= 1 }, "\(burst) of each ran at once")
    }

    private func count(_ bench: Bench) throws -> [Int] {
        try ["strike", "once", "soon", "tick"].map { try bench.strikes($0).count }
    }

    /// Three days on this clock: each comes round three times, and what ran is never run again.
    private func livesOn(_ bench: Bench, _ story: String) throws {
        let before = try count(bench)
        bench.pass(3.days, by: 10.minutes)
        let ran = try zip(count(bench), before).map { $0 - $1 }
        #expect(ran == [3, 3, 3, 432], "\(story): \(ran) of each ran in three days")
        // Chores of the house have no occurrences that anybody counts.
        for job in ["strike", "once", "soon"] {
            let strikes = try bench.strikes(job)
            #expect(Set(strikes).count == strikes.count, "\(story): an occurrence of \(job) ran twice")
        }
    }

    @Test("P8: a clock that is put forward bursts with nothing and silences nothing", arguments: jumps)
    func forward(_ duration: Duration) throws {
        let bench = try town()
        try jump(bench, duration)
        try livesOn(bench, "forward \(duration.spelled)")
    }

    @Test("P8: a clock that is put back repeats nothing and silences nothing", arguments: jumps)
    func back(_ duration: Duration) throws {
        let bench = try town()
        let missed = try bench.strikes("once")
        try jump(bench, .zero - duration)
        bench.pass(duration < 2.days ? duration : .zero, by: 10.minutes)
        #expect(try bench.strikes("once") == missed, "an hour that was lived twice rang twice")
        try livesOn(bench, "back \(duration.spelled)")
    }

    @Test("P8: a clock that was wrong for a day and is put right leaves no timer in the future it came from", arguments: jumps)
    func thereAndBack(_ duration: Duration) throws {
        let bench = try town()
        try jump(bench, duration)
        bench.pass(1.days, by: 10.minutes)
        try jump(bench, .zero - duration)
        bench.pass(1.days, by: 10.minutes)
        try livesOn(bench, "there and back by \(duration.spelled)")
    }

    @Test("P8: also when the daemon was down while the clock was put right")
    func whileDown() throws {
        let bench = try town()
        try jump(bench, 3650.days)
        bench.clock.set(bench.clock.now - 3650.days)
        try bench.restart()
        bench.pass(1.days, by: 10.minutes)
        try livesOn(bench, "put right while down")
    }

    @Test("P8: back through a firing, it does not fire again, and tomorrow it does")
    func throughAFiring() throws {
        let bench = try town()
        let rang = try bench.strikes("strike")
        bench.clock.set(bench.clock.now - 2.hours)
        bench.step()
        bench.pass(22.hours, by: 1.minutes)
        #expect(try bench.strikes("strike") == rang)
        bench.pass(4.hours, by: 1.minutes)
        #expect(try bench.strikes("strike").count == rang.count + 1)
    }

    @Test("P8: two hours of a paused machine are made up for once, each as late as its policy takes")
    func pause() throws {
        let bench = try Bench.clockwork(Self.springs)
        try jump(bench, 2.hours)
        #expect(try count(bench) == [1, 1, 0, 1])
        try livesOn(bench, "after a pause")
    }

    @Test("P8: a store that was full is tried again also when the clock has gone back ten years meanwhile")
    func fullDisk() throws {
        let bench = try town()
        bench.store.room = 0
        bench.pass(1.minutes)
        #expect(bench.degraded != nil)
        bench.clock.set(bench.clock.now - 3650.days)
        bench.store.room = nil
        bench.pass(2.seconds, by: 1.seconds)
        #expect(bench.degraded == nil)
    }

    @Test("what comes round by itself keeps to its schedule, however late or faulty one time was")
    func schedule() throws {
        let bench = try Bench.clockwork(every: 10.minutes)
        let first = bench.clock.now + 10.minutes
        bench.pass(10.minutes + 7.seconds)
        bench.pass(21.minutes)
        bench.pass(45.minutes, by: 13.seconds)
        #expect(try bench.strikes("tick") == [0, 20, 30, 40, 50, 60].map { first + Int($0).minutes })
    }
}
