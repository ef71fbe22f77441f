import Shared
import Simulator
import Testing

/// The scores of these stories were added up by hand.
@Suite struct OracleTests {
    let sim = Simulation()
    let house: ID<Guild>
    let general: ID<Channel>
    let music: ID<Channel>
    let ann: ID<Member>
    let ben: ID<Member>

    init() {
        house = sim.guild("Tea House")
        general = sim.channel("general", in: house)
        music = sim.channel("music", in: house)
        ann = sim.member("ann", in: house)
        ben = sim.member("ben", in: house)
    }

    private func points(_ member: ID<Member>) -> Int { sim.oracle().totals(of: house, member: member).points }

    @Test func `the first word starts a conversation, the second does not`() throws {
        try sim.says(ann, in: general, "hello")  // 1 + 3
        sim.pass(10.minutes)
        try sim.says(ben, in: general, "ten minutes are not more than ten")  // 1
        sim.pass(10.minutes + .milliseconds(1))
        try sim.says(ben, in: general, "this is more")  // 1 + 3
        #expect(points(ann) == 4000)
        #expect(points(ben) == 5000)
    }

    @Test func `a reply is worth two more, bots are worth nothing and break no silence`() throws {
        let first = try sim.says(ann, in: general, "hello")  // 4
        sim.pass(8.minutes)
        let chime = sim.otherBot("chime", in: house)
        try sim.says(chime, in: general, "beep")
        sim.webhookSays("feed", in: general, "news")
        sim.systemMessage(7, by: ben, in: general)
        sim.pass(3.minutes)
        try sim.replies(ben, to: first, "hi")  // 1 + 2 + 3
        #expect(points(ann) == 4000)
        #expect(points(ben) == 6000)
        #expect(sim.oracle().totals(of: house) == Oracle.Totals(messages: 2, points: 10_000))
    }

    @Test func `each further channel of a day pays once, and edits never`() throws {
        let said = try sim.says(ann, in: general, "one")  // 4
        try sim.says(ann, in: music, "two")  // 4 + 1
        try sim.says(ann, in: music, "three")  // 1
        try sim.says(ann, in: general, "four")  // 1
        try sim.edits(ann, said, "one, better")
        #expect(points(ann) == 11_000)
        sim.pass(1.days)
        try sim.says(ann, in: music, "a new day")  // 4, the first channel of its day
        #expect(points(ann) == 15_000)
    }

    @Test func `a reaction pays its giver once a message and is taken back with the last one`() throws {
        let said = try sim.says(ann, in: general, "hello")
        try sim.reacts(ann, to: said, "👍")
        #expect(points(ann) == 4000)
        try sim.reacts(ben, to: said, "👍")
        try sim.reacts(ben, to: said, "🎉")
        #expect(points(ben) == 1500)
        sim.unreacts(ben, on: said, "👍")
        #expect(points(ben) == 1500)
        sim.pass(1.days)
        sim.unreacts(ben, on: said, "🎉")
        #expect(points(ben) == 0)
        try sim.reacts(ben, to: said, "🎉")
        #expect(points(ben) == 1500)
        sim.clearsReactions(on: said)
        #expect(points(ben) == 0)
        #expect(sim.oracle().points.values.allSatisfy { $0 >= 0 })
    }

    @Test func `a streak grows by the day and ends with a missed one`() throws {
        let start = WallTime(local: sim.now.milliseconds).day
        for day in 0..<5 {
            if day != 3 { try sim.says(ann, in: general, "day \(day)") }
            sim.pass(1.days)
        }
        let oracle = sim.oracle()
        #expect(oracle.streak(of: ann, in: house, on: start + 2) == Oracle.Streak(current: 3, longest: 3))
        #expect(oracle.streak(of: ann, in: house, on: start + 3) == Oracle.Streak(current: 3, longest: 3))
        #expect(oracle.streak(of: ann, in: house, on: start + 4) == Oracle.Streak(current: 1, longest: 3))
        #expect(oracle.streak(of: ann, in: house, on: start + 9) == Oracle.Streak(current: 0, longest: 3))
    }

    @Test func `voice counts in company, aloud and awake`() throws {
        let lounge = sim.channel("lounge", .voice, in: house)
        let corner = sim.channel("corner", .voice, in: house)
        try sim.joinsVoice(ann, lounge)
        sim.pass(5.minutes)  // alone
        try sim.joinsVoice(ben, lounge)
        sim.pass(7.minutes)  // both
        sim.mutes(ben, in: house)
        sim.pass(2.minutes)  // ann only
        try sim.joinsVoice(ben, corner)
        sim.pass(4.minutes)  // each alone
        try sim.joinsVoice(ann, corner)
        sim.pass(3.minutes)  // together, ben still muted
        sim.leavesVoice(ann, in: house)
        let times = VoiceTimes(sim.ledger, until: sim.now)
        #expect(times.time(of: ann, in: house) == 12.minutes)
        #expect(times.time(of: ben, in: house) == 7.minutes)
        var rules = VoiceTimes.Rules()
        rules.countsMuted = true
        rules.countsAlone = true
        rules.quiet = [corner]
        let others = VoiceTimes(sim.ledger, until: sim.now, rules: rules)
        #expect(others.time(of: ann, in: house) == 18.minutes)
        #expect(others.time(of: ben, in: house) == 9.minutes)
    }

    @Test func `weights and the day are the house's to choose`() throws {
        var scoring = Scoring()
        scoring.message = 500
        scoring.starter = 0
        scoring.day = { WallTime(local: $0.milliseconds + 13 * 3_600_000).day }
        try sim.says(ann, in: general, "noon in London is tomorrow in Auckland")
        let oracle = sim.oracle(scoring)
        #expect(oracle.points.map(\.value) == [500])
        #expect(oracle.points.keys.first?.day == WallTime(local: sim.now.milliseconds).day + 1)
    }

    @Test func `a load is counted like people's own words`() throws {
        var bot = Partner(sim)
        _ = bot.start()
        sim.act { world in
            world.beginLoad(LoadPlan(events: 500, guilds: [house], channels: 2, members: 10, seed: 5))
            world.pumpLoad(at: world.now, atMost: 500)
        }
        let messages = bot.heard().filter { $0["t"] == "MESSAGE_CREATE" }
        #expect(messages.count == 500)
        #expect(Set(messages.compactMap { $0["d"]?["id"]?.text }).count == 500)
        let replies = messages.filter { $0["d"]?["type"] == 19 }
        #expect((50...150).contains(replies.count))
        #expect(replies.allSatisfy { $0["d"]?["message_reference"]?["message_id"]?.text != LoadTemplateMark.reference })
        #expect(sim.oracle().totals(of: house).messages == 500)
        let load = sim.channel("load-1", in: house)
        #expect(sim.messages(in: load).count == sim.ledger.spoken.filter { $0.channel == load }.count)
    }

    private enum LoadTemplateMark { static let reference = "1000000000000000002" }
}
