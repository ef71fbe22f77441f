import Kit
import Shared
import Testing
import Workbench

@Suite("Events")
struct EventTests {
    private static let friday = "2026-08-07T18:00:00Z"

    private func starts(_ row: JSON?) -> String? { row?["starts_ms"]?.int.map { Instant(milliseconds: $0).rfc3339 } }
    private func times(_ row: JSON) -> [String] {
        row["times_ms"]?.array?.compactMap(\.int).map { Instant(milliseconds: $0).rfc3339 } ?? []
    }

    @Test func `EVT-01 an event is made, announced with a message, changed, cancelled, had back and archived`() throws {
        let bench = try Bench.events()
        let made = try bench.event(["description": "Bring snacks", "capacity": 5])
        #expect(made["id"] == 1 && starts(made) == Self.friday && made["phase"] == "open" && made["comes"] == "once")
        #expect(bench.deeds == ["posts in 201"])
        bench.discordTakes()
        #expect(try bench.run("events.show", ["id": "game night"])["message"] == "5000")
        let edited = try bench.run("events.edit", ["id": 1, "title": "Games", "capacity": "none", "start": "saturday 19:00"])
        #expect(edited["title"] == "Games" && edited["capacity"] == nil && starts(edited) == "2026-08-08T19:00:00Z")
        #expect(bench.deeds == ["draws"])
        #expect(try bench.run("events.cancel", ["id": 1])["phase"] == "cancelled")
        #expect(bench.refusal("events.edit", ["id": 1, "title": "x"])?.kind == .conflict)
        #expect(try bench.run("events.uncancel", ["id": 1])["phase"] == "open")
        #expect(try bench.run("events.archive", ["id": 1])["state"] == "archived")
        #expect(try bench.run("events.list")["rows"] == [])
        #expect(try bench.run("events.list", ["what": "archived"])["rows"]?.array?.count == 1)
        #expect(try bench.run("events.restore", ["id": 1])["phase"] == "open")
    }

    @Test func `EVT-01 the undo of a change is the event as it was, answers and all`() throws {
        let bench = try Bench.events()
        try bench.event(["capacity": 5, "cutoff": "2h", "place": "the park", "reminders": "3h"])
        try bench.answers(2)
        let before = try bench.run("events.show", ["id": 1])
        try bench.run(
            "events.edit", ["id": 1, "start": "sunday 10:00", "end": "12:00", "recurrence": "weekly", "place": "none"])
        #expect(try bench.run("events.show", ["id": 1])["answers"]?["going"] == 1)
        let undo = try #require(try bench.undo(of: "events.edit"))
        try bench.run("events.edit", undo["arguments"] ?? .null)
        let after = try bench.run("events.show", ["id": 1])
        for key in ["starts_ms", "ends_ms", "capacity", "cutoff_ms", "place", "reminders", "recurrence", "answers"] {
            #expect(before[key] == after[key], "\(key)")
        }
    }

    @Test(
        arguments: [
            ("weekly", "every week", ["2026-08-07", "2026-08-14", "2026-08-21"]),
            ("every 2 weeks", "every 2 weeks", ["2026-08-07", "2026-08-21", "2026-09-04"]),
            ("daily", "every day", ["2026-08-07", "2026-08-08", "2026-08-09"]),
            ("weekdays", "every week on Mon, Tue, Wed, Thu, Fri", ["2026-08-07", "2026-08-10", "2026-08-11"]),
            ("mon, thu", "every week on Mon, Thu", ["2026-08-10", "2026-08-13", "2026-08-17"]),
            ("monthly 2 times", "every month, 2 times", ["2026-08-07", "2026-09-07"]),
            ("daily until 9 aug", "every day, until 2026-08-09", ["2026-08-07", "2026-08-08", "2026-08-09"]),
            ("weekly 2", "every 2 weeks", ["2026-08-07", "2026-08-21", "2026-09-04"]),
            ("30 19 * * 1,3-4", "every week on Mon, Wed, Thu", ["2026-08-10", "2026-08-12", "2026-08-13"]),
            (
                "0 18 15 9,10 *", "FREQ=MONTHLY;BYMONTH=9,10;BYMONTHDAY=15;BYHOUR=18;BYMINUTE=0;BYSECOND=0",
                ["2026-09-15", "2026-10-15", "2027-09-15"]
            ),
            ("FREQ=MONTHLY;BYDAY=1FR", "every month on the first Fri", ["2026-08-07", "2026-09-04", "2026-10-02"]),
        ] as [(String, String, [String])])
    func `EVT-02 it comes again as it was said`(_ words: String, _ spelled: String, _ days: [String]) throws {
        let row = try Bench.events().event(["recurrence": .string(words)])
        #expect(row["comes"]?.text == spelled)
        #expect(times(row).prefix(3).map { String($0.prefix(10)) } == days)
    }

