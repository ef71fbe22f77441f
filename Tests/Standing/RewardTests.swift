import Kit
import Shared
import Testing
import Workbench

@Suite("Rewards")
struct RewardTests {
    @Test func `RWD-01 a reward is added, listed, changed, paused, removed and had back`() throws {
        let bench = try Bench.rewards()
        let added = try bench.reward(Bench.bronze, 1, "messages(30d)>=5 && !role(\"muted\")")
        #expect(added["id"] == 1 && added["name"] == "Bronze" && added["tier"] == 1 && added["state"] == "on")
        #expect(added["criteria"] == "messages(30d) >= 5 and not role(\"Muted\")")
        #expect(try bench.texts("SELECT rule FROM rewards_rewards") == ["messages(30d) >= 5 and not role(304)"])
        #expect(try bench.run("rewards.edit", ["reward": "bronze", "tier": 2, "for": "7d"])["for"] == "7 d")
        #expect(try bench.run("list_rewards")["rows"]?.array?.map { $0["tier"] } == [2])
        #expect(try bench.run("rewards.pause", ["reward": "1"])["state"] == "paused")
        #expect(try bench.run("rewards.plan")["counts"] == [])
        #expect(try bench.run("rewards.resume", ["reward": 1])["state"] == "on")
        #expect(try bench.card("rewards.remove", ["reward": "Bronze"]).last == "rewards restore 1 brings it back.")
        #expect(try bench.run("rewards.list")["rows"] == [])
        #expect(bench.refusal("rewards.show", ["reward": "Bronze"])?.kind == .notFound)
        #expect(try bench.run("rewards.restore", ["reward": "1"])["state"] == "on")
        #expect(try bench.run("rewards.edit", ["reward": "1", "for": "always"])["for"] == "always")
    }

    @Test func `RWD-01 the last run is remembered, and the next one is shown`() throws {
        let bench = try Bench.rewards()
        #expect(try bench.reward(Bench.bronze, 1, "messages >= 5")["last_ms"] == nil)
        try bench.apply()
        let row = try bench.run("rewards.show", ["reward": "1"])
        #expect(row["last_ms"]?.int == Bench.start.milliseconds && row["holders"] == 6)
        #expect(row["next_ms"]?.int == (Bench.start + 16.hours).milliseconds)
    }

    @Test func `RWD-02 a plan counts who gains, loses, keeps and is blocked, names them a page at a time, and changes nothing`()
        throws
    {
        let bench = try Bench.rewards()
        bench.hand(9, gives: Bench.bronze)
        try bench.reward(Bench.bronze, 1, "messages >= 6")
        let plan = try bench.run("rewards.plan", ["limit": 3])
        #expect(plan["counts"]?[0]?["gains"] == 4 && plan["counts"]?[0]?["keeps"] == 1 && plan["counts"]?[0]?["losses"] == 0)
        #expect(plan["rows"]?.array?.count == 3 && plan["rows"]?[0]?["why"] == "fulfils the rule")
        let rest = try bench.run("rewards.plan", .fields(["limit": 3, "cursor": plan["next"]]))
        #expect(rest["rows"]?.array?.map { $0["member"]?["id"] } == [.id(Town.member(10))] && rest["next"] == nil)
        #expect(bench.journal.parcels.isEmpty)
        #expect(try bench.numbers("SELECT COUNT(*) FROM rewards_changes") == [0])
    }

