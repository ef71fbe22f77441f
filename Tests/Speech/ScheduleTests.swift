import Kit
import Shared
import Testing
import Workbench

@Suite("Scheduled topics")
struct ScheduleTests {
    @discardableResult
    private func schedule(_ bench: Bench, _ more: JSON = ["every": "6h"]) throws -> JSON {
        var params = more.object ?? .init()
        if params["channel"] == nil { params["channel"] = .id(Town.channel(2)) }
        return try bench.run("topics.schedule", .object(params))
    }

    @Test func `AI-02 the next five times are shown, and it comes at them, once, mentioning nobody`() throws {
        let bench = try Bench.topics(listens: false)
        let made = try schedule(bench, ["every": "6h", "category": "food"])
        #expect(made["times_ms"]?.array?.compactMap(\.int) == (1...5).map { (Bench.start + ($0 * 6).hours).milliseconds })
        for _ in 0..<48 {
            bench.pass(30.minutes)
            try bench.restart()
            bench.step()
        }
        #expect(Set(bench.posts.map(\.text)).count == 4)
        #expect(try bench.numbers("SELECT COUNT(*) FROM house_outbox") == [4])
        #expect(bench.posts.allSatisfy { $0.channel == Town.channel(2) && $0.mentions == .nobody && $0.text.hasPrefix("💬 ") })
        #expect(try bench.texts("SELECT DISTINCT category FROM topics_said") == ["food"])
        #expect(try bench.numbers("SELECT COUNT(*) FROM topics_posts") == [4])
    }

    @Test func `AI-02 it keeps the clocks of its zone and its quiet hours`() throws {
        let bench = try Bench.topics(listens: false)
        let made = try schedule(bench, ["rule": "daily 18:00", "zone": "Europe/Brussels"])
        #expect(made["next_ms"]?.int == (Bench.start + 4.hours).milliseconds)
        let quiet = try schedule(bench, ["every": "1h", "quiet": "13:00-20:00"])
        #expect(quiet["next_ms"]?.int == (Bench.start + 8.hours).milliseconds)
        #expect(throws: Refusal.self) { try self.schedule(bench, ["rule": "daily 14:00", "quiet": "13:00-20:00"]) }
    }

    @Test func `AI-02 after a day away it says what it missed and brings no burst`() throws {
        let bench = try Bench.topics(listens: false)
        try schedule(bench, ["every": "2h"])
        bench.clock.pass(25.hours)
        try bench.restart()
        bench.step()
        #expect(bench.posts.isEmpty)
        #expect(try bench.texts("SELECT outcome FROM topics_posts") == ["missed"])
        bench.pass(1.hours)
        #expect(bench.posts.count == 1)
    }

    @Test func `AI-02 it is paused, resumed, removed and had back`() throws {
        let bench = try Bench.topics(listens: false)
        try schedule(bench)
        #expect(try bench.run("topics.pause", ["id": 1])["state"] == "paused")
        bench.pass(7.hours)
        #expect(bench.posts.isEmpty)
        #expect(try bench.run("topics.resume", ["id": 1])["next_ms"]?.int == (Bench.start + 12.hours).milliseconds)
        #expect(try bench.run("topics.schedules")["rows"]?.array?.count == 1)
        try bench.run("topics.unschedule", ["id": 1])
        #expect(try bench.run("topics.schedules")["rows"] == [])
        #expect(bench.refusal("topics.pause", ["id": 1])?.kind == .notFound)
        bench.pass(7.hours)
        #expect(bench.posts.isEmpty)
        #expect(try bench.run("topics.resume", ["id": 1])["state"] == "on")
        #expect(bench.refusal("topics.pause", ["id": 1], in: name(101))?.kind == .notFound)
        #expect(bench.refusal("topics.pause", ["id": 0])?.field == "id")
    }

    @Test func `AI-02 what Discord refuses stops it, with the reason`() throws {
        let bench = try Bench.topics(listens: false)
        try schedule(bench)
        bench.pass(6.hours)
        let parcel = try #require(bench.journal.parcels.last)
        bench.receive(Receipt(parcel: parcel.id, outcome: .refused(code: 10003, message: "Unknown Channel"), tries: 1))
        let row = try bench.run("topics.schedules")["rows"]?[0]
        #expect(row?["state"] == "paused" && row?["trouble"]?.text?.contains("Unknown Channel") == true)
        bench.pass(12.hours)
        #expect(bench.journal.parcels.count == 1)
    }

    @Test func `AI-02 a category that is gone, and what is trending where nothing is, make way for another topic`() throws {
        let bench = try Bench.topics(listens: false)
        try bench.run("topics.add", ["category": "chess", "text": "Which opening do you fear?"])
        try schedule(bench, ["every": "6h", "category": "chess"])
        try schedule(bench, ["every": "6h", "category": "trending"])
        try bench.run("topics.remove", ["id": 1])
        bench.pass(6.hours)
        #expect(bench.posts.count == 2 && bench.posts.allSatisfy { !$0.text.contains("opening do you fear") })
    }

    @Test(
        arguments: [
            ([:], "every"), (["every": "6h", "rule": "daily 18:00"], "rule"), (["every": "5m"], "every"),
            (["rule": "sometimes"], "rule"),
            (["every": "6h", "zone": "Atlantis/Poseidonis"], "zone"), (["every": "6h", "quiet": "always"], "quiet"),
            (["every": "6h", "category": "fod"], "category"), (["every": "6h", "channel": "#nowhere"], "channel"),
            (["every": "6h", "channel": "777777777777"], "channel"),
            (["every": 7, "surprise": 1], "surprise"),
        ] as [(JSON, String)])
    func `AI-02 what cannot be kept is refused, and the field is named`(_ params: JSON, _ field: String) throws {
        let bench = try Bench.topics(listens: false)
        do {
            try schedule(bench, params)
            Issue.record("it was taken: \(params)")
        } catch let refusal as Refusal { #expect(refusal.field == field, "\(refusal.sentence)") }
        #expect(try bench.numbers("SELECT COUNT(*) FROM topics_schedules") == [0])
    }

    @Test func `the panel shows them, and its actions are commands that are there`() throws {
        let bench = try Bench.topics(listens: false)
        try schedule(bench)
        let lines = try bench.look("topics.schedules", [:], in: Town.guild)
        #expect(lines.count == 1)
        for panel in bench.catalogue.feature("topics")?.panels ?? [] {
            for action in panel.actions { #expect(bench.catalogue.command(action.method) != nil) }
        }
    }
}
