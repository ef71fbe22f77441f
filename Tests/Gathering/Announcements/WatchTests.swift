import Gathering
import Kit
import Shared
import Testing
import Workbench

@Suite("Watched announcements")
struct WatchTests {
    private func bench() throws -> Bench {
        let bench = try Bench.reminders()
        try bench.tune("reminders.watch", true, channel: 1)
        try bench.tune("reminders.log", .id(Town.channel(2)))
        bench.journal.clear()
        return bench
    }

    private func rows(_ bench: Bench) throws -> [String] {
        try bench.texts("SELECT name || ' ' || state FROM reminders_reminders ORDER BY id")
    }

    private func edited(_ said: Said, _ text: String) -> Event {
        var changed = said
        changed.text = text
        return .messageEdited(changed.seen)
    }

    @Test func `REM-07 an announcement becomes one reminder, however often it is told of`() throws {
        let bench = try bench()
        let said = Said(2, "Quiz\nfriday 20:00", at: bench.clock.now)
        bench.hear(said.event, said.event, edited(said, "Quiz\nfriday 20:00"))
        #expect(try rows(bench) == ["Quiz on"])
        #expect(try bench.times(1) == ["2026-08-07T19:00:00Z", "2026-08-07T20:00:00Z"])
        bench.hear(Said(2, "Quiz\nfriday 20:00", in: 2, at: bench.clock.now, extra: 1).event)
        #expect(try rows(bench).count == 1, "nobody watches that channel")
    }

    @Test func `REM-09 edits and the end of an announcement are followed, and noted`() throws {
        let bench = try bench()
        let said = Said(2, "Quiz\nfriday 20:00", at: bench.clock.now)
        bench.hear(said.event)
        bench.hear(edited(said, "Quiz\nsaturday 21:00"))
        #expect(try bench.times(1).last == "2026-08-08T21:00:00Z")
        #expect(bench.told.last?.hasPrefix("#2 Reminder 1, Quiz, is changed with its announcement") == true)
        bench.hear(.messagesDeleted([said.id], channel: Town.channel(1), guild: Town.guild))
        #expect(try rows(bench) == ["Quiz removed"])
        #expect(bench.told.last == "#2 Reminder 1, Quiz, is removed: it is announced no more.")
        bench.hear(edited(said, "Quiz\nsunday 21:00"))
        #expect(try rows(bench) == ["Quiz removed"])
    }

    @Test func `REM-06 where it is unsure staff decides, with what was read in front of them`() throws {
        let bench = try bench()
        let said = Said(2, "Quiz\nfriday 9 august, 20:00", at: bench.clock.now)
        bench.hear(said.event)
        #expect(try rows(bench) == [])
        let card = try #require(bench.journal.cards.last)
        #expect(card.buttons.map(\.label) == ["Set it", "At another time", "No"])
        #expect(bench.told.last?.contains("Please look: its date is no such day of the week.") == true)
        #expect(try bench.look("reminders.proposals", [:], in: Town.guild).map { $0.row["title"] } == ["Quiz"])
        try bench.run("reminders.accept", ["message": .id(said.id)])
        #expect(try rows(bench) == ["Quiz on"])
        #expect(throws: Refusal.self) { try bench.run("reminders.accept", ["message": .id(said.id)]) }
        let other = Said(2, "Fair\nat 20:00", at: bench.clock.now, extra: 1)
        bench.hear(other.event)
        try bench.run("reminders.dismiss", ["message": .id(other.id)])
        let third = Said(2, "Walk\nat 20:00", at: bench.clock.now, extra: 2)
        bench.hear(third.event)
        try bench.run("reminders.accept_at", ["message": .id(third.id), "time": "saturday 10:00"])
        let times = try bench.times(2)
        #expect(times == ["2026-08-08T09:00:00Z", "2026-08-08T10:00:00Z"])
        #expect(try bench.look("reminders.proposals", [:], in: Town.guild).isEmpty)
        #expect(bench.refusal("reminders.accept", ["message": "12"])?.field == "message")
    }

    @Test func `REM-06 a message is read by its link, and who asked hears what came of it`() throws {
        let bench = try bench()
        let message: ID<Message> = Town.id(at: bench.clock.now)
        let link: JSON = ["link": .string("https://discord.com/channels/\(Town.guild)/\(Town.channel(1))/\(message)")]
        func reads(_ answer: JSON) throws {
            bench.journal.clear()
            try bench.run("reminders.read", link)
            let parcel = try #require(bench.journal.parcels.first { if case .fetch = $0.effect { true } else { false } })
            bench.receive(Receipt(parcel: parcel.id, outcome: .done(made: nil), tries: 1, answer: answer))
        }
        try reads(["content": "", "embeds": [["title": "Gala", "fields": [["name": "Date", "value": "7 nov, 19:00"]]]]])
        #expect(try rows(bench) == ["Gala on"])
        #expect(bench.refusal("reminders.read", link)?.kind == .conflict)
        for bad in ["https://discord.com/channels/1/2/3", "tea", "https://discord.com/channels/\(Town.guild)/999/3"] {
            #expect(bench.refusal("reminders.read", ["link": .string(bad)])?.field == "link", "\(bad)")
        }
    }

    @Test func `REM-07 what was said while the bot was away is looked at, and what is over by now is left alone`() throws {
        let bench = try bench()
        let listener = try #require(Reminders.feature.listeners.first { $0.name == "reminders.announcements" })
        #expect(listener.hears == .messages)
        let late = Said(2, "Quiz\ntoday 12:30", at: bench.clock.now)
        bench.clock.pass(1.hours)
        bench.hear(late.event)
        #expect(try rows(bench) == [])
    }
}
