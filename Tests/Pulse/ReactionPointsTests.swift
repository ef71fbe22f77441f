import Kit
import Shared
import Testing
import Workbench

@Suite("What a reaction earns")
struct ReactionPointsTests {
    private func town() throws -> (bench: Bench, said: Said) {
        let bench = try Bench.activity()
        let said = Said(1, at: .noon())
        bench.say(said)
        return (bench, said)
    }

    @Test func `ACT-01 a reaction gives 1.5 once a message, whatever the number of emoji`() throws {
        let (bench, said) = try town()
        for emoji in ["👍", "🎉", "👍"] { bench.hear(.reactionAdded(Town.reaction(2, on: said.id, of: 1, emoji))) }
        #expect(try bench.stood(2) == Stood(points: 1500, messages: 0, streak: 1, best: 1))
        bench.hear(.reactionRemoved(Town.reaction(2, on: said.id, of: 1, "👍")))
        #expect(try bench.points(2) == 1500)
        bench.hear(.reactionRemoved(Town.reaction(2, on: said.id, of: 1, "🎉")))
        #expect(try bench.stood(2) == Stood())
        bench.hear(.reactionRemoved(Town.reaction(2, on: said.id, of: 1, "🎉")))
        #expect(try bench.points(2) == 0)
    }

    @Test(arguments: [Int64?.some(1), nil])
    func `ACT-01 a reaction to one's own message earns nothing`(_ told: Int64?) throws {
        let (bench, said) = try town()
        bench.hear(.reactionAdded(Town.reaction(1, on: said.id, of: told)))
        #expect(try bench.points(1) == 4000)
    }

    @Test func `ACT-02 points are taken back on the day they were given, at their weight then`() throws {
        let (bench, said) = try town()
        bench.hear(.reactionAdded(Town.reaction(2, on: said.id, of: 1)))
        try bench.tune("activity.reaction", 9)
        bench.pass(3.days)
        bench.say(Said(2, at: .noon(3.days)))
        bench.hear(.reactionRemoved(Town.reaction(2, on: said.id, of: 1)))
        #expect(try bench.stood(2) == Stood(points: 4000, messages: 1, streak: 1, best: 1))
        let days = try bench.rows(
            "SELECT day, SUM(points), SUM(reactions) FROM activity_ledger WHERE member = \(Town.member(2)) GROUP BY day ORDER BY day"
        )
        #expect(days.map { $0[1] } == ["0", "4000"])
        #expect(days.map { $0[2] } == ["0", "0"])
    }

    @Test func `ACT-02 clearing one emoji, or all, takes back what they gave`() throws {
        let (bench, said) = try town()
        bench.hear(
            .reactionAdded(Town.reaction(2, on: said.id, of: 1, "a")),
            .reactionAdded(Town.reaction(3, on: said.id, of: 1, "a")),
            .reactionAdded(Town.reaction(3, on: said.id, of: 1, "b")))
        bench.hear(.reactionsCleared(message: said.id, channel: Town.channel(1), guild: Town.guild, emoji: "a"))
        #expect(try bench.points(2) == 0)
        #expect(try bench.points(3) == 1500)
        bench.hear(.reactionsCleared(message: said.id, channel: Town.channel(1), guild: Town.guild, emoji: nil))
        #expect(try bench.points(3) == 0)
        #expect(try bench.profile(1)["reacted"] == 0)
    }

    @Test func `ACT-02 a reaction said twice, also after a restart, counts once`() throws {
        let (bench, said) = try town()
        bench.hear(.reactionAdded(Town.reaction(2, on: said.id, of: 1)))
        try bench.restart()
        bench.hear(.reactionAdded(Town.reaction(2, on: said.id, of: 1)))
        #expect(try bench.points(2) == 1500)
        #expect(try bench.profile(1)["reacted"] == 1)
    }

    @Test func `ACT-07 replies and reactions of others are influence, one's own are not`() throws {
        let (bench, said) = try town()
        bench.say(Said(2, at: .noon(1.minutes), replyTo: (said.id, 1)), Said(1, at: .noon(2.minutes), replyTo: (said.id, 1)))
        bench.hear(.reactionAdded(Town.reaction(3, on: said.id, of: 1)))
        let profile = try bench.profile(1)
        #expect(profile["answered"] == 1)
        #expect(profile["reacted"] == 1)
        let influence = try #require(profile["influence"]?.double)
        #expect(abs(influence - 2) < 0.01)
    }

    @Test func `ACT-07 influence halves in seven days and goes with the reaction`() throws {
        let (bench, said) = try town()
        bench.hear(.reactionAdded(Town.reaction(3, on: said.id, of: 1)))
        bench.pass(7.days)
        #expect(try bench.profile(1)["influence"]?.double == 0.5)
        bench.hear(.reactionRemoved(Town.reaction(3, on: said.id, of: 1)))
        #expect(try bench.profile(1)["influence"]?.double == 0)
    }

    @Test func `ACT-06 momentum halves in a day, and late points have halved already`() throws {
        let (bench, _) = try town()
        bench.pass(1.days)
        #expect(try bench.profile(1)["momentum"]?.double == 2)
        try bench.tune("activity.starter", 0)
        bench.say(Said(1, in: 2, at: .noon(), extra: 5))
        // 4 and the late 1, with the further channel's 1, a day old; nothing else.
        #expect(try bench.profile(1)["momentum"]?.double == 3)
    }
}
