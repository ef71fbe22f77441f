import Kit
import Shared
import Testing
import Workbench

@Suite("Reminders of channels")
struct ChannelReminderTests {
    @Test func `REM-01 one is added, listed, changed, paused, removed and had back`() throws {
        let bench = try Bench.reminders()
        let added = try bench.reminder()
        #expect(
            added["id"] == 1 && added["comes"] == "every week on Mon, Tue, Wed, Thu, Fri at 09:00" && added["state"] == "on")
        #expect(
            try bench.run("reminders.edit", ["id": 1, "time": "10:00", "days": "fri"])["comes"] == "every week on Fri at 10:00")
        #expect(try bench.run("reminders.pause", ["id": 1])["state"] == "paused")
        bench.pass(8.days, by: 1.days)
        #expect(bench.told == [])
        #expect(try bench.run("reminders.resume", ["id": 1])["state"] == "on")
        try bench.run("reminders.remove", ["id": 1])
        #expect(try bench.run("reminders.list")["rows"] == [])
        #expect(bench.refusal("reminders.edit", ["id": 1])?.kind == .notFound)
        #expect(try bench.run("reminders.restore", ["id": 1])["state"] == "on")
        #expect(try bench.run("reminders.list")["rows"]?.array?.count == 1)
    }

    @Test(
        arguments: [
            ("mon,thu", ["2026-08-10T07:00:00Z", "2026-08-13T07:00:00Z"]),
            ("0 3", ["2026-08-10T07:00:00Z", "2026-08-13T07:00:00Z"]),
            ("first monday", ["2026-09-07T07:00:00Z", "2026-10-05T07:00:00Z"]),
            ("last friday of the month", ["2026-08-28T07:00:00Z", "2026-09-25T07:00:00Z"]),
            ("monthly 15", ["2026-08-15T07:00:00Z", "2026-09-15T07:00:00Z"]),
            ("FREQ=MONTHLY;BYDAY=2TU", ["2026-08-11T07:00:00Z", "2026-09-08T07:00:00Z"]),
        ])
    func `REM-02 days are weekdays by name or number, the nth of a month, or a rule`(_ days: String, _ times: [String]) throws {
        let bench = try Bench.reminders()
        try bench.reminder(["days": .string(days), "zone": "Europe/Brussels"])
        #expect(Array(try bench.times(1).prefix(2)) == times)
    }

    @Test func `REM-08 the time of day stays through both clock changes`() throws {
        let bench = try Bench.reminders()
        try bench.reminder(["zone": "Europe/Brussels", "days": "sun", "time": "02:30"])
        bench.clock.pass(77.days)
        bench.step()
        #expect(
            try bench.times(1).prefix(3) == ["2026-10-25T00:30:00Z", "2026-11-01T01:30:00Z", "2026-11-08T01:30:00Z"],
            "what comes twice on that day counts once")
        bench.clock.pass(150.days)
        bench.step()
        #expect(try bench.times(1).first == "2027-03-28T01:00:00Z", "a minute that the day does not have is the next there is")
    }

    @Test func `REM-03 the time that is shown is another one than when it comes`() throws {
        let bench = try Bench.reminders()
        try bench.reminder(["call_time": "09:30", "message": "Bring notes.", "place": "Room 2"])
        bench.pass(21.hours)
        #expect(
            bench.told == ["#1 ⏰ Stand-up: 2026-08-07 09:30, 2026-08-07 09:30 | Bring notes. | Where: Room 2"])
    }

    @Test func `REM-04 a single date comes an hour before and when it is there, and is gone then`() throws {
        let bench = try Bench.reminders()
        try bench.reminder(["time": "tomorrow 18:00", "days": "-", "name": "Game night"])
        #expect(try bench.times(1) == ["2026-08-07T17:00:00Z", "2026-08-07T18:00:00Z"])
        bench.pass(29.hours)
        bench.pass(1.hours)
        #expect(
            bench.told == [
                "#1 ⏰ Game night: 2026-08-07 18:00, 2026-08-07 18:00", "#1 ⏰ Game night: now, 2026-08-07 18:00",
            ])
        #expect(try bench.run("reminders.list")["rows"] == [])
        bench.pass(9.days, by: 1.days)
        #expect(try bench.numbers("SELECT COUNT(*) FROM reminders_reminders") == [0])
    }

    @Test func `REM-05 a crash between two steps never lets it come twice, and none is lost`() throws {
        let bench = try Bench.reminders()
        try bench.reminder(["days": "daily"])
        for _ in 0..<12 {
            bench.pass(6.hours)
            try bench.restart()
            bench.step()
        }
        #expect(try bench.numbers("SELECT COUNT(*) FROM reminders_fires") == [3])
        #expect(try bench.numbers("SELECT COUNT(*) FROM house_outbox") == [3])
    }

    @Test func `REM-05 what was missed comes late and says so, of many one, and what is too late is passed over`() throws {
        let bench = try Bench.reminders()
        try bench.tune("reminders.log", .id(Town.channel(2)))
        try bench.reminder(["days": "daily"])
        try bench.reminder(["time": "2026-08-09 09:00", "days": "-", "name": "Fair"])
        bench.journal.clear()
        bench.clock.pass(69.hours + 14.minutes)
        try bench.restart()
        bench.step()
        #expect(
            bench.told.filter { $0.hasPrefix("#1") }.sorted() == [
                "#1 ⏰ Fair was at 2026-08-09 09:00, 2026-08-09 09:00 | -# This is 14 minutes late: I was away.",
                "#1 ⏰ Stand-up | -# This is 14 minutes late: I was away, and 2 times more passed meanwhile.",
            ])
        #expect(bench.told.contains { $0.hasPrefix("#2 Reminder 1, Stand-up, was sent in #room-1, 14 minutes late") })
        bench.discordTakes()
        bench.clock.pass(23.hours + 46.minutes + 13.hours)
        try bench.restart()
        bench.step()
        #expect(bench.told.filter { $0.hasPrefix("#1") } == [])
        #expect(try bench.texts("SELECT outcome FROM reminders_fires WHERE reminder = 1 ORDER BY due") == ["sent", "missed"])
        #expect(try bench.times(1).first == "2026-08-11T09:00:00Z")
    }

    @Test func `one time is left out, put off, and both are taken back`() throws {
        let bench = try Bench.reminders()
        try bench.reminder(["days": "daily"])
        try bench.run("reminders.skip", ["id": 1])
        #expect(try bench.times(1).first == "2026-08-08T09:00:00Z")
        try bench.run("reminders.skip", ["id": 1])
        #expect(try bench.times(1).first == "2026-08-09T09:00:00Z")
        try bench.run("reminders.unskip", ["id": 1])
        #expect(try bench.times(1).first == "2026-08-07T09:00:00Z")
        try bench.run("reminders.snooze", ["id": 1, "for": "25m"])
        #expect(try bench.times(1).prefix(2) == ["2026-08-06T12:25:00Z", "2026-08-07T09:00:00Z"])
        bench.pass(25.minutes)
        #expect(bench.told == ["#1 ⏰ Stand-up"])
        try bench.run("reminders.snooze", ["id": 1])
        try bench.run("reminders.wake", ["id": 1])
        #expect(try bench.times(1).first == "2026-08-07T09:00:00Z")
    }

    @Test func `REM-10 everyone is mentioned only where a switch allows it, and only as long as it does`() throws {
        let roles = [Town.everyone([.viewChannel, .sendMessages, .mentionEveryone])]
        let bench = try Bench.reminders(roles: roles)
        let params: JSON = ["everyone": true, "days": "daily"]
        #expect(throws: Refusal.self) { try bench.reminder(params) }
        try bench.tune("reminders.everyone", true)
        var refusal: Refusal?
        do { try bench.reminder(params) } catch let known as Refusal { refusal = known }
        #expect(refusal?.kind == .unconfirmed)
        let command = try #require(bench.catalogue.command("reminders.add"))
        let all: JSON = [
            "name": "Stand-up", "channel": .id(Town.channel(1)), "time": "09:00", "days": "daily", "everyone": true,
        ]
        var request = Request(command, params: all.object ?? .init(), guild: Town.guild, person: Bench.owner)
        request.confirm = refusal?.confirmation?.token
        guard case .reply = try bench.ask(request) else { throw Bench.Silence() }
        bench.pass(21.hours)
        #expect(bench.posts.count == 1 && bench.told == ["#1 @everyone ⏰ Stand-up"])
        guard case .post(_, let post)? = bench.journal.parcels.first?.effect else { throw Bench.Silence() }
        #expect(post.mentions == Mentions(everyone: true))
        try bench.tune("reminders.everyone", false)
        bench.journal.clear()
        bench.pass(1.days)
        #expect(bench.told == ["#1 ⏰ Stand-up"])
    }

    @Test func `REM-09 a channel that is gone or refused stops it with the reason, which the log tells`() throws {
        let bench = try Bench.reminders()
        try bench.tune("reminders.log", .id(Town.channel(2)))
        try bench.reminder(["days": "daily"])
        bench.pass(21.hours)
        let post = try #require(bench.journal.parcels.first { $0.effect.lane == Town.channel(1).number })
        bench.receive(Receipt(parcel: post.id, outcome: .refused(code: 50013, message: "Missing Permissions"), tries: 1))
        let row = try bench.run("reminders.show", ["id": 1])
        #expect(row["state"] == "paused" && row["trouble"] == "Discord refused it (50013): Missing Permissions")
        #expect(bench.told.last == "#2 Reminder 1, Stand-up, is stopped: Discord refused it (50013): Missing Permissions")
        #expect(try bench.run("reminders.resume", ["id": 1])["trouble"] == nil)
        bench.hear(.channelDeleted(Town.channel(1), guild: Town.guild))
        bench.pass(1.days)
        #expect(try bench.run("reminders.show", ["id": 1])["state"] == "paused")
        #expect(bench.refusal("reminders.resume", ["id": 1])?.kind == .notFound)
    }

    @Test(
        arguments: [
            (["time": "yesterday's tea", "days": "-"], "time"), (["time": "2020-01-01 10:00", "days": "-"], "time"),
            (["time": "2126-01-01 10:00", "days": "-"], "time"), (["days": "someday"], "days"), (["time": "tea"], "time"),
            (["days": "FREQ=MINUTELY"], "days"), (["zone": "Mars/Olympus"], "zone"), (["call_time": "25:00"], "call_time"),
            (["name": ""], "name"), (["name": .string(String(repeating: "x", count: 101))], "name"),
            (["channel": "999"], "channel"), (["role": "999"], "role"), (["everyone": true], "everyone"),
            (["before": "8d"], "before"), (["message": .string(String(repeating: "x", count: 1001))], "message"),
        ] as [(JSON, String)])
    func `REM-01 what cannot be is refused, with its name`(_ params: JSON, _ field: String) throws {
        let bench = try Bench.reminders()
        #expect(throws: Refusal.self) { try bench.reminder(params) }
        do { try bench.reminder(params) } catch let refusal as Refusal { #expect(refusal.field == field, "\(refusal)") }
        #expect(try bench.numbers("SELECT COUNT(*) FROM reminders_reminders") == [0])
    }

    @Test func `an edit is undone by what the audit keeps, and a version that is old is refused`() throws {
        let bench = try Bench.reminders()
        try bench.reminder(["message": "Hi", "place": "Hall", "call_time": "09:10"])
        let before = try bench.run("reminders.show", ["id": 1])
        try bench.run(
            "reminders.edit", ["id": 1, "message": "none", "place": "none", "call_time": "none", "time": "tomorrow 8:00"])
        let undo = try #require(try bench.undo(of: "reminders.edit")?["arguments"])
        try bench.run("reminders.edit", undo)
        let after = try bench.run("reminders.show", ["id": 1])
        for part in ["message", "place", "call_time", "comes", "zone", "name"] {
            #expect(after[part] == before[part], "\(part)")
        }
        let command = try #require(bench.catalogue.command("reminders.edit"))
        var request = Request(
            command, params: (["id": 1, "name": "New"] as JSON).object ?? .init(), guild: Town.guild, person: Bench.owner)
        request.ifVersion = 1
        guard case .refused(let refusal) = try bench.ask(request) else { throw Bench.Silence() }
        #expect(refusal.kind == .conflict)
    }

    @Test func `another server's number is not found`() throws {
        let bench = try Bench.reminders()
        try bench.reminder()
        let other = name(700, Guild.self)
        bench.hear(
            .guildSeen(
                GuildSeen(
                    profile: GuildProfile(id: other, name: "Other", owner: Town.owner, locale: "en-GB", afkChannel: nil),
                    joined: nil, memberCount: 0, channels: [], roles: [], members: MemberList([]), voice: [])))
        for command in ["reminders.show", "reminders.edit", "reminders.remove", "reminders.snooze", "reminders.skip"] {
            #expect(throws: Refusal.self) { try bench.run(command, ["id": 1], in: other) }
        }
        #expect(try bench.run("reminders.list", [:], in: other)["rows"] == [])
    }
}
