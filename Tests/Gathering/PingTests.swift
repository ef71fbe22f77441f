import Kit
import Shared
import Testing
import Workbench

@Suite("Pings")
struct PingTests {
    @Test func `PNG-01 a ping is added, listed, changed, paused, removed and had back`() throws {
        let bench = try Bench.pings()
        let added = try bench.ping()
        #expect(added["id"] == 1 && added["rhythm"] == "every 1 h" && added["top"] == 3 && added["state"] == "on")
        #expect(try bench.run("pings.edit", ["id": 1, "top": 5, "every": "2h"])["rhythm"] == "every 2 h")
        #expect(try bench.run("pings.list")["rows"]?.array?.map { $0["top"] } == [5])
        #expect(try bench.run("pings.pause", ["id": 1])["state"] == "paused")
        #expect(try bench.run("pings.resume", ["id": 1])["state"] == "on")
        try bench.run("pings.remove", ["id": 1])
        #expect(try bench.run("pings.list")["rows"] == [])
        #expect(bench.refusal("pings.show", ["id": 1])?.kind == .notFound)
        #expect(try bench.run("pings.restore", ["id": 1])["state"] == "on")
        #expect(try bench.ping()["id"] == 2)
    }

    @Test func `PNG-01 an interval without a unit is minutes, as add_ping of old bots has it`() throws {
        #expect(try Bench.pings().ping(["every": "90"])["rhythm"] == "every 1 h 30 min")
    }

    @Test func `PNG-02 the next five times are shown, and it comes at them and at no other`() throws {
        let bench = try Bench.pings()
        let hour = Bench.start.milliseconds
        #expect(try bench.ping()["times_ms"]?.array?.compactMap(\.int) == (1...5).map { hour + $0 * 3_600_000 })
        try bench.tune("pings.cooldown", "0 s")
        bench.pass(5.hours, by: 7.minutes)
        #expect(bench.posts.count == 5)
        let times = try bench.numbers("SELECT due FROM pings_fires ORDER BY due")
        #expect(times == (1...5).map { hour + $0 * 3_600_000 })
    }

    @Test func `PNG-02 a crash between two steps never lets it come twice`() throws {
        let bench = try Bench.pings()
        try bench.ping()
        for _ in 0..<6 {
            bench.pass(30.minutes)
            try bench.restart()
            bench.step()
        }
        #expect(try bench.numbers("SELECT COUNT(*) FROM pings_fires") == [3])
        #expect(try bench.numbers("SELECT COUNT(*) FROM house_outbox") == [3])
    }

    @Test func `PNG-02 after a day away it does not come in a burst, and says what it missed`() throws {
        let bench = try Bench.pings()
        try bench.ping()
        bench.clock.pass(26.hours + 40.minutes)
        try bench.restart()
        bench.step()
        #expect(bench.posts.isEmpty)
        #expect(try bench.texts("SELECT outcome FROM pings_fires") == ["missed"])
        let next = try bench.run("pings.show", ["id": 1])["next_ms"]?.int
        #expect(next == (Bench.start + 27.hours).milliseconds)
        bench.pass(20.minutes)
        #expect(bench.posts.count == 1)
    }

    @Test func `PNG-02 a little late is not too late`() throws {
        let bench = try Bench.pings()
        try bench.ping()
        bench.clock.pass(1.hours + 20.minutes)
        bench.step()
        #expect(bench.posts.count == 1)
    }