    @Test func `EVT-02 clocks that change leave the time on the wall as it is`() throws {
        let bench = try Bench.events()
        let row = try bench.event(["start": "2026-10-19 20:00", "zone": "Europe/Berlin", "recurrence": "weekly"])
        #expect(times(row).prefix(2) == ["2026-10-19T18:00:00Z", "2026-10-26T19:00:00Z"])
    }

    @Test func `EVT-02 a time is left out, another moved, the next ten are shown, and both are taken back`() throws {
        let bench = try Bench.events()
        try bench.event(["recurrence": "weekly"])
        try bench.run("events.skip", ["id": 1, "on": "2026-08-14"])
        try bench.run("events.move", ["id": 1, "on": "2026-08-21", "to": "2026-08-22 15:00"])
        let rows = try bench.run("events.preview", ["id": 1])["rows"]?.array ?? []
        #expect(rows.prefix(4).map { $0["state"] } == ["comes", "left out", "moved", "comes"])
        #expect(rows.filter { $0["state"] != "left out" }.count == 10)
        #expect(starts(rows[2]) == "2026-08-22T15:00:00Z")
        try bench.run("events.keep", ["id": 1, "on": "2026-08-14 18:00"])
        try bench.run("events.keep", ["id": 1, "on": "2026-08-22 15:00"])
        let kept = try bench.run("events.preview", ["id": 1])["rows"]?.array ?? []
        #expect(kept.allSatisfy { $0["state"] == "comes" } && starts(kept[2]) == "2026-08-21T18:00:00Z")
        #expect(bench.refusal("events.skip", ["id": 1, "on": "2026-08-15"])?.field == "on")
        #expect(bench.refusal("events.move", ["id": 1, "on": "2026-08-21", "to": "2026-08-28 19:00"])?.kind == .conflict)
    }

    @Test func `EVT-02 leaving out what is announced announces the next, and taking it back turns that round`() throws {
        let bench = try Bench.events()
        try bench.event(["recurrence": "weekly"])
        try bench.answers(2)
        bench.discordTakes(from: 5000)
        try bench.run("events.skip", ["id": 1, "on": "2026-08-07"])
        #expect(bench.deeds == ["posts in 201 for 2", "draws", "posts in 201"])
        #expect(starts(try bench.run("events.show", ["id": 1])) == "2026-08-14T18:00:00Z")
        bench.discordTakes(from: 6000)
        try bench.run("events.keep", ["id": 1, "on": "2026-08-07"])
        #expect(bench.deeds == ["deletes", "draws"])
        let row = try bench.run("events.show", ["id": 1])
        #expect(starts(row) == Self.friday && row["message"] == "5000" && row["answers"]?["going"] == 1)
    }

    @Test func `one event after the other is begun, closed and followed by the next`() throws {
        let bench = try Bench.events()
        try bench.event(["recurrence": "weekly", "reminders": "none"])
        try bench.answers(2)
        bench.discordTakes(from: 5000)
        bench.pass(31.hours)
        #expect(try bench.run("events.show", ["id": 1])["phase"] == "running")
        bench.pass(1.hours)
        let row = try bench.run("events.show", ["id": 1])
        #expect(row["phase"] == "open" && starts(row) == "2026-08-14T18:00:00Z" && row["answers"]?["going"] == 0)
        #expect(bench.deeds.suffix(2) == ["draws", "posts in 201"])
        #expect(try bench.texts("SELECT state FROM events_occurrences ORDER BY at") == ["over", "open"])
    }

    @Test func `weeks of downtime leave one announcement, not one for each week`() throws {
        let bench = try Bench.events()
        try bench.event(["recurrence": "weekly", "reminders": "1h"])
        bench.discordTakes()
        bench.clock.pass(25.days)
        try bench.restart()
        bench.step()
        #expect(bench.deeds == ["draws", "posts in 201"])
        #expect(starts(try bench.run("events.show", ["id": 1])) == "2026-09-04T18:00:00Z")
    }

