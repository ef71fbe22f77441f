import Kit
import Shared
import Testing
import Workbench

@Suite("Onboarding: who comes, who is reminded, who goes")
struct ArrivalTests {
    private func greeting(_ way: String = "channel") throws -> Bench {
        let bench = try Bench.onboarding()
        try bench.putsUpNotice()
        try bench.tune("onboarding.greet", .string(way))
        try bench.tune("onboarding.greeting_channel", .id(Town.channel(3)))
        bench.settles()
        return bench
    }

    /// Whom the greetings mention.
    private func greeted(_ effects: [Effect]) -> [Int64] {
        effects.flatMap { effect -> [Int64] in
            guard case .post(let channel, let post) = effect, channel.known == Town.channel(3) else { return [] }
            return post.mentions.members.map { $0.number - 1000 }
        }
    }

    @Test func `ONB-08 who joins is greeted once, whatever Discord tells twice; bots are not`() throws {
        let bench = try greeting()
        bench.joins(20)
        bench.joins(20)
        bench.joins(21, bot: true)
        bench.step()
        #expect(greeted(bench.settles()) == [20])
        try bench.restart()
        bench.pass(1.minutes)
        #expect(bench.settles().isEmpty)
        bench.hear(.memberLeft(Town.member(20), guild: Town.guild))
        bench.joins(20)
        bench.pass(1.minutes)
        #expect(greeted(bench.settles()) == [], "who comes and goes is greeted once a day")
        bench.clock.pass(2.days)
        bench.hear(.memberLeft(Town.member(20), guild: Town.guild))
        bench.joins(20)
        bench.pass(1.minutes)
        #expect(greeted(bench.settles()) == [20])
        #expect(try bench.numbers("SELECT COUNT(*) FROM onboarding_journeys") == [1])
    }

    @Test(arguments: ["channel", "privately"])
    func `ONB-08 five hundred in a minute are a few messages, and everybody is greeted once`(_ way: String) throws {
        let bench = try greeting(way)
        var effects: [Effect] = []
        for second in 0..<50 {
            for number in 0..<10 { bench.joins(Int64(100 + second * 10 + number)) }
            bench.pass(1.seconds)
            if second % 20 == 7 { try bench.restart() }
            effects += bench.settles()
        }
        bench.pass(5.minutes, by: 5.seconds)
        effects += bench.settles()
        let openly = greeted(effects)
        let privately = effects.compactMap { effect -> Int64? in
            if case .privately(let member, _) = effect { member.number - 1000 } else { nil }
        }
        #expect((openly + privately).sorted() == (100..<600).map { $0 })
        let posts = effects.count { if case .post = $0 { true } else { false } }
        #expect(posts <= 30 && privately.count <= (way == "channel" ? 0 : 40), "\(posts) posts, \(privately.count) letters")
    }

    @Test func `who wants no letters, or cannot be written to, is greeted in the channel`() throws {
        let bench = try greeting("privately")
        for number in [20, 21, 22] as [Int64] { bench.joins(number) }
        try bench.step("privacy.decline", ["what": "messages"], as: 21)
        bench.step()
        let closed = Receipt.Outcome.refused(code: 50007, message: "Cannot send messages to this user")
        var effects: [Effect] = []
        for _ in 0..<6 {
            effects += bench.settles {
                if case .privately(let member, _) = $0, member == Town.member(22) { closed } else { .done(made: 7100) }
            }
            bench.pass(10.seconds)
        }
        #expect(greeted(effects).sorted() == [21, 22])
    }

    @Test func `ONB-08 who joined while nobody listened is found in the list, greeted unless it is too late, and led on`()
        throws
    {
        let bench = try greeting()
        let before = bench.clock.now
        bench.clock.pass(3.days)
        var early = Town.profile(30, named: "early"), late = Town.profile(31, named: "late"),
            old = Town.profile(32, named: "old")
        early.joined = before + 1.hours
        late.joined = bench.clock.now - 2.hours
        old.joined = before - 10.days
        bench.hear(.membersListed(guild: Town.guild, MemberList([early, late, old]), ListPart(0, of: 1)))
        bench.hear(.membersListed(guild: Town.guild, MemberList([early, late, old]), ListPart(0, of: 1)))
        bench.pass(1.minutes, by: 10.seconds)
        #expect(greeted(bench.settles()) == [31])
        #expect(try bench.stage(30) == "joined")
        #expect(try bench.stage(32) == nil)
        #expect(try bench.step("onboarding.start", as: 30)["stage"] == "privacy")
    }

