import Kit
import Pulse
import Shared
import Testing
import Workbench

/// What people read, line by line, as a terminal shows it.
@Suite("Cards of levels, badges, seasons and statistics")
struct StandingCardTests {
    private func lines(_ command: String, _ params: JSON, _ bench: Bench) throws -> [String] {
        guard let found = bench.catalogue.command(command) else { throw Bench.Silence() }
        var request = Request(found, params: params.object ?? .init(), guild: Town.guild, person: Bench.owner)
        request.wantsCard = true
        guard case .reply(_, _, let lines, _) = try bench.ask(request) else { throw Bench.Silence() }
        return lines
    }

    private func town() throws -> Bench {
        let bench = try Bench.standing()
        try bench.tune("levels.curve", "linear")
        bench.chat(1, 4, from: .noon(1.hours))
        bench.chat(2, 2, from: .noon(2.hours), in: 2)
        bench.clock.pass(3.hours)
        bench.step()
        return bench
    }

    @Test func `a level reads as what there is and what is missing`() throws {
        #expect(
            try lines("levels.show", ["member": .id(Town.member(1))], town()) == [
                "Level of person-1", "Level 1  ▰▰▰▰▱▱▱▱▱▱ 40 %", "  Points   7", "  Next     3 more for level 2",
                "  Reached  119 min ago", "Levels come from all points ever; see what they cost with levels curve.",
            ])
    }

    @Test func `a badge reads as what it is for and who wears it`() throws {
        let bench = try town()
        try bench.run("badges.add", ["name": "Founder", "emoji": "🏺", "text": "Was here first"])
        try bench.run("badges.give", ["member": .id(Town.member(1)), "badge": "Founder", "reason": "the first pot"])
        #expect(try lines("badges.list", [:], bench) == ["Badges", "🏺 Founder  Was here first, worn by 1"])
        #expect(
            try lines("badges.worn", ["member": .id(Town.member(1))], bench) == [
                "Badges of person-1", "🏺 Founder  since 2026-08-06, the first pot",
            ])
    }

    @Test func `a season reads as its days, its figures and its board`() throws {
        let bench = try town()
        try bench.run("seasons.start", ["name": "Summer", "until": "2026-08-31"])
        #expect(
            try lines("seasons.recap", [:], bench) == [
                "Summer", "From 2026-08-06 until 2026-08-31.", "  Messages         6", "  Points           12",
                "  Members          2", "  The most active  1. person-1  7 points, 4 messages",
                "                   2. person-2  5 points, 2 messages",
            ])
        #expect(
            try lines("seasons.list", [:], bench) == ["Seasons", "Summer  from 2026-08-06 until 2026-08-31, open"])
    }

    @Test func `statistics read as figures, a line of days, places, and what is not known`() throws {
        #expect(
            try lines("analytics.server", ["span": "week"], town()) == [
                "Town", "2026-07-31 to 2026-08-06", "  Messages               6", "  Members who took part  2",
                "  Points                 12", "  Reactions              0", "  Joined                 0",
                "  Left                   0", "  Active members         day 2, week 2, month 2",
                "  By day                 ······█  6 messages", "  Most is said in        #room-1  4 messages",
                "                         #room-2  2 messages",
                "Changes are against as many days before. Days begin at midnight in UTC.",
            ])
        #expect(
            try lines("analytics.days", ["days": 2], town()) == [
                "Day by day", "2026-08-06  6 messages by 2, 0 joined, 0 left", "2026-08-05  not known",
            ])
    }
}
