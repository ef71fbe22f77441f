import Kit
import Shared
import Testing
import Workbench

/// What an admin gets wrong, and what must not be lost by it.
@Suite("Slips with events")
struct EventSlipTests {
    private func preview(_ bench: Bench) throws -> [String] {
        let rows = try bench.run("events.preview", ["id": 1])["rows"]?.array ?? []
        return rows.prefix(4).map { row in
            let starts = Instant(milliseconds: row["starts_ms"]?.int ?? 0).rfc3339
            return "\(starts.dropFirst(5).prefix(11)) \(row["state"]?.text ?? "")"
        }
    }

    @Test func `EVT-02 a day that was left out or moved stays so when the event gets another time, and when that is undone`()
        throws
    {
        let bench = try Bench.events()
        try bench.event(["recurrence": "weekly"])
        try bench.run("events.skip", ["id": 1, "on": "2026-08-14"])
        try bench.run("events.move", ["id": 1, "on": "2026-08-21", "to": "2026-08-22 12:00"])
        let before = try preview(bench)
        #expect(before == ["08-07T18:00 comes", "08-14T18:00 left out", "08-22T12:00 moved", "08-28T18:00 comes"])
        try bench.run("events.edit", ["id": 1, "start": "friday 19:00"])
        #expect(try preview(bench) == ["08-07T19:00 comes", "08-14T19:00 left out", "08-22T12:00 moved", "08-28T19:00 comes"])
        let undo = try #require(try bench.undo(of: "events.edit"))
        try bench.run("events.edit", undo["arguments"] ?? .null)
        #expect(try preview(bench) == before)
        try bench.run("events.edit", ["id": 1, "start": "saturday 18:00"])
        #expect(
            try preview(bench) == ["08-08T18:00 comes", "08-15T18:00 comes", "08-22T18:00 comes", "08-29T18:00 comes"],
            "on other days nothing was left out")
    }

    @Test func `EVT-01 a time of the day alone is one of the event's own day`() throws {
        let bench = try Bench.events()
        try bench.event(["recurrence": "weekly"])
        #expect(try bench.run("events.edit", ["id": 1, "start": "21:30"])["starts_ms"] == .int(friday("21:30:00")))
        #expect(try bench.run("events.edit", ["id": 1, "start": "00:00"])["starts_ms"] == .int(friday("00:00:00")))
    }

    private func friday(_ time: String) -> Int64 { Instant(rfc3339: "2026-08-07T\(time)Z")?.milliseconds ?? 0 }

    @Test func `EVT-01 a change that changes nothing says so and is none`() throws {
        let bench = try Bench.events()
        try bench.event(["capacity": 5])
        let version = try bench.run("events.show", ["id": 1])["version"]
        for params: JSON in [["id": 1], ["id": 1, "capacity": 5], ["id": 1, "title": "Game night", "start": "friday 18:00"]] {
            #expect(try bench.said("events.edit", params)[0].hasPrefix("Nothing of Game night is changed"))
        }
        #expect(try bench.run("events.show", ["id": 1])["version"] == version)
    }

    @Test(
        arguments: [
            (["title": "\u{200B}\u{202E} "], "title has nothing in it that could be seen."),
            (["description": "\u{2800}"], "description has nothing in it that could be seen."),
            (["start": "2999-01-01 18:00"], "2999-01-01 18:00 is too far away: an event starts within ten years."),
        ] as [(JSON, String)])
    func `EVT-01 what nobody sees or lives to see is refused`(_ params: JSON, _ sentence: String) throws {
        let bench = try Bench.events()
        let known: JSON = ["title": "x", "start": "friday 18:00", "channel": .id(Town.channel(1))]
        var all = known.object ?? .init()
        for (name, value) in params.object?.members ?? [] { all[name] = value }
        #expect(bench.refusal("events.create", .object(all))?.sentence == sentence)
    }

    @Test func `EVT-03 nobody answers for a member that there is not`() throws {
        let bench = try Bench.events()
        try bench.event(["capacity": 1])
        let refusal = bench.refusalAs(777, ["id": 1])
        #expect(refusal?.kind == .notFound && refusal?.field == "as")
        #expect(try bench.numbers("SELECT member FROM events_answers").isEmpty)
    }

    @Test func `EVT-02 those who were going hear that a time is left out`() throws {
        let bench = try Bench.events()
        try bench.event(["recurrence": "weekly"])
        bench.discordTakes()
        try bench.answers(2)
        try bench.answers(3, "no")
        bench.journal.clear()
        try bench.run("events.skip", ["id": 1, "on": "friday"])
        #expect(bench.deeds.contains("posts in 201 for 2"), "\(bench.deeds)")
        bench.journal.clear()
        try bench.run("events.skip", ["id": 1, "on": "2026-08-21"])
        #expect(!bench.deeds.contains { $0.contains(" for ") }, "what nobody has answered yet is left out in silence")
    }

    @Test func `EVT-03 fewer seats than are taken take nobody's, and the admin is told`() throws {
        let bench = try Bench.events()
        try bench.event()
        for member in [2, 3, 4] as [Int64] { try bench.answers(member) }
        let said = try bench.said("events.edit", ["id": 1, "capacity": 1])
        #expect(said.last == "3 are going already and keep their seats; others wait until there is room.")
        #expect(try bench.answers(5)["waiting"] == true)
    }

    @Test func `what a terminal is told: how long until then, both dates of a long one, and what the clocks there show`() throws
    {
        let bench = try Bench.events()
        let made = try bench.said(
            "events.create",
            [
                "title": "Tea", "start": "2026-08-07 20:00", "end": "23h", "zone": "Europe/Berlin",
                "channel": .id(Town.channel(1)),
            ])
        #expect(made[1] == "Announced in #room-1. It takes 23 h, by the clocks of Europe/Berlin, where it starts at 20:00.")
        let shown = try bench.said("events.show", ["id": 1])
        #expect(shown.contains { $0.contains("2026-08-07 18:00 to 2026-08-08 17:00 (in ") }, "\(shown)")
        #expect(
            try bench.said("events.rsvp", ["id": 1, "answer": "none"], as: 2) == [
                "Tea, 2026-08-07 18:00: you had not answered."
            ])
    }
}
