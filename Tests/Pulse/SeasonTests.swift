import Kit
import Pulse
import Shared
import Testing
import Workbench

@Suite("Seasons")
struct SeasonTests {
    private func board(_ season: JSON, _ bench: Bench) throws -> [JSON] {
        try bench.run("seasons.show", ["season": season])["rows"]?.array?.compactMap { $0["member"]?["id"] } ?? []
    }

    @Test func `RWD-07 a season has a board of its own, which stays as it stood when it closed`() throws {
        let bench = try Bench.standing()
        bench.chat(1, 20, from: .noon(.zero - 2.days))
        try bench.run("seasons.start", ["name": "Summer"])
        bench.chat(2, 3, from: .noon(1.hours))
        bench.clock.pass(2.hours)
        bench.step()
        #expect(try bench.board(["period": "season"]).map { $0["member"]?["id"] } == [.id(Town.member(2))])
        #expect(try board("Summer", bench) == [.id(Town.member(2))])
        let closed = try bench.run("seasons.close", [:])
        #expect(closed["state"] == "closed" && closed["messages"] == 3 && closed["members"] == 1 && closed["points"] == 6)
        bench.chat(3, 9, from: .noon(3.hours))
        bench.step()
        #expect(try board("Summer", bench) == [.id(Town.member(2))])
        #expect(bench.refusing("seasons.close", ["season": "Summer"])?.kind == .conflict)
    }

    @Test func `RWD-07 it ends by itself at its date, however late that is noticed, and posts its recap once`() throws {
        let bench = try Bench.standing()
        try bench.tune("seasons.channel", .id(Town.channel(2)))
        try bench.run("seasons.start", ["name": "Week", "until": "2026-08-08"])
        bench.chat(1, 4, from: .noon(1.hours))
        bench.journal.clear()
        bench.clock.pass(5.days)
        bench.chat(2, 30, from: .noon(4.days))
        try bench.restart()
        bench.step()
        #expect(try board("Week", bench) == [.id(Town.member(1))], "what came after its last day is not of it")
        let posts = bench.posts(in: 2)
        #expect(posts.count == 1 && posts.first?.files.first?.drawing?.title == "Week")
        #expect(posts.first?.card.picture == "attachment://season.png")
        #expect(try bench.run("seasons.list")["rows"]?[0]?["until"] == "2026-08-08")
        bench.pass(2.days, by: 12.hours)
        #expect(try bench.numbers("SELECT COUNT(*) FROM house_outbox") == [1])
    }

    @Test func `RWD-07 a season is edited, called off and reopened, and there is one at a time`() throws {
        let bench = try Bench.standing()
        try bench.run("seasons.start", ["name": "One", "from": "2026-08-01"])
        #expect(bench.refusing("seasons.start", ["name": "Two"])?.kind == .conflict)
        #expect(try bench.run("seasons.edit", ["season": "One", "until": "2026-09-30"])["until"] == "2026-09-30")
        try bench.run("seasons.cancel", ["season": "One"])
        #expect(try bench.run("seasons.list")["rows"] == [])
        try bench.run("seasons.reopen", ["season": "1"])
        #expect(try bench.run("seasons.list")["rows"]?[0]?["state"] == "open")
        try bench.run("seasons.close", [:])
        #expect(try bench.run("seasons.reopen", ["season": "One"])["until"] == nil, "it runs until somebody closes it")
        #expect(try bench.numbers("SELECT COUNT(*) FROM seasons_places") == [0])
    }

    @Test func `RWD-07 an end that was set is taken away again, a closed one is renamed, and both are undone`() throws {
        let bench = try Bench.standing()
        func undone(_ command: String, _ params: JSON) throws -> JSON {
            try bench.run(command, params)
            let undo = try #require(
                try bench.texts("SELECT detail FROM house_audit_details ORDER BY id DESC LIMIT 1").first
                    .map { try JSON(parsing: $0) }?["undo"])
            return try bench.run(undo["command"]?.text ?? "", undo["arguments"] ?? .null)
        }
        try bench.run("seasons.start", ["name": "One"])
        #expect(try undone("seasons.edit", ["season": "One", "until": "2026-09-30"])["until"] == nil)
        #expect(try undone("seasons.edit", ["season": "One", "name": "Two"])["name"] == "One")
        try bench.run("seasons.edit", ["season": "One", "until": "2026-09-30"])
        #expect(try undone("seasons.edit", ["season": "One", "until": "none"])["until"] == "2026-09-30")
        try bench.run("seasons.close", [:])
        #expect(try undone("seasons.edit", ["season": "One", "name": "Two"])["name"] == "One")
    }

    @Test func `a season that was called off is had back by its name`() throws {
        let bench = try Bench.standing()
        try bench.run("seasons.start", ["name": "One"])
        try bench.run("seasons.cancel", ["season": "One"])
        #expect(bench.refusing("seasons.show", ["season": "One"])?.kind == .notFound)
        #expect(try bench.run("seasons.reopen", ["season": "one"])["state"] == "open")
    }

    @Test(
        arguments: [
            ("seasons.start", ["name": "x", "from": "2026-08-20"]), ("seasons.start", ["name": "x", "until": "2026-08-01"]),
            ("seasons.start", ["name": "", "until": "2026-09-01"]), ("seasons.start", ["name": "12"]),
            ("seasons.start", ["name": "x", "until": "someday"]), ("seasons.close", ["season": "none"]),
            ("seasons.show", ["season": "99"]), ("seasons.cancel", ["season": "Old"]), ("seasons.start", ["name": "old"]),
        ] as [(String, JSON)])
    func `what seasons cannot do is refused, and the field named`(_ command: String, _ params: JSON) throws {
        let bench = try Bench.standing()
        try bench.run("seasons.start", ["name": "Old"])
        try bench.run("seasons.close", [:])
        let refusal = try #require(bench.refusing(command, params))
        #expect(refusal.field != nil)
    }

    @Test func `places are exported and erased, and nobody moves up in an archive`() throws {
        let bench = try Bench.standing()
        try bench.run("seasons.start", ["name": "Summer"])
        for member in Int64(1)...3 { bench.chat(member, Int(member) * 4, from: .noon(Int(member).hours)) }
        bench.clock.pass(5.hours)
        try bench.run("seasons.close", [:])
        #expect(try bench.run("tune.export", ["member": .id(Town.member(3))])["seasons"]?["places"]?[0]?["rank"] == 1)
        try bench.run("tune.erase", ["member": .id(Town.member(3))])
        #expect(try bench.run("seasons.show", [:])["rows"]?.array?.map { $0["rank"] } == [2, 3])
    }
}
