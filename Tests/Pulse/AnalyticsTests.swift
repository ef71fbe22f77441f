import Kit
import Pulse
import Shared
import Testing
import Workbench

@Suite("Analytics")
struct AnalyticsTests {
    private let hourSums: SQL = "SELECT SUM(messages), SUM(points), SUM(members), SUM(reactions) FROM activity_hours"

    /// Three days in which three members write, the last one most.
    private func town(_ bench: Bench) throws {
        for day in 0..<3 {
            for member in Int64(1)...3 {
                bench.clock.set(Instant.noon(day.days + Int(member).hours))
                bench.chat(member, Int(member), from: .noon(day.days + Int(member).hours), in: member)
            }
        }
        bench.clock.set(.noon(2.days + 8.hours))
        bench.step()
    }

    @Test func `ANA-01 an hour's sums are those of its facts, also through a crash at any commit`() throws {
        let bench = try Bench.standing()
        for number in 0..<40 {
            let said = Said(Int64(number % 4) + 1, at: .noon((number * 7).minutes), extra: Int64(number))
            bench.say(said)
            if number % 5 == 0 { bench.hear(.reactionAdded(Town.reaction(5, on: said.id, of: Int64(number % 4) + 1))) }
            if number % 3 == 0 { try bench.restart() }
        }
        bench.step()
        let facts = try bench.rows(
            """
            SELECT ((message >> 22) + 1420070400000) / 3600000, COUNT(*), COUNT(DISTINCT author), SUM(points) FROM activity_facts
            GROUP BY 1 ORDER BY 1
            """
        ).map { $0.prefix(3) }
        let hours = try bench.rows(
            "SELECT hour, messages, members - CASE WHEN reactions > 0 THEN 1 ELSE 0 END FROM activity_hours ORDER BY hour"
        )
        .map { $0.prefix(3) }
        #expect(hours == facts && facts.count == 5)
        let whole = try bench.rows(hourSums).first?.prefix(4)
        let ledger = try bench.rows("SELECT SUM(messages), SUM(points), 0, SUM(reactions) FROM activity_ledger").first
        #expect(whole?[0] == ledger?[0] && whole?[1] == ledger?[1] && whole?[3] == ledger?[3])
    }

    @Test func `ANA-01 what was missed and comes late is one member more in its own hour, once`() throws {
        let bench = try Bench.standing()
        bench.say(Said(1, at: .noon(3.hours), extra: 1))
        for number in Int64(0)..<3 { bench.say(Said(1, at: .noon(Int(number + 1).minutes), extra: 10 - number)) }
        try bench.restart()
        bench.step()
        #expect(try bench.numbers("SELECT members FROM activity_hours ORDER BY hour") == [1, 1])
        #expect(try bench.numbers("SELECT messages FROM activity_hours ORDER BY hour") == [3, 1])
    }

    @Test func `ANA-01 days are folded when they are over, and again when they change`() throws {
        let bench = try Bench.standing()
        try town(bench)
        bench.pass(20.minutes, by: 10.minutes)
        #expect(try bench.numbers("SELECT messages FROM analytics_days ORDER BY day") == [6, 6])
        #expect(try bench.numbers("SELECT members FROM analytics_days ORDER BY day") == [3, 3])
        #expect(try bench.numbers("SELECT messages FROM analytics_channels ORDER BY day, channel") == [1, 2, 3, 1, 2, 3])
        let late = Said(4, at: .noon(9.hours), extra: 1)
        bench.say(late)
        #expect(try bench.numbers("SELECT COUNT(*) FROM analytics_dirty") == [1])
        try bench.restart()
        bench.pass(20.minutes, by: 10.minutes)
        #expect(try bench.numbers("SELECT messages FROM analytics_days ORDER BY day") == [7, 6])
        #expect(try bench.numbers("SELECT week FROM analytics_days ORDER BY day") == [4, 4])
        #expect(try bench.numbers("SELECT COUNT(*) FROM analytics_dirty") == [0])
    }

    @Test func `ANA-01 the last week is kept once with its time and data, and dashboard shows it`() throws {
        let bench = try Bench.standing()
        try town(bench)
        #expect(try bench.run("analytics.dashboard")["at_ms"] == .null)
        bench.pass(12.days, by: 3.hours)
        let shown = try bench.run("analytics.dashboard")
        #expect(shown["span"] == "week" && shown["report"]?["from"] == "2026-08-10")
        let earlier = try bench.run("analytics.dashboard", ["back": 1])
        #expect(earlier["report"]?["from"] == "2026-08-03" && earlier["report"]?["figures"]?["messages"] == 18)
        #expect(earlier["report"]?["actives"]?["week"] == 3)
        #expect(try bench.numbers("SELECT COUNT(*) FROM analytics_snapshots") == [2])
        let taken = Instant(milliseconds: earlier["at_ms"]?.int ?? 0)
        #expect(taken >= Instant(seconds: 1_786_352_400) && taken <= Instant(seconds: 1_786_352_400) + 4.hours)
        #expect(bench.refusing("analytics.dashboard", ["back": 5])?.field == "back")
    }

