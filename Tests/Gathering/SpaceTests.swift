import Kit
import Shared
import Testing
import Workbench

@Suite("Threads, channels and listed events")
struct SpaceTests {
    @Test func `EVT-07 a thread is opened under each event, and closed after it`() throws {
        let bench = try Bench.events()
        try bench.tune("events.space", "thread")
        try bench.event(["reminders": "none"])
        #expect(bench.deeds == ["posts in 201", "opens thread Game night 2026-08-07"])
        bench.discordTakes()
        #expect(try bench.run("events.show", ["id": 1])["space"]?["id"] == "5001")
        bench.pass(33.hours)
        #expect(bench.deeds.contains("changes channel: edit([Kit.ChannelEdit.locked(true), Kit.ChannelEdit.archived(true)])"))
    }

    @Test(
        arguments: [
            ("thread", "open", ["opens thread Talk"]),
            ("thread", "readers", ["opens thread Talk", "changes channel: edit([Kit.ChannelEdit.locked(true)])"]),
            ("thread", "staff", ["opens private thread Talk"]), ("channel", "open", ["opens channel talk"]),
        ] as [(String, String, [String])])
    func `EVT-07 a thread or channel is opened when it is asked for, for whom it is meant`(
        _ kind: String, _ access: String, _ deeds: [String]
    ) throws {
        let bench = try Bench.events()
        try bench.event()
        bench.discordTakes()
        try bench.run("events.thread", ["id": 1, "kind": .string(kind), "access": .string(access), "name": "Talk"])
        #expect(bench.deeds == deeds)
        bench.discordTakes(from: 7000)
        #expect(bench.refusal("events.thread", ["id": 1])?.kind == .conflict)
    }

    @Test func `EVT-07 a channel for staff is hidden from everybody else, and named as channels are`() throws {
        let bench = try Bench.events()
        try bench.tune("events.staff", .id(Town.role(1)))
        try bench.tune("events.space_name", "{title}: {date} at {time}!")
        try bench.event()
        bench.discordTakes()
        try bench.run("events.thread", ["id": 1, "kind": "channel", "access": "staff"])
        guard case .openChannel(_, let plan, _) = bench.journal.parcels.last?.effect else { throw Bench.Silence() }
        #expect(plan.name == "game-night-2026-08-07-at-18-00")
        #expect(
            plan.overwrites == [
                Overwrite(target: Town.guild.number, isMember: false, allow: [], deny: .viewChannel),
                Overwrite(target: Town.role(1).number, isMember: false, allow: [.viewChannel, .sendMessages], deny: []),
                Overwrite(target: Bench.bot.number, isMember: true, allow: [.viewChannel, .sendMessages], deny: []),
            ])
    }

    @Test func `Discord's own list is kept in step: made, changed, begun, ended, cancelled`() throws {
        let bench = try Bench.events()
        try bench.tune("events.native", true)
        try bench.event(["voice": .id(Town.channel(3)), "reminders": "none"])
        #expect(bench.deeds == ["posts in 201", "lists Game night"])
        bench.discordTakes()
        try bench.run("events.edit", ["id": 1, "title": "Games"])
        #expect(bench.deeds.contains { $0.hasPrefix("changes listed") && $0.contains("Games") })
        bench.journal.clear()
        bench.pass(30.hours)
        #expect(bench.deeds.contains { $0.contains("status(Kit.EventEdit.Status.active)") })
        bench.pass(2.hours)
        #expect(bench.deeds.contains { $0.contains("status(Kit.EventEdit.Status.completed)") })
        try bench.event(["title": "Tea", "start": "sunday 18:00"])
        bench.discordTakes(from: 8000)
        try bench.run("events.cancel", ["id": 2])
        #expect(bench.deeds.contains { $0.contains("status(Kit.EventEdit.Status.cancelled)") })
    }

    @Test(
        arguments: [
            ("daily", "UTC", EventRhythm.daily), ("weekly", "UTC", .weekly(day: 4, every: 1)),
            ("every 2 weeks", "UTC", .weekly(day: 4, every: 2)), ("weekdays", "UTC", .weekdays([0, 1, 2, 3, 4])),
            ("FREQ=MONTHLY;BYDAY=1FR", "UTC", .monthly(nth: 1, day: 4)), ("yearly", "UTC", .yearly(month: 8, day: 7)),
            ("every 3 weeks", "UTC", nil), ("weekly 4 times", "UTC", nil), ("monthly", "UTC", nil), ("mon, thu", "UTC", nil),
            ("weekly", "Asia/Kolkata", .weekly(day: 4, every: 1)), ("every 2 weeks", "Europe/Berlin", nil),
        ] as [(String, String, EventRhythm?)])
    func `Discord is told of a rhythm only where it means the same, and else of the next time`(
        _ words: String, _ zone: String, _ rhythm: EventRhythm?
    ) throws {
        let bench = try Bench.events()
        try bench.tune("events.native", true)
        try bench.event(["recurrence": .string(words), "zone": .string(zone)])
        let plans = bench.journal.parcels.compactMap { parcel -> EventPlan? in
            if case .openEvent(_, let plan, _) = parcel.effect { plan } else { nil }
        }
        #expect(plans.map(\.rhythm) == [rhythm])
    }

    @Test func `what was asked for and has not come yet is not asked for again, and is put right when it has`() throws {
        let bench = try Bench.events()
        try bench.tune("events.native", true)
        try bench.event()
        try bench.run("events.edit", ["id": 1, "title": "Games"])
        #expect(bench.deeds.filter { $0.hasPrefix("lists") } == ["lists Game night"])
        bench.discordTakes()
        #expect(try bench.run("events.show", ["id": 1])["native"] == "5001")
        #expect(try bench.numbers("SELECT COUNT(*) FROM house_outbox WHERE effect LIKE '%changeEvent%Games%'") == [1])
        try bench.run("events.thread", ["id": 1, "kind": "channel"])
        #expect(bench.refusal("events.thread", ["id": 1, "kind": "channel"])?.kind == .conflict)
    }

    @Test func `an event that is announced elsewhere takes its message with it`() throws {
        let bench = try Bench.events()
        try bench.event()
        bench.discordTakes()
        try bench.run("events.edit", ["id": 1, "channel": .id(Town.channel(2))])
        #expect(bench.deeds == ["deletes", "posts in 202"])
        bench.discordTakes(from: 6000)
        #expect(try bench.run("events.show", ["id": 1])["message"] == "6001")
    }

    @Test func `a listed event that is gone in Discord is made anew, one that is refused is told`() throws {
        let bench = try Bench.events()
        try bench.tune("events.native", true)
        try bench.event()
        bench.discordTakes()
        try bench.run("events.edit", ["id": 1, "title": "Games"])
        let change = try #require(bench.journal.parcels.last { if case .changeEvent = $0.effect { true } else { false } })
        bench.receive(Receipt(parcel: change.id, outcome: .refused(code: 10070, message: "Unknown Event"), tries: 1))
        #expect(bench.deeds.last == "lists Games")
        let made = try #require(bench.journal.parcels.last)
        bench.receive(Receipt(parcel: made.id, outcome: .refused(code: 50013, message: "Missing Permissions"), tries: 1))
        #expect(try bench.run("events.show", ["id": 1])["trouble"] == "Discord did not list it (50013): Missing Permissions")
    }
}