    @Test func `what comes at the same time in the same place is told`() throws {
        let bench = try Bench.events()
        try bench.event(["voice": .id(Town.channel(3))])
        let clash: JSON = [
            "title": "Choir", "start": "friday 19:00", "channel": .id(Town.channel(2)), "voice": .id(Town.channel(3)),
        ]
        let command = try #require(bench.catalogue.command("events.create"))
        var request = Request(command, params: clash.object ?? .init(), guild: Town.guild, person: Bench.owner)
        request.wantsCard = true
        guard case .reply(_, _, let lines, _) = try bench.ask(request) else { throw Bench.Silence() }
        #expect(lines.contains { $0.contains("Game night (event 1) on 2026-08-07 19:00") }, "\(lines)")
    }

    @Test func `a clone is another event at another time, with a calendar name of its own`() throws {
        let bench = try Bench.events()
        let first = try bench.event(["capacity": 4, "description": "Bring snacks"])
        let second = try bench.run("events.clone", ["id": 1, "start": "monday 20:00"])
        #expect(second["id"] == 2 && second["capacity"] == 4 && second["description"] == "Bring snacks")
        #expect(first["uid"] != second["uid"] && starts(second) == "2026-08-10T20:00:00Z")
    }

    @Test func `a dry run announces nothing, and a version that somebody else changed is refused`() throws {
        let bench = try Bench.events()
        let create = try #require(bench.catalogue.command("events.create"))
        var request = Request(
            create, params: JSON.Object([("title", "Tea"), ("start", "friday 18:00"), ("channel", .id(Town.channel(1)))]),
            guild: Town.guild, person: Bench.owner)
        request.isDryRun = true
        guard case .planned(let plan, _, let data) = try bench.ask(request) else { throw Bench.Silence() }
        #expect(plan.effects.count == 1 && data["times_ms"]?.array?.count == 1)
        #expect(try bench.numbers("SELECT COUNT(*) FROM events_meetings") == [0])
        try bench.event()
        let edit = try #require(bench.catalogue.command("events.edit"))
        var change = Request(
            edit, params: JSON.Object([("id", 1), ("title", "x")]), guild: Town.guild, person: Bench.owner)
        change.ifVersion = 7
        guard case .refused(let refusal) = try bench.ask(change) else { throw Bench.Silence() }
        #expect(refusal.kind == .conflict)
    }

    @Test(
        arguments: [
            (["title": ""], "title"), (["title": .string(String(repeating: "x", count: 101))], "title"),
            (["start": "someday"], "start"), (["start": "2026-08-01 18:00"], "start"), (["end": "17:00x"], "end"),
            (["end": "2026-08-07 17:00"], "end"), (["end": "40 days"], "end"), (["recurrence": "often"], "recurrence"),
            (["recurrence": "FREQ=MINUTELY"], "recurrence"), (["recurrence": "0 18 1 * 1"], "recurrence"),
            (["recurrence": "0 25 * * *"], "recurrence"), (["recurrence": "*/5 * * * *"], "recurrence"),
            (["recurrence": "FREQ=DAILY;COUNT=0"], "recurrence"),
            (["end": "25h", "recurrence": "daily"], "recurrence"), (["zone": "Mars/Base"], "zone"),
            (["channel": "999"], "channel"), (["channel": "203203"], "channel"), (["voice": .id(Town.channel(1))], "voice"),
            (["voice": .id(Town.channel(3)), "place": "the park"], "place"), (["capacity": 0], "capacity"),
            (["capacity": "many"], "capacity"), (["cutoff": "-1h"], "cutoff"), (["role": "399"], "role"),
            (["reminders": "1h, soon"], "reminders"), (["reminders": "1m,2m,3m,4m,5m,6m"], "reminders"),
            (["template": "party"], "template"), (["colour": "red"], "colour"),
        ] as [(JSON, String)])
    func `what cannot be is refused with the field that is at fault, and nothing is left behind`(
        _ params: JSON, _ field: String
    ) throws {
        let bench = try Bench.events()
        let refusal = #expect(throws: Refusal.self) { try bench.event(params) }
        #expect(refusal?.field == field, "\(refusal?.sentence ?? "")")
        #expect(try bench.numbers("SELECT COUNT(*) FROM events_meetings") == [0] && bench.deeds.isEmpty)
    }

