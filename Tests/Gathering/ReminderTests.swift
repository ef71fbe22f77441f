import Kit
import Shared
import Testing
import Workbench

@Suite("Reminders of events")
struct ReminderTests {
    private func bench(_ params: JSON = [:]) throws -> Bench {
        let bench = try Bench.events()
        try bench.event(params)
        for member in [2, 3] as [Int64] { try bench.answers(member) }
        bench.discordTakes()
        bench.pass(5.seconds)
        bench.journal.clear()
        return bench
    }

    private func posts(_ bench: Bench) -> [String] { bench.deeds.filter { $0.hasPrefix("posts") || $0.hasPrefix("writes") } }
    private func words(_ bench: Bench) throws -> String {
        let card = try #require(bench.journal.cards.last)
        return PlainText(bench.directory, guild: Town.guild, zone: .utc).text(card.text)
    }

    @Test func `EVT-04 a day, an hour and a quarter of an hour before it, those who are going are mentioned`() throws {
        let bench = try bench()
        bench.pass(6.hours - 10.seconds)
        #expect(posts(bench).isEmpty)
        bench.pass(5.seconds)
        #expect(posts(bench) == ["posts in 201 for 2 3"])
        bench.pass(23.hours)
        #expect(posts(bench).count == 2)
        bench.pass(45.minutes)
        #expect(posts(bench).count == 3)
        bench.pass(2.hours)
        #expect(posts(bench).count == 3)
        #expect(try bench.numbers("SELECT ahead FROM events_reminders ORDER BY sent") == [86_400_000, 3_600_000, 900_000])
    }

    @Test func `EVT-04 an event's own reminders count before the server's, and a change of either counts at once`() throws {
        let bench = try bench(["reminders": "2h"])
        bench.pass(28.hours)
        #expect(posts(bench) == ["posts in 201 for 2 3"])
        let other = try self.bench()
        try other.tune("events.reminders", "3h")
        other.pass(28.hours, by: 5.minutes)
        #expect(posts(other).count == 1)
        try other.run("events.edit", ["id": 1, "reminders": "none"])
        other.journal.clear()
        other.pass(2.hours)
        #expect(posts(other).isEmpty)
    }

    @Test(
        arguments: [
            ("events.edit", ["id": 1, "start": "saturday 18:00"]),
            ("events.move", ["id": 1, "on": "friday", "to": "saturday 18:00"]),
        ] as [(String, JSON)])
    func `EVT-04 an event that is put off is called to mind again`(_ command: String, _ params: JSON) throws {
        let bench = try bench(["reminders": "24h", "recurrence": "weekly"])
        bench.pass(6.hours)
        #expect(posts(bench) == ["posts in 201 for 2 3"])
        try bench.run(command, params)
        bench.journal.clear()
        bench.pass(24.hours)
        #expect(posts(bench) == ["posts in 201 for 2 3"])
        bench.pass(4.hours)
        #expect(posts(bench).count == 1)
    }

    @Test func `EVT-04 a reminder that is late says so, and none comes twice`() throws {
        let bench = try bench(["reminders": "1h"])
        bench.clock.pass(29.hours + 14.minutes)
        try bench.restart()
        bench.step()
        #expect(posts(bench) == ["posts in 201 for 2 3"])
        #expect(try words(bench).hasSuffix("This reminder is 14 min 5 s late."))
        try bench.restart()
        bench.step()
        #expect(posts(bench).count == 1)
    }

    @Test func `EVT-04 after downtime only what still has a meaning comes`() throws {
        let bench = try bench()
        bench.clock.pass(29.hours + 50.minutes)
        try bench.restart()
        bench.step()
        #expect(posts(bench) == ["posts in 201 for 2 3"])
        #expect(
            try bench.texts("SELECT outcome FROM events_reminders ORDER BY ahead DESC").prefix(1) == [
                "left out: 23 h 50 min late"
            ])
        let gone = try self.bench()
        gone.clock.pass(31.hours)
        try gone.restart()
        gone.step()
        #expect(posts(gone).isEmpty)
    }

    @Test func `reminders go privately where the server says so, and mention those whom that does not reach`() throws {
        let bench = try bench(["reminders": "1h"])
        try bench.tune("events.remind_by", "privately")
        try bench.declines(3, "messages")
        bench.pass(29.hours)
        #expect(posts(bench) == ["writes to 2", "posts in 201 for 3"])
    }

    @Test func `who wants no pings is not mentioned`() throws {
        let bench = try bench(["reminders": "1h"])
        try bench.declines(3, "pings")
        bench.pass(29.hours)
        #expect(posts(bench) == ["posts in 201 for 2"])
    }

    @Test func `EVT-05 those who have not answered are shown, and reminded privately or in the channel`() throws {
        let bench = try bench()
        let silent = try bench.run("events.unanswered", ["id": 1])
        #expect(silent["count"] == 7, "of ten, two have answered and one is a bot")
        try bench.declines(4, "messages")
        let sent = try bench.run("events.remind", ["id": 1])
        #expect(sent["reached"] == 6 && sent["missed"]?[0]?["reason"] == "wants no private messages")
        #expect(posts(bench).filter { $0.hasPrefix("writes") }.count == 6)
        bench.journal.clear()
        try bench.declines(5, "pings")
        try bench.run("events.remind", ["id": 1, "by": "channel"])
        #expect(posts(bench) == ["posts in 201 for 1 4 6 7 8 9"])
        bench.journal.clear()
        try bench.run("events.remind", ["id": 1, "by": "channel", "role": .id(Town.role(1))])
        #expect(posts(bench) == ["posts in 201 for 1"])
    }

    @Test func `EVT-05 more than twenty-five wants a look at the plan first`() throws {
        let bench = try bench()
        bench.hear((20...60).map { .memberSeen(Town.profile($0, named: "more-\($0)"), joined: true) })
        let refusal = #expect(throws: Refusal.self) { try bench.run("events.remind", ["id": 1]) }
        #expect(refusal?.kind == .unconfirmed && refusal?.confirmation?.plan.effects.count == 48)
        #expect(posts(bench).isEmpty)
    }

    @Test func `a cancelled event reminds nobody, and those who were going hear of it`() throws {
        let bench = try bench()
        try bench.run("events.cancel", ["id": 1])
        #expect(posts(bench) == ["posts in 201 for 2 3"])
        bench.pass(40.hours)
        #expect(posts(bench).count == 1)
    }
}
