import Kit
import Shared
import Testing
import Workbench

@Suite("Reminders of one's own")
struct PersonalReminderTests {
    @Test func `REM-11 it comes privately when it is due, once, and can be put off`() throws {
        let bench = try Bench.reminders()
        try bench.remindsMe(1, "in 2h", "check the oven")
        bench.pass(119.minutes)
        #expect(bench.told == [])
        bench.pass(1.minutes)
        #expect(bench.told == ["@1 ⏰ check the oven"])
        let card = try #require(bench.journal.cards.first)
        #expect(card.buttons.map(\.label) == ["Again in 10 min", "Again in 1 h", "Again tomorrow"])
        #expect(try bench.run("reminders.list", [:], as: 1)["rows"] == [])
        try bench.run("reminders.snooze", ["id": 1, "for": "1h"], as: 1)
        bench.pass(1.hours)
        #expect(bench.told.count == 2)
        bench.pass(8.days, by: 1.days)
        #expect(bench.told.count == 2 && bench.refusal("reminders.snooze", ["id": 1])?.kind == .notFound)
    }

    @Test func `REM-11 nobody else finds it, and the audit does not say what it says`() throws {
        let bench = try Bench.reminders()
        try bench.remindsMe(2, "in 2h", "the secret")
        for command in ["reminders.show", "reminders.edit", "reminders.remove", "reminders.snooze"] {
            #expect(throws: Refusal.self) { try bench.run(command, ["id": 1], as: 1) }
        }
        #expect(try bench.run("reminders.list", [:], as: 1)["rows"] == [])
        #expect(try bench.look("reminders.list", [:], in: Town.guild).isEmpty)
        try bench.run("reminders.edit", ["id": 1, "message": "the other secret"], as: 2)
        let changes = try bench.store.all("SELECT detail FROM house_audit_details") { $0.json(0)["changes"]?.line ?? "" }
        #expect(!changes.contains { $0.contains("secret") })
    }

    @Test func `REM-08 times are read in the member's own zone, then the server's`() throws {
        let bench = try Bench.reminders()
        try bench.tune("house.zone", "Europe/Brussels")
        try bench.remindsMe(1, "tomorrow 9:00")
        try bench.run("reminders.zone", ["zone": "America/New_York"], as: 1)
        try bench.remindsMe(1, "tomorrow 9:00")
        try bench.remindsMe(1, "tomorrow 9:00", "tea", ["zone": "Asia/Tokyo"])
        #expect(
            try (1...3).map { try bench.times($0).first } == [
                "2026-08-07T07:00:00Z", "2026-08-07T13:00:00Z", "2026-08-07T00:00:00Z",
            ])
        try bench.run("reminders.zone", ["zone": "server"], as: 1)
        try bench.remindsMe(1, "tomorrow 9:00")
        #expect(try bench.times(4).first == "2026-08-07T07:00:00Z")
    }

    @Test func `REM-11 who cannot or will not be written to is called where it was set, without what it is about`() throws {
        let bench = try Bench.reminders()
        try bench.run("privacy.decline", ["what": "messages"], as: 2)
        try bench.remindsMe(2, "in 1h", "the secret")
        bench.pass(1.hours)
        #expect(bench.told == [])
        let row = try bench.run("reminders.show", ["id": 1], as: 2)
        #expect(row["trouble"] == "I could not write to you: wants no private messages.")
        _ = try bench.store.run("UPDATE reminders_reminders SET channel = \(Town.channel(1)) WHERE id = 1")
        try bench.run("reminders.snooze", ["id": 1, "for": "1h"], as: 2)
        bench.pass(1.hours)
        #expect(bench.told.count == 1 && bench.told[0].hasPrefix("#1 person-2 A reminder of yours is due"))
        #expect(bench.posts.map(\.mentioned) == [[2]])
        bench.journal.clear()
        try bench.remindsMe(3, "in 1h", "another secret")
        _ = try bench.store.run("UPDATE reminders_reminders SET channel = \(Town.channel(1)) WHERE id = 2")
        bench.pass(1.hours)
        let sent = try #require(bench.journal.parcels.first)
        bench.receive(
            Receipt(parcel: sent.id, outcome: .refused(code: 50007, message: "Cannot send messages to this user"), tries: 1))
        #expect(bench.told.last?.hasPrefix("#1 person-3 A reminder of yours is due") == true)
        #expect(!bench.told.contains { $0.contains("secret") && $0.hasPrefix("#") })
    }

    @Test func `REM-11 a member has so many and no more`() throws {
        let bench = try Bench.reminders()
        try bench.tune("reminders.most", 2)
        for _ in 0..<2 { try bench.remindsMe(1, "in 1h") }
        #expect(throws: Refusal.self) { try bench.remindsMe(1, "in 1h") }
        try bench.remindsMe(2, "in 1h")
        bench.pass(1.hours)
        try bench.remindsMe(1, "in 1h")
    }

    @Test func `REM-02 one's own comes again and again, and one time is skipped`() throws {
        let bench = try Bench.reminders()
        try bench.remindsMe(1, "mon,thu 20:00", "water the plants")
        #expect(try bench.times(1).prefix(2) == ["2026-08-06T20:00:00Z", "2026-08-10T20:00:00Z"])
        try bench.run("reminders.skip", ["id": 1], as: 1)
        bench.pass(5.days, by: 1.hours)
        #expect(bench.told == ["@1 ⏰ water the plants"])
        #expect(bench.journal.cards.first?.buttons.map(\.label).suffix(2) == ["Skip the next", "Remove"])
    }

    @Test func `REM-02 a weekday is one day, and every weekday is all of them`() throws {
        let bench = try Bench.reminders()
        for time in ["friday 20:00", "every friday 20:00", "fridays 20:00", "next friday 20:00"] {
            try bench.remindsMe(1, time)
        }
        let comes = try (1...4).map { try bench.run("reminders.show", ["id": .int($0)], as: 1)["comes"]?.text }
        #expect(comes == ["once", "every week on Fri at 20:00", "every week on Fri at 20:00", "once"])
    }

    @Test func `PRV-03, PRV-04 what is kept of a member is exported and erased`() throws {
        let bench = try Bench.reminders()
        try bench.remindsMe(2, "in 1h", "tea")
        try bench.run("reminders.zone", ["zone": "Asia/Tokyo"], as: 2)
        let kept = try bench.run("tune.export", ["member": .id(Town.member(2))])["reminders"]
        #expect(kept?["reminders"]?[0]?["message"] == "tea" && kept?["zones"]?[0]?["zone"] == "Asia/Tokyo")
        try bench.run("tune.erase", ["member": .id(Town.member(2))])
        #expect(try bench.numbers("SELECT COUNT(*) FROM reminders_reminders") == [0])
        #expect(try bench.numbers("SELECT COUNT(*) FROM reminders_zones") == [0])
        bench.pass(2.hours)
        #expect(bench.told == [])
    }

    @Test func `in the house's own words a reminder that comes again is hidden from nobody whose it is`() throws {
        let bench = try Bench.reminders()
        try bench.remindsMe(1, "daily 9:00", "stretch")
        #expect(
            try bench.said("reminders.list", [:], as: 1) == [
                "Reminders", "1  stretch  you, every day at 09:00, next in 21 h",
            ])
        #expect(
            try bench.said("reminders.show", ["id": 1], as: 1).prefix(3) == [
                "Reminder 1", "stretch", "every day at 09:00, to you privately (UTC)",
            ])
    }
}