    @Test func `PNG-03 it mentions the top of the board, in its own words`() throws {
        let bench = try Bench.pings()
        try bench.ping(["text": "{members}: {count} of {server}, {period} in {channel} {{so far}}"])
        bench.pass(1.hours)
        #expect(bench.posts.map(\.mentioned) == [[1, 2, 3]])
        guard case .post(_, let post) = bench.journal.parcels[0].effect else { throw Bench.Silence() }
        #expect(
            post.card.text.pieces.suffix(9) == [
                .words(": "), .words("3"), .words(" of "), .quoted("Town"), .words(", "), .words("this week"), .words(" in "),
                .channel(Town.channel(1)), .words(" {so far}"),
            ])
    }

    @Test(
        arguments: [
            ("no place", "A ping whose text has no {members} mentions nobody."), ("{membres}", "text has no place {membres}."),
            ("{members", "The \"{\" at character 1 of text has no partner."),
            ("{members} }", "The \"}\" at character 11 of text has no partner."),
        ])
    func `PNG-03 a text that cannot work is refused when it is set`(_ text: String, _ sentence: String) throws {
        let bench = try Bench.pings()
        for command in ["pings.add", "pings.edit"] {
            if command == "pings.edit" { try bench.ping() }
            let params: JSON =
                command == "pings.add"
                ? ["channel": .id(Town.channel(1)), "every": "1h", "text": .string(text)] : ["id": 1, "text": .string(text)]
            #expect(bench.refusal(command, params)?.sentence == sentence)
            #expect(bench.refusal(command, params)?.field == "text")
        }
    }

    @Test func `PNG-04 who was mentioned lately, who wants no pings and who is a bot is passed over, with the reason`() throws {
        var members = (1...10).map { Town.profile($0, named: "person-\($0)") }
        members[1].isBot = true
        let bench = try Bench.pings(members: members)
        try bench.ping(["top": 2])
        try bench.optsOut(3)
        bench.pass(1.hours)
        #expect(bench.posts.map(\.mentioned) == [[1, 4]])
        let test = try bench.run("pings.test", ["id": 1])
        #expect(test["members"]?.array?.map { $0["id"] } == [.id(Town.member(5)), .id(Town.member(6))])
        #expect(
            test["passed"]?.array?.map { $0["reason"] } == [
                "was mentioned less than 6 h ago", "is a bot", "wants no pings", "was mentioned less than 6 h ago",
            ])
        bench.pass(7.hours, by: 1.hours)
        #expect(bench.posts.map(\.mentioned) == [[1, 4], [5, 6], [7, 8], [9, 10], [1, 4], [5, 6]])
    }

    @Test func `PNG-05 roles that are spared are never mentioned`() throws {
        var members = (1...10).map { Town.profile($0, named: "person-\($0)") }
        members[0].roles = [Town.role(1)]
        let bench = try Bench.pings(members: members)
        try bench.ping()
        try bench.run("pings.spare", ["role": .id(Town.role(1))])
        #expect(try bench.run("pings.spared")["rows"]?[0]?["name"] == "role-1")
        bench.pass(1.hours)
        #expect(bench.posts.map(\.mentioned) == [[2, 3, 4]])
        try bench.run("pings.unspare", ["role": .id(Town.role(1))])
        #expect(try bench.run("pings.test", ["id": 1])["members"]?[0]?["id"] == .id(Town.member(1)))
    }

    @Test func `quiet hours leave times out, a rule comes on its zone's clocks, and what never comes is refused`() throws {
        let bench = try Bench.pings()
        try bench.tune("pings.quiet", "22:00-08:00")
        try bench.ping(["every": "6h", "zone": "Europe/Brussels"])
        let times = try bench.run("pings.show", ["id": 1])["times_ms"]?.array?.compactMap {
            $0.int.map(Instant.init(milliseconds:))
        }
        #expect(times?.map(\.rfc3339).first == "2026-08-06T18:00:00Z")
        #expect(times?.allSatisfy { ![0, 22].contains($0.milliseconds / 3_600_000 % 24) } == true)
        let daily = try bench.ping(["every": "-", "rule": "daily 18:00", "zone": "America/New_York"])
        #expect(daily["next_ms"]?.int.map { Instant(milliseconds: $0).rfc3339 } == "2026-08-06T22:00:00Z")
        #expect(bench.refusal("pings.add", ["channel": .id(Town.channel(1)), "rule": "daily 23:00"])?.field == "rule")
        #expect(bench.refusal("pings.add", ["channel": .id(Town.channel(1))])?.field == "every")
        #expect(
            bench.refusal("pings.add", ["channel": .id(Town.channel(1)), "rule": "daily 23:00", "every": "1h"])?.field == "rule"
        )
    }

    @Test func `who answers within the hour is counted, and nobody twice`() throws {
        let bench = try Bench.pings()
        try bench.ping()
        bench.pass(1.hours)
        bench.receive(Receipt(parcel: bench.journal.parcels[0].id, outcome: .done(made: 77), tries: 1))
        let fired = Bench.start + 1.hours
        bench.hear(
            Said(1, at: fired + 2.minutes).event, Said(1, at: fired + 3.minutes).event, Said(9, at: fired + 4.minutes).event)
        bench.pass(5.minutes)
        bench.hear(.reactionAdded(Town.reaction(2, on: name(77), of: nil)))
        try bench.restart()
        bench.hear(Said(3, in: 2, at: fired + 5.minutes).event, Said(3, at: fired + 61.minutes).event)
        let row = try bench.run("pings.show", ["id": 1])
        #expect(row["mentioned"] == 3 && row["answered"] == 2 && row["hit_rate"] == 66.7)
    }

    @Test func `a channel that Discord does not let it write to stops it, and says why`() throws {
        let bench = try Bench.pings()
        try bench.ping()
        bench.pass(1.hours)
        bench.receive(
            Receipt(
                parcel: bench.journal.parcels[0].id, outcome: .refused(code: 50013, message: "Missing Permissions"), tries: 1))
        let row = try bench.run("pings.show", ["id": 1])
        #expect(row["state"] == "paused" && row["trouble"] == "Discord refused it (50013): Missing Permissions")
        #expect(try bench.run("pings.resume", ["id": 1])["trouble"] == nil)
    }

    @Test func `what pings know of a member is exported and erased`() throws {
        let bench = try Bench.pings()
        try bench.ping()
        try bench.optsOut(4)
        bench.pass(1.hours)
        let kept = try bench.run("tune.export", ["member": .id(Town.member(1))])["pings"]
        #expect(kept?["mentions"]?.array?.count == 1)
        try bench.run("tune.erase", ["member": .id(Town.member(1))])
        #expect(try bench.numbers("SELECT member FROM pings_mentions ORDER BY member") == [1002, 1003])
    }
}

extension Bench {
    /// A member says that they want no pings.
    fileprivate func optsOut(_ number: Int64) throws {
        guard let command = catalogue.command("privacy.decline") else { throw Silence() }
        var person = Self.owner
        person.member = Town.member(number)
        guard case .reply = try ask(Request(command, params: .init(), guild: Town.guild, person: person)) else {
            throw Silence()
        }
    }
}
