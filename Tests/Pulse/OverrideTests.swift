import Kit
import Shared
import Testing
import Workbench

@Suite("Figures that staff set")
struct OverrideTests {
    private func bench() throws -> Bench {
        let bench = try Bench.activity()
        for day in 0..<4 { bench.say(Said(1, at: .noon((day - 3).days))) }
        bench.say(Said(2, at: .noon(0.days)))
        return bench
    }

    @discardableResult
    private func override(_ bench: Bench, _ figure: JSON, _ value: JSON) throws -> JSON {
        try bench.run(
            "activity.override",
            ["member": .id(Town.member(1)), "figure": figure, "value": value, "reason": "made up for the *move*"])
    }

    @Test(arguments: [("score", 100.0), ("score", 0.5), ("points", 1000), ("points", 2), ("streak", 30), ("streak", 0)])
    func `MOD-07 a figure becomes what staff say, stays so through a restart, and is as before when withdrawn`(
        _ figure: String, _ value: Double
    ) throws {
        let bench = try bench()
        let before = try bench.profile(1)
        let set = try override(bench, .string(figure), .double(value))
        #expect(set[figure]?.double == value)
        #expect(try bench.profile(1)[figure]?.double == value)
        try bench.restart()
        #expect(try bench.profile(1)[figure]?.double == value)
        try bench.run("activity.withdraw", ["id": set["id"] ?? .null])
        let after = try bench.profile(1)
        for name in ["score", "points", "streak", "best_streak", "messages"] { #expect(after[name] == before[name], "\(name)") }
    }

    @Test func `a bot has no figures that could be set`() throws {
        let bench = try bench()
        var robot = Town.profile(7, named: "robot")
        robot.isBot = true
        bench.hear(Town.seen(members: [robot]))
        let params: JSON = ["member": .id(robot.id), "value": 5, "reason": "why not"]
        #expect(throws: Refusal.self) { try bench.run("activity.override", params) }
        #expect(try bench.numbers("SELECT COUNT(*) FROM activity_corrections") == [0])
    }

    @Test func `MOD-07 a streak that was set goes on with the next day, and ends like any other`() throws {
        let bench = try bench()
        try override(bench, "streak", 30)
        bench.pass(1.days)
        bench.say(Said(1, at: .noon(1.days)))
        #expect(try bench.profile(1)["streak"] == 31)
        try bench.tune("activity.decay", 0.9)
        bench.pass(1.minutes)
        #expect(try bench.profile(1)["streak"] == 31, "it is still there when all days are folded again")
        bench.pass(3.days)
        #expect(try bench.profile(1)["streak"] == 0)
    }

    @Test func `MOD-07 LEAD-03 why shows the difference as a line of its own, with its reason`() throws {
        let bench = try bench()
        try override(bench, "points", 1000)
        let rows = try bench.run("activity.why", ["member": .id(Town.member(1))])["rows"]?.array ?? []
        let line = rows.first { $0["what"] == "correction" }
        #expect(line?["rules"]?[0]?["rule"] == "made up for the *move*")
        #expect(
            line?["points"]?.double == 1000
                - (rows.compactMap { $0["points"]?.double }.reduce(0, +) - (line?["points"]?.double ?? 0)))
        let listed = try bench.run("activity.corrections")["rows"]?[0]
        #expect(listed?["by"] == "root" && listed?["member"]?["id"] == .id(Town.member(1)))
    }

    @Test func `MOD-07 a streak is whole days, and only a correction that is there is withdrawn`() throws {
        let bench = try bench()
        #expect(throws: Refusal.self) { try override(bench, "streak", 1.5) }
        #expect(throws: Refusal.self) { try override(bench, "score", -1) }
        #expect(throws: Refusal.self) { try bench.run("activity.withdraw", ["id": 77]) }
        #expect(try bench.numbers("SELECT COUNT(*) FROM activity_corrections") == [0])
    }
}
