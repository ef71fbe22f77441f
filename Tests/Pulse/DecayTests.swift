import Kit
import Shared
import Testing
import Workbench

@Suite("What days do to points")
struct DecayTests {
    @Test func `ACT-03 a day's points count by 0.98 for each whole day since`() throws {
        let bench = try Bench.activity()
        bench.say(Said(1, at: .noon()))
        #expect(try bench.profile(1)["score"] == 4)
        bench.pass(11.hours + 59.minutes)
        #expect(try bench.profile(1)["score"] == 4)
        bench.pass(1.minutes)
        #expect(try bench.profile(1)["score"] == 3.92)
        bench.pass(1.days)
        #expect(try bench.profile(1)["score"]?.double == 3.842)
        #expect(try bench.profile(1)["points"] == 4)
    }

    @Test func `ACT-03 the rate is a setting, and changing it counts for every day there was`() throws {
        let bench = try Bench.activity()
        bench.say(Said(1, at: .noon()))
        bench.pass(2.days)
        bench.say(Said(1, at: .noon(2.days)))
        try bench.tune("activity.decay", 0.5)
        bench.pass(1.seconds, by: .milliseconds(100))
        #expect(try bench.profile(1)["score"] == 5)
        #expect(try bench.texts("SELECT outcome FROM house_jobs WHERE job = 'activity.refold'") == ["done"])
    }

    @Test func `ACT-03 folding again comes to what a bench with that rate from the start has`() throws {
        let changed = try Bench.activity()
        let steady = try Bench.activity()
        try steady.tune("activity.decay", 0.9)
        try steady.tune("activity.window", 2)
        for day in [0, 1, 3, 4, 8] {
            for member in Int64(1)...3 where (day + Int(member)) % 2 == 0 {
                for bench in [changed, steady] { bench.say(Said(member, in: member, at: .noon(day.days), extra: member)) }
            }
            for bench in [changed, steady] { bench.pass(1.days) }
        }
        try changed.tune("activity.decay", 0.9)
        try changed.tune("activity.window", 2)
        changed.pass(1.seconds, by: .milliseconds(50))
        steady.pass(1.seconds, by: .milliseconds(50))
        let sql: SQL =
            "SELECT member, points, streak, best, active_day, ROUND(place, 6) FROM activity_standings ORDER BY member"
        #expect(try changed.rows(sql).map { $0.prefix(6) } == steady.rows(sql).map { $0.prefix(6) })
        #expect(try changed.rows(sql).count == 3)
    }

    @Test(arguments: [(1, 1), (2, 3)] as [(Int, Int64)])
    func `ACT-05 a streak grows by consecutive days and ends when its window is over`(_ window: Int, _ after: Int64) throws {
        let bench = try Bench.activity()
        try bench.tune("activity.window", .int(Int64(window)))
        bench.pass(1.seconds, by: .milliseconds(50))
        bench.say(Said(1, at: .noon()), Said(1, at: .noon(1.minutes)))
        bench.say(Said(1, at: .noon(1.days)))
        #expect(try bench.stood(1).streak == 2)
        bench.say(Said(1, at: .noon(3.days)))
        #expect(try bench.stood(1).streak == after)
        #expect(try bench.stood(1).best == max(2, after))
    }

    @Test func `ACT-05 a streak stands until its window is over, and is nothing after`() throws {
        let bench = try Bench.activity()
        bench.say(Said(1, at: .noon()))
        for streak in [1, 1, 0, 0] as [JSON] {
            #expect(try bench.profile(1)["streak"] == streak)
            bench.pass(1.days)
        }
        #expect(try bench.profile(1)["best_streak"] == 1)
    }

    @Test func `ACT-05 a message that comes late closes the gap of a streak`() throws {
        let bench = try Bench.activity()
        bench.say(Said(1, at: .noon()), Said(1, at: .noon(2.days)))
        #expect(try bench.stood(1).streak == 1)
        bench.say(Said(1, in: 2, at: .noon(1.days)))
        #expect(try bench.stood(1) == Stood(points: 12000, messages: 3, streak: 3, best: 3))
    }

    @Test func `ACT-05 days are those of the server's zone, also when one has 25 hours`() throws {
        let evening = try #require(Instant(rfc3339: "2026-10-24T21:59:59.999Z"))
        let bench = try Bench.activity(at: evening)
        try bench.tune("house.zone", "Europe/Brussels")
        bench.pass(1.seconds, by: .milliseconds(50))
        // A millisecond before midnight in summer time, then both ends of the day on which the clocks go back, then the next.
        for later in [Duration.zero, .milliseconds(1), 25.hours, 25.hours + .milliseconds(1)] {
            bench.say(Said(1, at: evening + later))
        }
        #expect(try bench.stood(1).streak == 3)
        #expect(try bench.numbers("SELECT messages FROM activity_ledger ORDER BY day") == [1, 2, 1])
    }
}
