import Kit
import Pulse
import Shared
import Testing
import Workbench

@Suite("What minutes in voice earn")
struct VoicePointsTests {
    private func town(_ weight: JSON = 1) throws -> Bench {
        let bench = try Bench.activity()
        try bench.tune("activity.voice", weight)
        return bench
    }

    private func voice(_ bench: Bench, _ number: Int64) throws -> Int64 {
        try bench.numbers("SELECT COALESCE(SUM(voice), 0) FROM activity_ledger WHERE member = \(Town.member(number))")[0]
    }

    @Test func `ACT-02 voice earns nothing until a server pays for it`() throws {
        let bench = try Bench.activity()
        bench.hear(.voice(Town.voice(1, in: 1)), .voice(Town.voice(2, in: 1)))
        bench.pass(10.minutes, by: 1.minutes)
        #expect(try bench.stood(1) == Stood())
    }

    @Test func `ACT-02 minutes in company are paid, settled every minute`() throws {
        let bench = try town(0.5)
        bench.hear(.voice(Town.voice(1, in: 1)), .voice(Town.voice(2, in: 1)))
        bench.pass(4.minutes + 30.seconds, by: 30.seconds)
        #expect(try bench.points(1) == 2000)
        bench.hear(.voice(Town.voice(1, in: nil)))
        #expect(try bench.points(1) == 2250)
        #expect(try voice(bench, 1) == 270_000)
        bench.pass(5.minutes, by: 1.minutes)
        #expect(try bench.points(1) == 2250)
        #expect(try bench.points(2) == 2250)
    }

    @Test func `ACT-02 alone, muted, or in the AFK channel nothing is paid unless a setting says so`() throws {
        for (setting, expected) in [(nil, 0), ("activity.voice_alone", 60_000)] as [(String?, Int64)] {
            let bench = try town()
            if let setting { try bench.tune(setting, true) }
            bench.hear(.voice(Town.voice(1, in: 1)), .voice(Town.voice(8, in: 1, isBot: true)))
            bench.pass(1.minutes)
            #expect(try voice(bench, 1) == expected)
            #expect(try voice(bench, 8) == 0)
        }
        for (setting, expected) in [(nil, 0), ("activity.voice_muted", 60_000)] as [(String?, Int64)] {
            let bench = try town()
            if let setting { try bench.tune(setting, true) }
            bench.hear(.voice(Town.voice(1, in: 1, muted: true)), .voice(Town.voice(2, in: 1)))
            bench.pass(1.minutes)
            #expect(try voice(bench, 1) == expected)
            #expect(try voice(bench, 2) == 60_000)
        }
        for (setting, expected) in [(nil, 0), ("activity.voice_afk", 60_000)] as [(String?, Int64)] {
            let bench = try town()
            if let setting { try bench.tune(setting, true) }
            bench.hear(Town.seen(afk: Town.channel(1)))
            bench.hear(.voice(Town.voice(1, in: 1)), .voice(Town.voice(2, in: 1)))
            bench.pass(1.minutes)
            #expect(try voice(bench, 1) == expected)
        }
    }

    @Test func `ACT-02 who changes channel or mutes is settled at that moment`() throws {
        let bench = try town()
        bench.hear(.voice(Town.voice(1, in: 1)), .voice(Town.voice(2, in: 1)))
        bench.pass(20.seconds)
        bench.hear(.voice(Town.voice(1, in: 1, muted: true)))
        bench.pass(20.seconds)
        bench.hear(.voice(Town.voice(1, in: 2)))
        bench.pass(1.minutes)
        #expect(try voice(bench, 1) == 20_000)
        #expect(try voice(bench, 2) == 40_000)
    }

    @Test func `ACT-02 a restart loses and doubles no minute`() throws {
        let bench = try town()
        bench.hear(.voice(Town.voice(1, in: 1)), .voice(Town.voice(2, in: 1)))
        bench.pass(90.seconds, by: 30.seconds)
        try bench.restart()
        bench.pass(90.seconds, by: 30.seconds)
        bench.hear(.voice(Town.voice(1, in: nil)))
        #expect(try voice(bench, 1) == 180_000)
    }

    @Test func `voice that a server shows when it comes into view counts from then`() throws {
        let bench = try town()
        bench.hear(Town.seen(voice: [Town.voice(1, in: 1), Town.voice(2, in: 1)]))
        bench.pass(30.seconds)
        bench.hear(Town.seen(voice: [Town.voice(2, in: 1)]))
        bench.pass(1.minutes)
        #expect(try voice(bench, 1) == 0)
        #expect(try bench.numbers("SELECT member FROM activity_voice") == [Town.member(2).number])
    }
}
