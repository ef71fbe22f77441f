import Kit
import Shared
import Testing
import Workbench

@Suite("Tiers, and what is kept")
struct TierTests {
    @Test func `RWD-06 of a ladder's tiers the highest is kept, or all where a server wants it; other ladders stand beside`()
        throws
    {
        let bench = try Bench.rewards()
        try bench.reward(Bench.bronze, 0, "messages >= 8")
        try bench.reward(Bench.silver, 1, "messages >= 9")
        try bench.reward(Bench.gold, 1, "messages >= 10", ["ladder": "loud"])
        try bench.apply()
        #expect(bench.holders(of: Bench.bronze) == [8])
        #expect(bench.holders(of: Bench.silver) == [9, 10])
        #expect(bench.holders(of: Bench.gold) == [10])
        bench.hear(Said(8, at: Bench.start + 1.minutes).event)
        #expect(
            try bench.run("rewards.plan")["rows"]?.array?.map { $0["why"] } == [
                "fulfils the rule", "has a higher tier of main",
            ])
        #expect(Set(try bench.apply()) == ["+8Silver", "-8Bronze"])
        try bench.tune("rewards.tiers", "all")
        #expect(Set(try bench.apply()) == ["+8Bronze", "+9Bronze", "+10Bronze"])
    }

    @Test func `RWD-06 a tier that cannot be given takes nobody's lower one away`() throws {
        var roles = Bench.roles
        let bench = try Bench.rewards(roles)
        try bench.reward(Bench.bronze, 0, "messages >= 8")
        try bench.apply()
        try bench.reward(Bench.silver, 1, "messages >= 9")
        roles[2].position = 50
        bench.hear(.roleSeen(roles[2]))
        #expect(try bench.apply() == [])
        #expect(bench.holders(of: Bench.bronze) == [8, 9, 10])
        let counts = try bench.run("rewards.plan")["counts"]?.array
        let silver = try #require(counts?.first { $0["name"] == "Silver" })
        #expect(silver["blocked"] == 2)
        #expect(
            silver["trouble"]
                == "The role Silver stands above mine. Drag my role above it in the server's settings, under Roles.")
    }

    @Test func `a role is taken back when its rule fails, after its grace, or never`() throws {
        let bench = try Bench.rewards()
        try bench.reward(Bench.bronze, 1, "messages(3d) >= 9", ["ladder": "a"])
        try bench.reward(Bench.silver, 1, "messages(3d) >= 9", ["ladder": "b", "grace": "2d"])
        try bench.reward(Bench.gold, 1, "messages(3d) >= 9", ["ladder": "c", "keep": true])
        try bench.apply()
        bench.clock.pass(3.days)
        #expect(try bench.apply().sorted() == ["-10Bronze", "-9Bronze"])
        #expect(
            try bench.texts("SELECT why FROM rewards_changes WHERE deed = 'take'") == [
                "messages(3d) is 0, needs 9: 9 to go", "messages(3d) is 0, needs 9: 9 to go",
            ])
        bench.clock.pass(1.days)
        #expect(try bench.apply() == [])
        bench.clock.pass(1.days)
        #expect(try bench.apply().sorted() == ["-10Silver", "-9Silver"])
        bench.clock.pass(100.days)
        #expect(try bench.apply() == [])
        #expect(bench.holders(of: Bench.gold) == [9, 10])
    }

    @Test func `what was given by hand is not taken, what was taken by hand is not given again until a setting says so`() throws
    {
        let bench = try Bench.rewards()
        bench.hand(1, gives: Bench.bronze)
        try bench.reward(Bench.bronze, 1, "messages >= 9")
        try bench.apply()
        #expect(bench.holders(of: Bench.bronze) == [1, 9, 10])
        bench.clock.pass(1.hours)
        bench.hand(9, takes: Bench.bronze)
        #expect(try bench.apply() == [])
        #expect(
            try bench.run("rewards.check", ["member": .id(Town.member(9))])["rows"]?[0]?["why"]
                == "it was taken from them by hand")
        try bench.tune("rewards.regrant", true)
        #expect(try bench.apply() == ["+9Bronze"])
    }

    @Test func `RWD-06 a rule may ask for a tier that is held, or for how many`() throws {
        let bench = try Bench.rewards()
        try bench.reward(Bench.bronze, 2, "messages >= 8")
        try bench.reward(Bench.silver, 1, "tier >= 2 and messages >= 10", ["ladder": "loud"])
        #expect(try bench.apply() == ["+8Bronze", "+9Bronze", "+10Bronze"])
        #expect(try bench.apply() == ["+10Silver"])
        try bench.run("rewards.edit", ["reward": "Silver", "criteria": "rewards >= 3"])
        #expect(try bench.apply() == ["-10Silver"])
    }
}