    @Test func `ANA-02 the report is posted where a setting says, once, with a picture that can be read aloud`() throws {
        let bench = try Bench.standing()
        try bench.tune("analytics.channel", .id(Town.channel(3)))
        try bench.tune("analytics.every", "day")
        try town(bench)
        bench.journal.clear()
        bench.pass(1.days, by: 1.hours)
        try bench.restart()
        bench.pass(2.hours, by: 30.minutes)
        let files = bench.posts(in: 3).compactMap(\.files.first)
        #expect(files.allSatisfy { $0.bytes.isEmpty && $0.drawing?.blocks.count ?? 0 >= 3 })
        #expect(
            files.map { String($0.caption.prefix(56)) }.sorted()
                == (6...8).map { "Town, 2026-08-0\($0) to 2026-08-0\($0): 6 messages by 3 members." })
        #expect(bench.posts(in: 3).allSatisfy { $0.mentions == .nobody })
    }

    @Test func `ANA-05 figures stand beside those of as many days before`() throws {
        let bench = try Bench.standing()
        try town(bench)
        bench.hear(.memberSeen(joined(5, at: .noon(2.days + 8.hours)), joined: true))
        bench.clock.pass(5.minutes)
        let day = try bench.run("analytics.server", ["span": "day"])
        #expect(day["figures"]?["messages"] == 6 && day["before"]?["messages"] == 6 && day["figures"]?["joins"] == 1)
        let week = try bench.run("analytics.server", [:])
        #expect(week["figures"]?["messages"] == 18 && week["before"] == .null, "before the first day nothing is known")
        #expect(week["days"]?.array?.map { $0["known"] } == ["none", "none", "none", "none", "full", "full", "full"])
        #expect(week["days"]?[0]?["messages"] == .null, "a gap is no nought")
        #expect(week["channels"]?.array?.map { $0["messages"] } == [9, 6, 3])
    }

    @Test
    func `ANA-05 a day of 25 hours has 25 lines, one of 23 has 23, and the usual week counts the hour that came twice twice`()
        throws
    {
        let bench = try Bench.standing(at: Instant(seconds: 1_792_800_000))
        try bench.tune("house.zone", "Europe/Brussels")
        // 25 October 2026: at 3:00 clocks are put back to 2:00.
        let twice = Instant(seconds: 1_792_888_200)
        bench.clock.set(twice + 4.hours)
        bench.say(Said(1, at: twice), Said(1, at: twice + 1.hours, extra: 1))
        bench.clock.set(twice + 30.hours)
        #expect(try bench.look("analytics.hours", ["back": 1], in: Town.guild).count == 25)
        let heat = try bench.run("analytics.heatmap", ["weeks": 1])["rows"]?.array
        #expect(heat?[6]["hours"]?[2]?.double == 1)
        bench.clock.set(Instant(seconds: 1_806_310_800))
        #expect(try bench.look("analytics.hours", ["back": 1], in: Town.guild).count == 23)
    }

    @Test func `of the first day nothing is known before the first thing that was heard`() throws {
        let bench = try Bench.standing()
        bench.say(Said(1, at: .noon(2.hours)))
        bench.clock.set(.noon(5.hours))
        let hours = try bench.look("analytics.hours", [:], in: Town.guild).map(\.row)
        let known = hours.filter { $0["known"] != "none" }
        #expect(known.first?["messages"] == 1 && known.first?["hour"]?.text?.hasSuffix("14:00") == true)
        let heat = try bench.run("analytics.heatmap", ["weeks": 1])["rows"]?.array ?? []
        let cells = heat.flatMap { $0["hours"]?.array ?? [] }.filter { !$0.isNull }
        #expect(cells.map(\.double) == [1, 0, 0], "three hours are known, and not the whole morning")
    }

    private func joined(_ number: Int64, at moment: Instant) -> MemberProfile {
        var profile = Town.profile(number, named: "person-\(number)")
        profile.joined = moment
        return profile
    }

    @Test func `ANA-05 of those who joined it is told who spoke, who came back and who stayed`() throws {
        let bench = try Bench.standing()
        for member in Int64(11)...14 { bench.hear(.memberSeen(joined(member, at: .noon()), joined: true)) }
        bench.chat(11, 1, from: .noon(1.hours))
        bench.chat(12, 1, from: .noon(2.hours))
        bench.clock.set(.noon(3.days))
        bench.chat(12, 1, from: .noon(3.days))
        bench.hear(.memberLeft(Town.member(13), guild: Town.guild))
        bench.clock.set(.noon(8.days))
        bench.chat(11, 1, from: .noon(8.days))
        bench.clock.set(.noon(9.days))
        let funnel = try bench.run("analytics.funnel", ["days": 30])
        #expect(funnel["joined"] == 4 && funnel["spoke"] == 2 && funnel["returned"] == 1 && funnel["pending"] == 0)
        let cohorts = try bench.run("analytics.cohorts", ["weeks": 2])["rows"]?.array
        #expect(cohorts?.map { $0["joined"] } == [4, 0])
        #expect(cohorts?[0]["active"] == [2, 1])
        #expect(try bench.numbers("SELECT SUM(leaves) FROM analytics_moves") == [1])
        let export = try bench.run("tune.export", ["member": .id(Town.member(13))])["analytics"]
        #expect(export?["arrivals"]?[0]?["left"] == "2026-08-09T12:00:00Z")
        try bench.run("tune.erase", ["member": .id(Town.member(13))])
        #expect(try bench.run("analytics.funnel", ["days": 30])["joined"] == 3)
    }

    @Test func `ANA-03 a small book is a file at once, as JSON, CSV or an embed`() throws {
        let bench = try Bench.standing()
        try town(bench)
        let csv = try bench.run("analytics.export", ["format": "csv", "book": "members"])
        let lines = csv["text"]?.text?.split(separator: "\r\n").map(String.init)
        #expect(
            lines?.first?.hasPrefix("member,name,points,messages,") == true && lines?.first?.hasSuffix(",level,badges") == true)
        #expect(lines?.count == 4 && lines?[1].hasPrefix("1001,person-1,12,3,") == true && lines?[1].hasSuffix(",1,0") == true)
        let json = try JSON(parsing: try bench.run("analytics.export", [:])["text"]?.text ?? "")
        #expect(json.array?.map { $0["messages"] } == [6, 6, 6])
        #expect(try bench.run("analytics.export", ["format": "embed", "book": "hours"])["lines"]?.int ?? 0 > 50)
        #expect(bench.refusing("analytics.export", ["format": "xml"])?.field == "format")
        #expect(bench.refusing("analytics.download", ["export": 7])?.field == "export")
    }

    @Test func `ANA-03 a large book is written bit by bit, its progress is seen, and a crash goes on where it was`() throws {
        let bench = try Bench.standing()
        try town(bench)
        for member in Int64(1)...5_200 {
            _ = try bench.store.run(
                """
                INSERT INTO activity_standings (guild, member, points, messages, score, score_day, place, streak, best, active_day,
                    momentum, momentum_at, influence, influence_at, last_at)
                VALUES (\(Town.guild), \(50_000 + member), \(member * 1000), 1, 1.0, 0, 1.0, 0, 0, 0, 0.0, 0, 0.0, 0, 0)
                """)
        }
        let begun = try bench.run("analytics.export", ["format": "csv", "book": "members"])
        #expect(begun["export"] == 1 && begun["text"] == nil && begun["lines"] == 5_203)
        bench.pass(.milliseconds(3), by: .milliseconds(1))
        try bench.restart()
        bench.pass(.milliseconds(60), by: .milliseconds(1))
        let part = try bench.run("analytics.download", ["export": 1])
        #expect(part["parts"] == 1)
        let lines = part["text"]?.text?.split(separator: "\r\n")
        #expect(lines?.count == 5_204 && Set(lines ?? []).count == 5_204)
        bench.pass(8.days, by: 4.hours)
        #expect(try bench.numbers("SELECT COUNT(*) FROM analytics_parts") == [0])
    }

    @Test(arguments: [
        ("=1+1", "'=1+1"), ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""), ("line\nline", "\"line\nline\""),
    ])
    func `ANA-03 a hostile name is a cell and nothing more`(_ name: String, _ cell: String) throws {
        let bench = try Bench.standing()
        bench.hear(.memberSeen(Town.profile(1, named: "x", nick: name), joined: false))
        bench.chat(1, 1, from: .noon())
        let text = try bench.run("analytics.export", ["format": "csv", "book": "members"])["text"]?.text
        #expect(text?.contains("\r\n1001,\(cell),") == true)
    }

    @Test func `every panel of the statistics has lines, and none of a server of which nothing is known fails`() throws {
        for isLively in [false, true] {
            let bench = try Bench.standing()
            if isLively { try town(bench) }
            for panel in bench.catalogue.panels where panel.topic.hasPrefix("analytics.") {
                let lines = try bench.look(panel.topic, [:], in: Town.guild)
                if isLively, panel.topic != "analytics.snapshots" { #expect(!lines.isEmpty, "\(panel.topic)") }
            }
        }
    }
}
