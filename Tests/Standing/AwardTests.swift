import Kit
import Shared
import Testing
import Workbench

@Suite("Awards and what ends")
struct AwardTests {
    @Test func `RWD-05 a winner is given a reward or a role by hand, with a reason, and it can be taken back`() throws {
        let bench = try Bench.rewards()
        try bench.reward(Bench.gold, 3, "messages >= 1000")
        try bench.run("rewards.award", ["member": .id(Town.member(2)), "what": "Gold", "reason": "won the cup"])
        try bench.run("rewards.award", ["member": "person-3", "what": "@Silver", "for": "7d"])
        #expect(bench.arrive() == ["+2Gold", "+3Silver"])
        #expect(try bench.apply() == [], "an award outlasts the rule")
        let holders = try bench.run("rewards.holders")["rows"]?.array ?? []
        #expect(holders.map { $0["source"] } == ["award", "award"])
        #expect(holders.first { $0["role"]?["name"] == "Silver" }?["until_ms"]?.int == (Bench.start + 7.days).milliseconds)
        #expect(try bench.texts("SELECT why FROM rewards_changes ORDER BY id") == ["awarded: won the cup", "awarded"])
        try bench.run("rewards.revoke", ["member": .id(Town.member(2)), "what": "1", "reason": "cheated"])
        #expect(bench.arrive() == ["-2Gold"])
        #expect(
            bench.refusal("rewards.revoke", ["member": .id(Town.member(2)), "what": "Gold"])?.sentence
                == "person-2 was not given that by me.")
    }

    @Test func `what a member wanted for themselves is taken back by nobody else, who would want it then`() throws {
        let bench = try Bench.rewards(undoing: true)
        let command = try #require(bench.catalogue.command("rewards.almost"))
        var member = Bench.owner
        member.member = Town.member(2)
        _ = try bench.ask(Request(command, params: .init(), guild: Town.guild, person: member))
        let entry = try #require(try bench.numbers("SELECT MAX(id) FROM house_audit").first)
        #expect(
            bench.refusal("audit.undo", ["id": .string("\(entry)")])?.sentence
                == "Entry \(entry) is what person-2 wanted for themselves, and theirs to take back.")
        #expect(try bench.numbers("SELECT member FROM rewards_hopefuls") == [Town.member(2).number])
    }

    @Test func `a plan calls whom and what it concerns by name`() throws {
        let bench = try Bench.rewards()
        let command = try #require(bench.catalogue.command("rewards.award"))
        let params = JSON.Object([("member", .id(Town.member(2))), ("what", "Gold")])
        var request = Request(command, params: params, guild: Town.guild, person: Bench.owner)
        request.isDryRun = true
        guard case .planned(let plan, _, _) = try bench.ask(request) else { throw Bench.Silence() }
        #expect(plan.names == [Town.member(2).number: "person-2", Bench.gold.number: "@Gold"])
    }

    @Test func `RWD-05 winners are given it together, and many want a confirmation that binds the plan`() throws {
        let bench = try Bench.rewards(people: (1...40).map { Bench.person($0) }, words: false)
        let some = try bench.run(
            "rewards.winners", ["what": "Gold", "members": "person-1, <@1002> 1003 person-1", "for": "1d"])
        #expect(some["rows"]?.array?.count == 3)
        #expect(bench.arrive() == ["+1Gold", "+2Gold", "+3Gold"])
        let everybody = (1...30).map { "<@\(1000 + $0)>" }.joined(separator: " ")
        #expect(bench.refusal("rewards.winners", ["what": "Silver", "members": .string(everybody)])?.kind == .unconfirmed)
        #expect(bench.arrive() == [] && bench.holders(of: Bench.silver) == [])
        #expect(bench.refusal("rewards.winners", ["what": "Silver", "members": "nobody-here"])?.field == "members")
    }

    @Test func `a plan for many is confirmed as it was shown, and another plan is not`() throws {
        let bench = try Bench.rewards(people: (1...40).map { Bench.person($0) }, words: false)
        try bench.reward(Bench.bronze, 1, "server_age >= 30")
        let refused = try #require(bench.refusal("rewards.apply", [:]))
        let token = try #require(refused.confirmation?.token)
        #expect(refused.confirmation?.plan.changes.map(\.after["gains"]) == [40])
        #expect(try bench.numbers("SELECT COUNT(*) FROM rewards_runs") == [0], "nothing is left of what was not confirmed")
        #expect(try bench.numbers("SELECT COUNT(*) FROM rewards_changes") == [0])
        bench.hand(1, gives: Bench.bronze)
        #expect(try bench.confirm("rewards.apply", token)?.kind == .unconfirmed)
        let again = try #require(bench.refusal("rewards.apply", [:])?.confirmation?.token)
        #expect(again != token)
        #expect(try bench.confirm("rewards.apply", again) == nil)
        #expect(bench.arrive().count == 39)
    }

    @Test func `RWD-06 what is for a time is taken back when it ends, also when the bot was away, and a run gives it anew`()
        throws
    {
        let bench = try Bench.rewards()
        try bench.reward(Bench.bronze, 1, "messages(30d) >= 9", ["for": "2d"])
        try bench.apply()
        bench.pass(47.hours)
        #expect(bench.arrive().isEmpty)
        bench.clock.pass(9.hours)
        try bench.tune("rewards.run", "never")
        try bench.restart()
        bench.step()
        #expect(bench.arrive().sorted() == ["-10Bronze", "-9Bronze"])
        #expect(try bench.numbers("SELECT COUNT(*) FROM rewards_holdings") == [0])
        #expect(try bench.apply().sorted() == ["+10Bronze", "+9Bronze"])
    }

    @Test func `RWD-06 a temporary role survives a leave and a return, and its end does too`() throws {
        let bench = try Bench.rewards()
        try bench.run("rewards.award", ["member": .id(Town.member(3)), "what": "Gold", "for": "3d"])
        try bench.run("rewards.award", ["member": .id(Town.member(4)), "what": "Gold", "for": "3d"])
        bench.arrive()
        bench.hear(.memberLeft(Town.member(3), guild: Town.guild), .memberLeft(Town.member(4), guild: Town.guild))
        bench.clock.pass(1.days)
        bench.hear(.memberSeen(Bench.person(3, joined: bench.clock.now), joined: true))
        #expect(bench.arrive() == ["+3Gold"])
        bench.pass(2.days)
        #expect(bench.arrive() == ["-3Gold"])
        bench.hear(.memberSeen(Bench.person(4, joined: bench.clock.now), joined: true))
        #expect(bench.arrive().isEmpty, "it ended while they were away")
    }

    @Test func `RWD-06 an end that Discord refuses is tried again until it is done`() throws {
        let bench = try Bench.rewards()
        try bench.tune("rewards.run", "never")
        try bench.run("rewards.award", ["member": .id(Town.member(3)), "what": "Gold", "for": "1d"])
        bench.arrive()
        bench.pass(1.days)
        #expect(bench.arrive(refusing: [Bench.gold]) == ["!-3Gold"])
        bench.pass(6.hours)
        #expect(bench.arrive() == ["-3Gold"])
    }

    @Test func `an award that ends is kept by who fulfils the rule meanwhile`() throws {
        let bench = try Bench.rewards()
        try bench.reward(Bench.bronze, 1, "messages >= 9")
        try bench.run("rewards.award", ["member": .id(Town.member(10)), "what": "Bronze", "for": "2h"])
        try bench.run("rewards.award", ["member": .id(Town.member(1)), "what": "Bronze", "for": "2h"])
        bench.arrive()
        bench.pass(2.hours)
        #expect(bench.arrive() == ["-1Bronze"])
        #expect(try bench.texts("SELECT source FROM rewards_holdings") == ["rule"])
    }

    @Test func `what was earned by a rule and is revoked is not given again as long as the rule holds`() throws {
        let bench = try Bench.rewards()
        try bench.reward(Bench.bronze, 1, "messages(2d) >= 10")
        try bench.apply()
        try bench.run("rewards.revoke", ["member": .id(Town.member(10)), "what": "Bronze"])
        #expect(bench.arrive() == ["-10Bronze"])
        #expect(try bench.apply() == [])
        bench.clock.pass(3.days)
        #expect(try bench.apply() == [])
        for number in 0..<10 { bench.hear(Said(10, at: bench.clock.now, extra: Int64(number)).event) }
        #expect(try bench.apply() == ["+10Bronze"], "earned anew")
    }

    @Test func `removing a reward leaves its holders the role, or takes it from them`() throws {
        let bench = try Bench.rewards()
        try bench.reward(Bench.bronze, 1, "messages >= 9")
        try bench.apply()
        try bench.run("rewards.remove", ["reward": "1"])
        #expect(try bench.apply() == [] && bench.holders(of: Bench.bronze) == [9, 10])
        try bench.run("rewards.restore", ["reward": "1"])
        try bench.run("rewards.remove", ["reward": "1", "take": true])
        #expect(bench.arrive().sorted() == ["-10Bronze", "-9Bronze"])
    }

    @Test func `a reward that gives another role takes the old one back and gives the new one with the next run`() throws {
        let bench = try Bench.rewards()
        try bench.reward(Bench.bronze, 1, "messages >= 9")
        try bench.apply()
        try bench.run("rewards.edit", ["reward": "1", "role": "Silver"])
        #expect(bench.arrive() == ["-9Bronze", "-10Bronze"])
        #expect(try bench.apply() == ["+9Silver", "+10Silver"])
    }

    @Test(
        arguments: [
            ("rewards.award", ["member": .id(Bench.bot), "what": "Gold"], "member"),
            ("rewards.award", ["member": .id(Town.member(77)), "what": "Gold"], "member"),
            ("rewards.award", ["member": .id(Town.member(1)), "what": "Gould"], "what"),
            ("rewards.award", ["member": .id(Town.member(1)), "what": "Booster"], "what"),
            ("rewards.award", ["member": .id(Town.member(1)), "what": "Above"], "what"),
            ("rewards.award", ["member": .id(Town.member(1)), "what": "@everyone"], "what"),
            ("rewards.award", ["member": .id(Town.member(1)), "what": "Gold", "for": "soon"], "for"),
            (
                "rewards.award",
                ["member": .id(Town.member(1)), "what": "Gold", "reason": .string(String(repeating: "x", count: 201))], "reason"
            ),
            ("rewards.winners", ["what": "Gold", "members": " , "], "members"),
            ("rewards.add", ["role": "Booster", "tier": 1, "criteria": "streak >= 1"], "role"),
            ("rewards.add", ["role": "Above", "tier": 1, "criteria": "streak >= 1"], "role"),
            ("rewards.add", ["role": "@everyone", "tier": 1, "criteria": "streak >= 1"], "role"),
            ("rewards.add", ["role": "999", "tier": 1, "criteria": "streak >= 1"], "role"),
            ("rewards.add", ["role": "Gold", "tier": -1, "criteria": "streak >= 1"], "tier"),
            ("rewards.add", ["role": "Gold", "tier": "high", "criteria": "streak >= 1"], "tier"),
            ("rewards.add", ["role": "Gold", "tier": 1, "criteria": "streak >= "], "criteria"),
            ("rewards.add", ["role": "Gold", "tier": 1, "criteria": "drop table >= 1"], "criteria"),
            ("rewards.add", ["role": "Gold", "tier": 1, "criteria": "streak >= 1", "name": "77"], "name"),
            ("rewards.add", ["role": "Gold", "tier": 1], "criteria"),
            ("rewards.add", ["role": "Bronze", "tier": 1, "criteria": "streak >= 1"], "role"),
            ("rewards.add", ["role": "Gold", "tier": 1, "criteria": "streak >= 1", "name": "bronze"], "name"),
            ("rewards.edit", ["reward": "1", "criteria": "reward(1)"], "criteria"),
            ("rewards.edit", ["reward": "2"], "reward"), ("rewards.show", ["reward": "Brunze"], "reward"),
            ("rewards.unlock", ["reward": "1", "channel": .id(Town.channel(99))], "channel"),
            ("rewards.lock", ["reward": "1", "channel": .id(Town.channel(1))], "channel"),
            ("rewards.simulate", [:], "criteria"), ("rewards.simulate", ["criteria": "streak >= 1"], "reward"),
            ("rewards.simulate", ["decay": 2], "decay"), ("rewards.plan", ["show": "winners"], "show"),
        ] as [(String, JSON, String)])
    func `what cannot work is refused, with the field that is at fault`(_ command: String, _ params: JSON, _ field: String)
        throws
    {
        let bench = try Bench.rewards(words: false)
        try bench.reward(Bench.bronze, 1, "streak >= 5")
        let refusal = try #require(bench.refusal(command, params))
        #expect(refusal.field == field, "\(refusal.sentence)")
        #expect(refusal.sentence.hasSuffix("."))
        #expect(try bench.numbers("SELECT COUNT(*) FROM rewards_rewards") == [1])
        #expect(try bench.numbers("SELECT COUNT(*) FROM rewards_holdings") == [0])
    }

    @Test func `what another server has is not found here`() throws {
        let bench = try Bench.rewards(words: false)
        try bench.reward(Bench.bronze, 1, "streak >= 5")
        let other = name(500, Guild.self)
        bench.hear(
            .guildSeen(
                GuildSeen(
                    profile: GuildProfile(id: other, name: "Elsewhere", owner: Town.owner, locale: "en-GB", afkChannel: nil),
                    joined: nil, memberCount: 0, channels: [], roles: [], members: MemberList(), voice: [])))
        for command in ["rewards.show", "rewards.pause", "rewards.remove", "rewards.restore"] {
            #expect(bench.refusal(command, ["reward": "1"], in: other)?.kind == .notFound)
        }
        #expect(try bench.run("rewards.list", in: other)["rows"] == [])
    }

    @Test func `without Manage Roles nothing is tried, and what to grant is said`() throws {
        var roles = Bench.roles
        roles[7].permissions = [.viewChannel]
        let bench = try Bench.rewards(roles, words: false)
        let refusal = bench.refusal("rewards.add", ["role": "Bronze", "tier": 1, "criteria": "streak >= 5"])
        #expect(
            refusal?.sentence == "I may not manage roles."
                && refusal?.hint == "Grant Manage Roles to my role in the server's settings.")
    }

    @Test func `what is known of a member is exported and erased, but what is for a time stays theirs to lose`() throws {
        let bench = try Bench.rewards()
        try bench.reward(Bench.bronze, 1, "messages >= 9")
        try bench.apply()
        try bench.run("rewards.award", ["member": .id(Town.member(9)), "what": "Gold", "for": "1d"])
        bench.arrive()
        let kept = try bench.run("tune.export", ["member": .id(Town.member(9))])["rewards"]
        #expect(kept?["holdings"]?.array?.count == 2 && kept?["changes"]?.array?.count == 2)
        try bench.run("tune.erase", ["member": .id(Town.member(9))])
        let left = try bench.run("tune.export", ["member": .id(Town.member(9))])["rewards"]
        #expect(left?["holdings"]?.array?.map { $0["role"] } == [.string(Bench.gold.description)] && left?["changes"] == [])
    }
}

extension Bench {
    /// Runs it with a confirmation; answers the refusal, if it is refused.
    fileprivate func confirm(_ command: String, _ token: String) throws -> Refusal? {
        guard let found = catalogue.command(command) else { throw Silence() }
        var request = Request(found, params: .init(), guild: Town.guild, person: Self.owner)
        request.confirm = token
        if case .refused(let refusal) = try ask(request) { return refusal }
        return nil
    }
}