    @Test func `RWD-02 a check says of each condition what it is and what is missing`() throws {
        let bench = try Bench.rewards()
        try bench.reward(Bench.bronze, 1, "messages(30d) >= 5 and streak >= 2 and not role(\"Muted\")")
        let row = try #require(try bench.run("rewards.check", ["member": .id(Town.member(7))])["rows"]?[0])
        #expect(row["verdict"] == "lacks" && row["fulfils"] == false)
        #expect(
            row["lines"]?.array?.map { $0["text"] } == [
                "messages(30d) is 7, needs 5", "streak is 1, needs 2: 1 to go", "has not role(\"Muted\")",
            ])
        #expect(row["lines"]?.array?.map { $0["missing"] } == [nil, 1, nil])
        #expect(bench.refusal("rewards.check", ["member": .id(Bench.bot)])?.field == "member")
        #expect(bench.refusal("rewards.check", ["member": .id(Town.member(99))])?.kind == .notFound)
    }

    @Test func `RWD-03 a run comes each day at its time, gives what was earned, and nothing twice`() throws {
        let bench = try Bench.rewards()
        try bench.reward(Bench.bronze, 1, "messages >= 9")
        bench.pass(15.hours)
        #expect(bench.arrive().isEmpty)
        bench.pass(1.hours)
        #expect(bench.arrive() == ["+9Bronze", "+10Bronze"])
        bench.pass(24.hours)
        #expect(bench.arrive().isEmpty)
        #expect(try bench.texts("SELECT state FROM rewards_runs") == ["done", "done"])
        #expect(try bench.run("rewards.runs")["rows"]?.array?.map { $0["gains"] } == [0, 2])
    }

    @Test func `RWD-03 a weekly run comes on its day, on the server's clocks, also after the settings change; never is never`()
        throws
    {
        let bench = try Bench.rewards()
        try bench.reward(Bench.bronze, 1, "messages >= 9")
        try bench.tune("rewards.run", "weekly")
        try bench.tune("rewards.weekday", "sunday")
        try bench.tune("rewards.at", "6:30")
        try bench.tune("house.zone", "America/New_York")
        #expect(
            try bench.rows("SELECT job, due FROM house_timers WHERE job = 'rewards.daily'").map { $0[1] } == [
                "\(Instant(rfc3339: "2026-08-09T10:30:00Z")?.milliseconds ?? 0)"
            ])
        try bench.tune("rewards.run", "never")
        #expect(try bench.numbers("SELECT COUNT(*) FROM house_timers WHERE job = 'rewards.daily'") == [0])
        bench.pass(8.days, by: 1.days)
        #expect(bench.arrive().isEmpty)
    }

    @Test func `RWD-03 after days away one run comes, by what members are now`() throws {
        let bench = try Bench.rewards()
        try bench.reward(Bench.bronze, 1, "messages(2d) >= 9")
        bench.clock.pass(5.days)
        try bench.restart()
        bench.step()
        #expect(bench.arrive().isEmpty)
        #expect(try bench.numbers("SELECT COUNT(*) FROM rewards_runs") == [1])
    }

    @Test func `RWD-03 more changes than the brake lets pass wait for the staff, who are told`() throws {
        let bench = try Bench.rewards()
        try bench.tune("rewards.brake", 3)
        try bench.tune("rewards.staff", .id(Town.channel(2)))
        try bench.reward(Bench.bronze, 1, "messages >= 5")
        bench.pass(16.hours)
        #expect(bench.journal.cards.map(\.title) == ["Rewards wait for you"])
        #expect(bench.journal.cards[0].buttons.map(\.invocation.command) == ["rewards.plan", "rewards.apply"])
        bench.arrive()
        #expect(try bench.texts("SELECT state FROM rewards_runs") == ["held"])
        #expect(bench.holders(of: Bench.bronze) == [])
        try bench.apply()
        #expect(bench.holders(of: Bench.bronze) == [5, 6, 7, 8, 9, 10])
    }

    @Test func `RWD-02 the first of the board earn a role, and lose it to who passes them`() throws {
        let bench = try Bench.rewards()
        try bench.reward(Bench.gold, 1, "top(2)")
        #expect(try bench.apply() == ["+9Gold", "+10Gold"])
        for number in 0..<5 { bench.hear(Said(8, at: Bench.start + 1.minutes, extra: Int64(number)).event) }
        #expect(Set(try bench.apply()) == ["+8Gold", "-9Gold"])
    }

    @Test func `RWD-02 what a member sees of their rewards reads well`() throws {
        let bench = try Bench.rewards()
        try bench.reward(Bench.bronze, 1, "messages >= 5")
        try bench.reward(Bench.silver, 2, "messages >= 12000 and (streak >= 2 or role(\"Muted\")) and reward(\"Bronze\")")
        try bench.apply()
        try bench.run("rewards.award", ["member": "person-7", "what": "Gold", "for": "7d"])
        bench.arrive()
        #expect(
            try bench.card("rewards.check", ["member": "person-7"]) == [
                "Rewards of person-7",
                "  Silver  Has it not yet.",
                "          ✗ messages is 7, needs 12,000: 11,993 to go",
                "          ✗ one of:",
                "            ✗ streak is 1, needs 2: 1 to go",
                "            ✗ has not role(\"Muted\")",
                "          ✓ has reward(\"Bronze\")",
                "  Bronze  Has it.",
                "          ✓ messages is 7, needs 5",
            ])
        #expect(
            try bench.card("rewards.holders", [:]).contains("person-7 @Gold since 2026-08-06, until 2026-08-13 12:00, awarded"))
        #expect(
            try bench.card("rewards.list", [:]) == [
                "Rewards",
                "2  Silver  main 2, messages >= 12000 and (streak >= 2 or role(\"Muted\")) and reward(\"Bronze\"), 0 holders",
                "1  Bronze  main 1, messages >= 5, 6 holders",
            ])
        #expect(
            try bench.card("rewards.plan", [:]) == [
                "What a run would change", "Silver  0 gain, 0 lose, 0 keep, 0 blocked",
                "Bronze  0 gain, 0 lose, 6 keep, 0 blocked",
                "Nothing would change.",
            ])
    }

    @Test func `RWD-04 taking part in events earns a role`() throws {
        let bench = try Bench.rewards(attended: [2: 4, 3: 3, 8: 12])
        try bench.reward(Bench.silver, 1, "attended(30d) >= 4")
        #expect(try bench.apply() == ["+2Silver", "+8Silver"])
    }

    @Test func `a role deleted, an unknown rule and a refusal are told, and a refused role is tried once a run`() throws {
        let bench = try Bench.rewards()
        try bench.reward(Bench.bronze, 1, "messages >= 5")
        #expect(try bench.apply(refusing: [Bench.bronze]).count == 6)
        let row = try bench.run("rewards.show", ["reward": "1"])
        #expect(row["trouble"] == "Discord refused it (50013): Missing Permissions" && row["holders"] == 0)
        #expect(try bench.apply(refusing: [Bench.bronze]) == ["!+5Bronze"])
        #expect(try bench.run("rewards.plan")["counts"]?[0]?["blocked"] == 5)
        #expect(try bench.apply() == ["+5Bronze"])
        #expect(try bench.run("rewards.show", ["reward": "1"])["trouble"] == nil)
        #expect(try bench.apply().count == 5)
        bench.hear(.roleDeleted(Bench.bronze, guild: Town.guild))
        #expect(
            try bench.run("rewards.show", ["reward": "1"])["trouble"]
                == "The role is gone. Choose another one with rewards edit, or remove the reward.")
    }

    @Test func `a rule that asks for what is gone takes nothing from anybody, and the reward says so`() throws {
        let bench = try Bench.rewards()
        try bench.reward(Bench.bronze, 1, "messages >= 5 and not role(\"Muted\")")
        try bench.apply()
        bench.hear(.roleDeleted(Bench.muted, guild: Town.guild))
        #expect(
            try bench.run("rewards.show", ["reward": "1"])["trouble"]
                == .string(
                    "Its rule asks for the role \(Bench.muted), which is not here any more. Change it with rewards edit."))
        #expect(try bench.apply() == [])
        try bench.run("rewards.edit", ["reward": "1", "criteria": "messages >= 5"])
        #expect(try bench.run("rewards.show", ["reward": "1"])["trouble"] == nil)
    }

    @Test func `many changes go a few at a time, and a refusal stops those that wait`() throws {
        let bench = try Bench.rewards(people: (1...60).map { Bench.person($0) }, words: false)
        try bench.tune("rewards.brake", 1000)
        try bench.reward(Bench.bronze, 1, "server_age >= 30")
        bench.pass(16.hours)
        #expect(bench.journal.parcels.count == 25)
        #expect(bench.arrive(refusing: [Bench.bronze]).count == 25)
        #expect(
            try bench.rows("SELECT outcome, COUNT(*) FROM rewards_changes GROUP BY outcome ORDER BY outcome").map {
                $0.prefix(2)
            } == [["blocked", "35"], ["refused", "25"]])
        try bench.run("rewards.resume", ["reward": "1"])
        try bench.run("rewards.edit", ["reward": "1", "tier": 2])
        bench.pass(24.hours)
        #expect(bench.arrive().count == 60)
        #expect(try bench.run("rewards.runs")["rows"]?[0]?["finished"] == 60)
    }

    @Test func `a newer run takes the place of one that is still under way`() throws {
        let bench = try Bench.rewards(people: (1...60).map { Bench.person($0) }, words: false)
        try bench.tune("rewards.brake", 1000)
        try bench.reward(Bench.bronze, 1, "server_age >= 30")
        bench.pass(16.hours)
        bench.pass(24.hours)
        bench.arrive()
        #expect(bench.holders(of: Bench.bronze).count == 60)
        #expect(try bench.texts("SELECT state FROM rewards_runs") == ["done", "done"])
        #expect(try bench.numbers("SELECT COUNT(*) FROM rewards_changes GROUP BY outcome ORDER BY outcome") == [35, 85])
    }
}