    @Test func `who joined before the onboarding was set up is left alone`() throws {
        let bench = try Bench.onboarding()
        bench.pass(30.days, by: 10.days)
        var old = Town.profile(30, named: "old")
        old.joined = bench.clock.now - 2.hours
        try bench.tune("onboarding.greet", "channel")
        try bench.tune("onboarding.greeting_channel", .id(Town.channel(3)))
        try bench.putsUpNotice()
        bench.clock.pass(1.hours)
        var new = Town.profile(31, named: "new")
        new.joined = bench.clock.now
        bench.hear(.membersListed(guild: Town.guild, MemberList([old, new]), ListPart(0, of: 1)))
        bench.step()
        #expect(greeted(bench.settles()) == [31])
        #expect(try bench.stage(30) == nil)
        bench.joins(32)
        bench.pass(1.minutes)
        #expect(greeted(bench.settles()) == [32])
    }

    @Test func `who has not finished is reminded at growing distances, and not for ever`() throws {
        let bench = try greeting("no")
        bench.joins(20)
        bench.joins(21)
        try bench.begins(21)
        var times: [Int64: [Int]] = [:]
        for hour in 1...200 {
            bench.pass(1.hours)
            for case .privately(let member, _) in bench.settles() { times[member.number - 1000, default: []].append(hour) }
        }
        #expect(times[21] == nil, "who finished is left alone")
        #expect(times[20]?.count == 2)
        #expect(
            times[20]?.first.map { (24...25).contains($0) } == true && times[20]?.last.map { (72...75).contains($0) } == true)
    }

    @Test func `who never finishes is removed only where that is wanted, after a reminder, and never who was given a role`()
        throws
    {
        let bench = try greeting("no")
        for number in 20..<50 as Range<Int64> { bench.joins(number) }
        var trusted = Town.profile(49, named: "person-49", roles: [Town.role(2)])
        trusted.joined = bench.clock.now
        bench.hear(.memberSeen(trusted, joined: false))
        bench.pass(10.days, by: 6.hours)
        #expect(!bench.settles().contains { if case .kick = $0 { true } else { false } })
        try bench.tune("onboarding.remove_after", "7 d")
        var kicked: [Int64] = []
        for _ in 0..<6 {
            bench.pass(1.hours)
            let some = bench.settles().compactMap {
                if case .kick(_, let member, _) = $0 { member.number - 1000 } else { nil } as Int64?
            }
            #expect(some.count <= 10)
            for member in some { bench.hear(.memberLeft(Town.member(member), guild: Town.guild)) }
            kicked += some
        }
        #expect(kicked.sorted() == (20..<49).map { $0 })
        #expect(try bench.numbers("SELECT COUNT(*) FROM onboarding_removals WHERE outcome = 'done'") == [29])
    }

    @Test func `removing by hand is shown first, counted, and refused where the bot may not`() throws {
        let bench = try greeting("no")
        for number in 20..<23 as Range<Int64> { bench.joins(number) }
        bench.pass(5.days, by: 1.days)
        bench.settles()
        let refusal = bench.no("onboarding.dismiss", ["days": 3])
        #expect(refusal?.kind == .unconfirmed && refusal?.confirmation?.plan.effects.count == 4)
        #expect(bench.settles().isEmpty)
        #expect(bench.no("onboarding.dismiss", ["days": 30])?.kind == .notFound)
        bench.hear(.roleSeen(Town.role(5, [.manageRoles])))
        #expect(bench.no("onboarding.dismiss", ["days": 3])?.sentence == "I lack Kick Members here.")
    }
}