    @Test func `events that are not there, or of another server, are not found; a near title is offered`() throws {
        let bench = try Bench.events()
        try bench.event()
        for command in ["events.show", "events.cancel", "events.archive", "events.preview", "events.announce"] {
            #expect(bench.refusal(command, ["id": 7])?.kind == .notFound, "\(command)")
        }
        #expect(bench.refusal("events.show", ["id": "gane night"])?.hint?.contains("\"Game night\"") == true)
        _ = try bench.store.run("UPDATE events_meetings SET guild = 4711")
        #expect(bench.refusal("events.show", ["id": 1])?.kind == .notFound)
        #expect(bench.refusal("events.attend", ["id": 1, "members": "1002"])?.kind == .notFound)
    }

    @Test func `a permission that is missing is told before it fails`() throws {
        let bench = try Bench.events(roles: [Town.everyone([.viewChannel, .sendMessages])])
        bench.hear(.memberSeen(bot, joined: false))
        let refusal = #expect(throws: Refusal.self) { try bench.event() }
        #expect(refusal?.sentence == "I lack a permission in #room-1 to announce it: Embed Links.")
        bench.hear(.roleSeen(Town.everyone([.viewChannel, .sendMessages, .embedLinks])))
        try bench.event()
        try bench.tune("events.native", true)
        #expect(bench.refusal("events.edit", ["id": 1, "title": "x"])?.sentence.contains("Create Events") == true)
        try bench.tune("events.native", false)
        try bench.tune("events.space", "thread")
        #expect(bench.refusal("events.edit", ["id": 1, "title": "x"])?.sentence.contains("Create Public Threads") == true)
    }

    private var bot: MemberProfile {
        var profile = Town.profile(1, named: "hearth")
        profile.id = Bench.bot
        return profile
    }

    @Test func `a role or a channel that is deleted is told, with what to do`() throws {
        let bench = try Bench.events()
        try bench.event(["role": .id(Town.role(1)), "voice": .id(Town.channel(3))])
        bench.hear(.roleDeleted(Town.role(1), guild: Town.guild))
        let roleGone = bench.refusal("events.edit", ["id": 1, "title": "x"])
        #expect(roleGone?.field == "role" && roleGone?.hint?.contains("role: none") == true)
        #expect(bench.refusalAs(2, ["id": 1])?.sentence == "Only holders of a role that is gone sign up for Game night.")
        try bench.run("events.edit", ["id": 1, "role": "none"])
        bench.hear(.channelDeleted(Town.channel(3), guild: Town.guild))
        #expect(bench.refusal("events.edit", ["id": 1, "title": "x"])?.field == "voice")
        bench.receive(
            Receipt(
                parcel: bench.journal.parcels[0].id, outcome: .refused(code: 10003, message: "Unknown Channel"), tries: 1))
        #expect(try bench.run("events.show", ["id": 1])["trouble"]?.text?.contains("Unknown Channel") == true)
    }

    @Test func `a name is one line whatever was written, and nothing in it means anything`() throws {
        let bench = try Bench.events()
        try bench.event(["title": "Tea\n\n@everyone  <@1002>\t**now**"])
        guard case .post(_, let post) = bench.journal.parcels.first?.effect else { throw Bench.Silence() }
        #expect(post.card.title?.pieces == [.quoted("Tea @everyone <@1002> **now**")])
        #expect(post.mentions == .nobody)
    }

    @Test func `where events are switched off nothing happens by itself, and goes on when they are on again`() throws {
        let bench = try Bench.events()
        try bench.event(["reminders": "1h"])
        try bench.answers(2)
        bench.discordTakes()
        try bench.tune("feature.events", false)
        bench.pass(33.hours, by: 30.minutes)
        #expect(bench.deeds.isEmpty)
        try bench.tune("feature.events", true)
        bench.pass(1.hours)
        #expect(bench.deeds == ["draws"])
        #expect(try bench.texts("SELECT state FROM events_occurrences") == ["over"])
    }

    @Test func `a message that somebody deletes is told, and posted anew when it is asked for`() throws {
        let bench = try Bench.events()
        try bench.event()
        bench.discordTakes()
        bench.hear(.messagesDeleted([name(5000)], channel: Town.channel(1), guild: Town.guild))
        #expect(try bench.run("events.show", ["id": 1])["trouble"]?.text?.contains("events announce") == true)
        try bench.run("events.announce", ["id": 1])
        #expect(bench.deeds == ["posts in 201"])
        bench.discordTakes(from: 6000)
        let row = try bench.run("events.show", ["id": 1])
        #expect(row["message"] == "6000" && row["trouble"] == nil)
    }
}
