import Kit
import Shared
import Testing
import Workbench

@Suite("What a message earns")
struct MessagePointsTests {
    @Test func `ACT-01 the first message of a channel starts a conversation and earns 1 + 3`() throws {
        let bench = try Bench.activity()
        bench.say(Said(1, at: .noon()))
        #expect(try bench.stood(1) == Stood(points: 4000, messages: 1, streak: 1, best: 1))
    }

    @Test(
        arguments: [
            (Duration.seconds(599), Int64(1000)), (.milliseconds(600_000), 1000), (.milliseconds(600_001), 4000),
            (.seconds(7200), 4000),
        ] as [(Duration, Int64)])
    func `ACT-01 more than ten minutes of silence are a new conversation, exactly ten are not`(
        _ wait: Duration, _ earned: Int64
    )
        throws
    {
        let bench = try Bench.activity()
        bench.say(Said(1, at: .noon()), Said(2, at: .noon(wait)))
        #expect(try bench.points(2) == earned)
    }

    @Test func `ACT-01 a reply that starts a conversation earns all its weights`() throws {
        let bench = try Bench.activity()
        let first = Said(1, at: .noon())
        bench.say(first, Said(2, at: .noon(1.hours), replyTo: (first.id, 1)))
        #expect(try bench.points(2) == 6000)
    }

    @Test func `ACT-01 each weight is a setting, and a channel may have its own`() throws {
        let bench = try Bench.activity()
        try bench.tune("activity.base", 2.5)
        try bench.tune("activity.starter", 0)
        try bench.tune("activity.base", 7, channel: 2)
        bench.say(Said(1, at: .noon()), Said(2, in: 2, at: .noon()))
        #expect(try bench.points(1) == 2500)
        #expect(try bench.points(2) == 7000)
    }

    @Test func `ACT-01 a channel that does not count earns nothing and ends no silence`() throws {
        let bench = try Bench.activity()
        try bench.tune("activity.counts", false, channel: 2)
        bench.say(Said(1, in: 2, at: .noon()))
        #expect(try bench.stood(1) == Stood())
        try bench.tune("activity.counts", true, channel: 2)
        bench.say(Said(1, in: 2, at: .noon(1.minutes)))
        #expect(try bench.points(1) == 4000)
    }

    @Test func `ACT-02 an edit never pays, and the same message never pays twice`() throws {
        let bench = try Bench.activity()
        let said = Said(1, at: .noon())
        bench.say(said)
        bench.hear(.messageEdited(said.seen), said.event)
        try bench.restart()
        bench.hear(said.event)
        #expect(try bench.stood(1) == Stood(points: 4000, messages: 1, streak: 1, best: 1))
        #expect(try bench.numbers("SELECT messages FROM activity_hours") == [1])
    }

    @Test func `ACT-04 each further channel of a day earns a point, once`() throws {
        let bench = try Bench.activity()
        try bench.tune("activity.starter", 0)
        bench.say(
            Said(1, in: 1, at: .noon()), Said(1, in: 2, at: .noon(1.minutes)), Said(1, in: 2, at: .noon(2.minutes)),
            Said(1, in: 3, at: .noon(3.minutes)), Said(1, in: 1, at: .noon(4.minutes)))
        #expect(try bench.points(1) == 7000)
        #expect(try bench.profile(1)["channels_today"] == 3)
    }

    @Test func `ACT-04 the channels of a day survive a restart, and an older day's reaction taken back`() throws {
        let bench = try Bench.activity()
        try bench.tune("activity.starter", 0)
        let old = Said(1, in: 3, at: .noon())
        bench.say(old)
        bench.hear(.reactionAdded(Town.reaction(2, on: old.id, of: 1, in: 3)))
        bench.pass(1.days)
        bench.say(Said(1, in: 1, at: .noon(1.days)))
        try bench.restart()
        bench.hear(.reactionRemoved(Town.reaction(2, on: old.id, of: 1, in: 3)))
        bench.say(Said(1, in: 2, at: .noon(25.hours)))
        #expect(try bench.points(1) == 4000)
    }

    @Test func `ACT-04 a day begins at midnight of the server's zone`() throws {
        let bench = try Bench.activity()
        try bench.tune("house.zone", "Australia/Lord_Howe")
        try bench.tune("activity.starter", 0)
        // 13:30 UTC is midnight there in winter, at ten and a half hours.
        let midnight = Instant.noon(90.minutes)
        bench.say(
            Said(1, in: 1, at: midnight - .milliseconds(1)), Said(1, in: 2, at: midnight),
            Said(1, in: 1, at: midnight + 1.minutes))
        #expect(try bench.points(1) == 4000)
        #expect(try bench.stood(1).streak == 2)
    }

    @Test(arguments: [(true, 0), (false, 7), (false, 21), (true, 19)] as [(Bool, Int)])
    func `ACT-11 what bots, hooks and the system write never counts and ends no silence`(_ isAutomatic: Bool, _ type: Int)
        throws
    {
        let bench = try Bench.activity()
        var robot = Said(5, at: .noon())
        robot.isAutomatic = isAutomatic
        robot.type = type
        bench.say(robot, Said(1, at: .noon(1.minutes)))
        #expect(try bench.stood(5) == Stood())
        #expect(try bench.points(1) == 4000)
    }

    @Test func `ACT-11 a bot's reaction pays nobody`() throws {
        let bench = try Bench.activity()
        let said = Said(1, at: .noon())
        bench.say(said)
        bench.hear(.reactionAdded(Town.reaction(7, on: said.id, of: 1, isBot: true)))
        #expect(try bench.stood(7) == Stood())
        #expect(try bench.profile(1)["influence"]?.double == 0)
    }

    @Test func `a direct message belongs to no server and does not count`() throws {
        let bench = try Bench.activity()
        var said = Said(1, at: .noon())
        said.guild = nil
        bench.say(said)
        #expect(try bench.stood(1) == Stood())
    }
}
