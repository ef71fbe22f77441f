import Kit
import Shared
import Testing
import Workbench

@Suite("What activity shows")
struct BoardTests {
    /// Thursday noon; the week began on Monday the 3rd, the month on the 1st, the quarter in July.
    private func town() throws -> Bench {
        let bench = try Bench.activity()
        try bench.tune("activity.starter", 0)
        for (member, day) in [(1, 0), (2, -1), (3, -4), (4, -20), (5, -60)] as [(Int64, Int)] {
            bench.say(Said(member, at: .noon(day.days), extra: member))
        }
        return bench
    }

    @Test(
        arguments: [
            ("day", [1]), ("week", [1, 2]), ("month", [1, 2, 3]), ("season", [1, 2, 3, 4]), ("all", [1, 2, 3, 4, 5]),
        ] as [(String, [Int64])])
    func `ACT-09 a leaderboard counts the days of its period, by decayed points`(_ period: String, _ members: [Int64]) throws {
        let rows = try town().board(["period": .string(period)])
        #expect(rows.map { $0["member"]?["id"] } == members.map { .id(Town.member($0)) })
        #expect(rows.map { $0["rank"] } == members.indices.map { .int(Int64($0 + 1)) })
    }

    @Test func `ACT-09 a season begins where a server says`() throws {
        let bench = try town()
        try bench.tune("activity.season_start", "2026-08-02")
        #expect(try bench.board(["period": "season"]).count == 3)
    }

    @Test func `ACT-09 equals are ordered by id, whatever the order in which their points came`() throws {
        let bench = try Bench.activity()
        for (setting, value) in [("starter", 0), ("base", 0.1), ("decay", 0.93)] as [(String, JSON)] {
            try bench.tune("activity.\(setting)", value)
        }
        bench.pass(1.seconds, by: .milliseconds(50))
        for member in Int64(1)...6 {
            let days = member % 2 == 0 ? [0, 1, 2, 3, 5, 8] : [8, 5, 3, 2, 1, 0]
            for day in days { bench.say(Said(member, at: .noon((day - 10).days), extra: member)) }
        }
        for period in ["all", "season"] as [JSON] {
            #expect(try bench.board(["period": period]).map { $0["member"]?["id"] } == (1...6).map { .id(Town.member($0)) })
        }
        #expect(try bench.profile(4)["rank"] == 4)
    }

    @Test func `ACT-09 pages follow one another without a gap`() throws {
        let bench = try town()
        var seen: [JSON?] = []
        var next: JSON?
        for page in 1...3 {
            let data = try bench.run("activity.leaderboard", .fields(["period": "all", "limit": 2, "cursor": next]))
            seen += (data["rows"]?.array ?? []).map { $0["rank"] }
            next = data["next"]
            #expect((next == nil) == (page == 3))
        }
        #expect(seen == [1, 2, 3, 4, 5])
    }

    @Test func `ACT-09 a snapshot is kept each day, and the panel says who rose`() throws {
        let bench = try town()
        bench.pass(1.days)
        #expect(try bench.numbers("SELECT COUNT(*) FROM activity_snapshots") == [1])
        bench.pass(1.days)
        let now = bench.clock.now
        bench.say(Said(5, at: now - .seconds(2)), Said(5, in: 2, at: now - .seconds(1)))
        let lines = try bench.look("activity.leaderboard", ["period": "all"], in: Town.guild)
        #expect(lines.first?.key == Town.member(5).description)
        #expect(lines.first?.row["delta"] == 4)
        #expect(lines.map { $0.row["delta"] }.dropFirst() == [-1, -1, -1, -1])
    }

    @Test func `a snapshot after a long stop is filed under the day it is taken, once`() throws {
        let bench = try town()
        bench.clock.pass(5.days + 1.hours)
        try bench.restart()
        bench.step()
        #expect(try bench.numbers("SELECT day FROM activity_snapshots") == [20676])
    }

    @Test func `totals are one line of content`() throws {
        let bench = try town()
        bench.hear(.reactionAdded(Town.reaction(2, on: Said(1, at: .noon(), extra: 1).id, of: 1)))
        let command = try #require(bench.catalogue.command("activity.totals"))
        var request = Request(command, params: .init(), guild: nil, person: Bench.owner)
        request.wantsCard = true
        guard case .reply(let data, _, let lines, _) = try bench.ask(request) else { Issue.record("no reply"); return }
        #expect(lines == ["5 messages, 6.5 points"])
        #expect(data["messages"] == 5)
        #expect(data["points"] == 6.5)
    }

    @Test func `ACT-08 a profile of whoever asks, by prefix and by its old name`() throws {
        let bench = try town()
        bench.say(Said(2, "e!aip", at: .noon(1.seconds)))
        let card = try #require(bench.journal.cards.last)
        #expect(card.title?.pieces == [.words("Activity of "), .quoted("somebody")])
    }

    @Test func `why adds up exactly to the points, day by day and deed by deed`() throws {
        let bench = try Bench.activity()
        try bench.tune("activity.voice", 0.777)
        let first = Said(2, at: .noon())
        bench.say(first, Said(1, at: .noon(1.seconds), replyTo: (first.id, 2)), Said(1, in: 2, at: .noon(2.seconds)))
        bench.hear(.voice(Town.voice(1, in: 3)), .voice(Town.voice(2, in: 3)))
        bench.pass(10.minutes, by: .milliseconds(59_001))
        try bench.tune("activity.voice", 3)
        bench.pass(2.minutes, by: 7.seconds)
        bench.hear(.reactionAdded(Town.reaction(1, on: first.id, of: 2)))
        bench.pass(1.days, by: 6.hours)
        bench.say(Said(1, at: bench.clock.now))
        let why = try bench.why(1)
        let deeds = (why["rows"]?.array ?? []).compactMap { $0["points"]?.double }.reduce(0, +)
        let days = (why["days"]?.array ?? []).compactMap { $0["points"]?.double }.reduce(0, +)
        let points = try #require(why["points"]?.double)
        #expect(abs(deeds - points) < 0.000_5 && abs(days - points) < 0.000_5)
        let worth = (why["days"]?.array ?? []).compactMap { $0["worth"]?.double }.reduce(0, +)
        #expect(abs(worth - (why["score"]?.double ?? 0)) < 0.002)
        for deed in why["rows"]?.array ?? [] {
            let rules = (deed["rules"]?.array ?? []).compactMap { $0["points"]?.double }.reduce(0, +)
            #expect(abs(rules - (deed["points"]?.double ?? -1)) < 0.000_5)
        }
    }
}
