import Kit
import Shared
import Testing
import Workbench

@Suite("Tickets are closed")
struct CloseTicketTests {
    @Test func `TKT-03, TKT-04, TKT-11 it wants a reason, is locked and renamed, told, and opened again`() throws {
        let bench = try Bench.helping()
        try bench.ticket()
        #expect(bench.refusal("tickets.close", ["id": 1])?.field == "reason")
        #expect(bench.refusal("tickets.delete", ["id": 1])?.hint == "Close it first, so that it has a reason: tickets close.")
        let closed = try bench.run("tickets.close", ["id": 1, "reason": "Mended"], as: 5)
        #expect(closed["state"] == "closed" && closed["closer"]?["name"] == "person-5" && closed["reason"] == "Mended")
        let channel = try bench.numbers("SELECT channel FROM tickets_tickets").first ?? 0
        #expect(
            bench.settle() == [
                "posts in \(channel): Ticket 1 is closed", "lets 2 read", "edits name(\"closed-0001\")",
                "posts in 203: Ticket 1 closed by person-5: Mended (#\(channel))",
                "writes to 2: Your ticket 1 is closed: Mended",
            ])
        #expect(bench.refusal("tickets.close", ["id": 1, "reason": "x"])?.hint == "Open it again with tickets reopen 1.")
        #expect(bench.refusal("tickets.reply", ["id": 1, "text": "x"])?.kind == .conflict)
        try bench.undone("tickets.close")
        #expect(
            bench.settle() == [
                "lets 2 write", "edits name(\"ticket-0001-person-2\")",
                "posts in \(channel): person-2, this ticket is open again. for 2",
                "posts in 203: Ticket 1 opened again (#\(channel))",
            ])
        #expect(try bench.run("tickets.show", ["id": 1])["ticket"]?["reopened"] == 1)
        #expect(try bench.undone("tickets.reopen")["reason"] == "Mended")
    }

    @Test func `TKT-04 a channel gets two names in ten minutes; the third waits for its time`() throws {
        let bench = try Bench.helping()
        try bench.ticket()
        for _ in 0..<2 {
            try bench.run("tickets.close", ["id": 1, "reason": "x"])
            bench.pass(1.minutes)
            try bench.run("tickets.reopen", ["id": 1])
            bench.pass(1.minutes)
        }
        #expect(bench.settle().filter { $0.hasPrefix("edits name") }.count == 2)
        try bench.restart()
        bench.pass(5.minutes, by: 1.minutes)
        #expect(bench.settle().isEmpty)
        bench.pass(2.minutes, by: 1.minutes)
        #expect(bench.settle() == ["edits name(\"ticket-0001-person-2\")"])
        bench.pass(30.minutes, by: 1.minutes)
        #expect(bench.settle().isEmpty)
    }

    @Test func `TKT-03 deleting shows first what it does, and keeps what was said`() throws {
        let bench = try Bench.helping()
        try bench.ticket()
        try bench.speaks(2, "please")
        try bench.run("tickets.close", ["id": 1, "reason": "x"])
        bench.settle()
        #expect(bench.refusal("tickets.delete", ["id": 1])?.kind == .unconfirmed)
        #expect(bench.settle().isEmpty)
        #expect(try bench.confirmed("tickets.delete", ["id": 1])["state"] == "deleted")
        #expect(bench.settle() == ["deletes the channel", "posts in 203: Ticket 1 deleted"])
        #expect(try bench.run("tickets.transcript", ["id": 1])["lines"]?.array?.contains { $0["text"] == "please" } == true)
        #expect(bench.refusal("tickets.delete", ["id": 1])?.sentence == "The channel of ticket 1 is gone already.")
        try bench.run("tickets.reopen", ["id": 1])
        #expect(bench.settle().first == "opens channel ticket-0001-person-2")
    }

    @Test func `TKT-03 a channel that is deleted by hand takes nothing with it`() throws {
        let bench = try Bench.helping()
        try bench.ticket()
        try bench.speaks(2, "please")
        let channel = try #require(ID<Channel>(try bench.numbers("SELECT channel FROM tickets_tickets").first ?? 0))
        bench.hear(.channelDeleted(channel, guild: Town.guild))
        #expect(try bench.state() == "deleted")
        #expect(
            bench.settle() == [
                "posts in 203: Ticket 1 closed: its channel was deleted",
                "writes to 2: Your ticket 1 is closed: its channel was deleted",
            ])
        #expect(try bench.run("tickets.transcript", ["id": 1])["lines"]?.array?.count == 4)
    }

    @Test func `who leaves is waited for, and let in again`() throws {
        let bench = try Bench.helping(kind: ["place": "thread", "parent": .id(Town.channel(2))])
        try bench.ticket()
        bench.hear(.memberLeft(Town.member(2), guild: Town.guild))
        #expect(bench.settle().count == 1)
        try bench.restart()
        bench.hear(.memberSeen(Town.profile(2, named: "person-2"), joined: true))
        #expect(bench.settle().first == "admits 2")
        bench.hear(.memberSeen(Town.profile(2, named: "person-2"), joined: true))
        #expect(bench.settle().isEmpty, "what is told twice is done once")
        #expect(try bench.state() == "open")
    }

    // MARK: - Time

    @Test func `a member who is silent is warned, then the ticket is closed; a word keeps it open`() throws {
        let bench = try Bench.helping()
        try bench.tune("tickets.close_after", "48h")
        try bench.ticket()
        bench.pass(72.hours, by: 1.hours)
        #expect(bench.settle().filter { $0.contains("closed") }.isEmpty, "it is the staff's turn")
        try bench.run("tickets.reply", ["id": 1, "text": "And now?"], as: 5)
        bench.settle()
        bench.pass(23.hours, by: 1.hours)
        #expect(bench.settle().isEmpty)
        bench.pass(1.hours)
        #expect(bench.settle().first?.contains("is closed") == true)
        try bench.speaks(2, "still here")
        bench.pass(50.hours, by: 1.hours)
        #expect(try bench.state() == "open")
        try bench.run("tickets.reply", ["id": 1, "text": "And now?"], as: 5)
        bench.pass(47.hours, by: 1.hours)
        #expect(try bench.state() == "open")
        bench.pass(1.hours)
        #expect(try bench.state() == "closed")
        #expect(try bench.texts("SELECT reason FROM tickets_tickets") == ["the member did not answer"])
    }

    @Test func `a ticket without a word is closed too, and nobody who was not warned`() throws {
        let bench = try Bench.helping(kind: ["questions": "none"])
        try bench.tune("tickets.close_empty", "2h")
        try bench.run("privacy.agree", [:], as: 2)
        try bench.run("tickets.open", [:], as: 2)
        bench.settle()
        bench.clock.pass(30.days)
        try bench.restart()
        bench.step()
        bench.pass(1.minutes)
        #expect(try bench.state() == "open", "after a month away it is warned, not closed")
        #expect(bench.settle().contains { $0.contains("is closed") })
        bench.pass(59.minutes, by: 1.minutes)
        #expect(try bench.state() == "open")
        bench.pass(1.minutes)
        #expect(try bench.state() == "closed")
        #expect(try bench.texts("SELECT reason FROM tickets_tickets") == ["the member never wrote"])
    }

    @Test func `silence is not judged before all is heard that was said meanwhile`() throws {
        let bench = try Bench.helping()
        try bench.tune("tickets.close_after", "2h")
        try bench.ticket()
        try bench.run("tickets.reply", ["id": 1, "text": "And now?"], as: 5)
        bench.pass(1.hours)
        let spoken = bench.clock.now
        bench.clock.pass(3.hours)
        try bench.restart()
        bench.step()
        #expect(try bench.state() == "open")
        let channel = try bench.numbers("SELECT channel FROM tickets_tickets").first ?? 0
        bench.hear(Said(2, "I answered", in: channel - 200, at: spoken + 5.minutes).event)
        bench.pass(1.minutes)
        #expect(try bench.state() == "open")
        #expect(try bench.numbers("SELECT COUNT(*) FROM tickets_tickets WHERE warned IS NULL") == [1])
    }

    @Test func `staff hear once of each target that was missed, counted in working time`() throws {
        let bench = try Bench.helping()
        try bench.tune("tickets.hours", "mon-fri 09:00-17:00")
        try bench.tune("tickets.holidays", "08-07")
        try bench.tune("tickets.first_response", "6h")
        try bench.tune("tickets.age", "10h")
        try bench.ticket()
        // Thursday 12:00; five hours until 17:00, Friday is free, so the sixth ends on Monday at 10:00.
        #expect(try bench.run("tickets.show", ["id": 1])["ticket"]?["due_ms"] == .int((Bench.start + 94.hours).milliseconds))
        bench.pass(93.hours, by: 1.hours)
        #expect(bench.settle().isEmpty)
        bench.pass(1.hours)
        #expect(bench.settle() == ["posts in 203: Ticket 1 has waited too long for its first answer (#\(try place(bench)))."])
        try bench.restart()
        bench.pass(4.hours, by: 1.hours)
        #expect(bench.settle() == ["posts in 203: Ticket 1 is older than tickets should get (#\(try place(bench)))."])
        bench.pass(90.hours, by: 1.hours)
        #expect(bench.settle().isEmpty)
    }

    private func place(_ bench: Bench) throws -> Int64 { try bench.numbers("SELECT channel FROM tickets_tickets").first ?? 0 }

    @Test func `a target that is set later counts at once, and a closed channel goes when its time has come`() throws {
        let bench = try Bench.helping()
        try bench.ticket()
        try bench.run("tickets.close", ["id": 1, "reason": "x"])
        bench.settle()
        try bench.tune("tickets.delete_after", "1h")
        bench.pass(59.minutes, by: 1.minutes)
        #expect(bench.settle().isEmpty)
        bench.pass(1.minutes)
        #expect(bench.settle().first == "deletes the channel")
    }

    // MARK: - What is said of it

    @Test func `TKT-09, TKT-10 ratings and figures, kept with who asked for them`() throws {
        let bench = try Bench.helping()
        try bench.ticket(2)
        bench.pass(1.hours)
        try bench.run("tickets.claim", ["id": 1], as: 5)
        try bench.run("tickets.reply", ["id": 1, "text": "ok"], as: 5)
        bench.pass(1.hours)
        #expect(bench.refusal("tickets.rate", ["id": 1, "stars": 5], as: 2)?.kind == .conflict)
        try bench.run("tickets.close", ["id": 1, "reason": "x"], as: 5)
        #expect(bench.refusal("tickets.rate", ["id": 1, "stars": 5], as: 3)?.kind == .forbidden)
        #expect(bench.refusal("tickets.rate", ["id": 1, "stars": 6], as: 2)?.field == "stars")
        #expect(try bench.run("tickets.rate", ["id": 1, "stars": 4, "remark": "quick"], as: 2)["stars"] == 4)
        try bench.ticket(3)
        let figures = try bench.run("tickets.stats", ["scope": "7d"], as: 5)
        #expect(figures["counts"] == ["closed": 1, "open": 1] && figures["cycle_ms"] == .int(2.hours.milliseconds))
        #expect(figures["first_response_ms"] == .int(1.hours.milliseconds) && figures["rating"]?.double == 4)
        bench.pass(8.days, by: 12.hours)
        #expect(try bench.run("tickets.stats", ["scope": "7d"], as: 6)["opened"] == 0)
        #expect(try bench.run("tickets.stats", ["scope": "30d"], as: 6)["opened"] == 2)
        let kept = try bench.run("tickets.snapshots", [:], as: 5)["rows"]?.array ?? []
        #expect(kept.map { $0["scope"] } == ["30d", "7d", "7d"] && kept.last?["asker"]?["name"] == "person-5")
        let team = try bench.run("tickets.team", [:], as: 5)["rows"]?.array ?? []
        #expect(team.count == 1 && team[0]["closed"] == 1 && team[0]["words"] == 1 && team[0]["rating"]?.double == 4)
        #expect(bench.refusal("tickets.stats", [:], as: 2)?.kind == .forbidden)
        #expect(bench.refusal("tickets.stats", ["scope": "9d"])?.kind == .invalid)
    }

    @Test func `TKT-06 what it came to is extracted, told and kept`() throws {
        let bench = try Bench.helping()
        try bench.ticket(2, "My level badge vanished from my profile. I like it here.")
        try bench.run("privacy.agree", [:], as: 5)
        try bench.speaks(5, "The level badge is hidden until the profile is opened again. Good evening!")
        try bench.run("tickets.close", ["id": 1, "reason": "x"])
        #expect(
            try bench.run("tickets.show", ["id": 1])["ticket"]?["summary"] == """
                Asked: My level badge vanished from my profile.
                Answered: The level badge is hidden until the profile is opened again. Good evening!
                """)
    }

    @Test func `TKT-06 a language model sums it up without hearing a name, and nobody waits for it`() throws {
        let bench = try Bench.helping(oracle: "sibyl")
        try bench.tune("tickets.summary", "model")
        try bench.ticket(2, "I am person-2, my mail is ann@example.org, see https://example.org/x <@1002> 12345678")
        try bench.run("privacy.agree", [:], as: 5)
        try bench.speaks(5, "Hello person-2, all is well")
        try bench.run("tickets.close", ["id": 1, "reason": "x"])
        let asked = bench.journal.parcels.compactMap { parcel -> (Int64, Inquiry)? in
            if case .consult(let inquiry) = parcel.effect { (parcel.id, inquiry) } else { nil }
        }
        let (parcel, inquiry) = try #require(asked.first)
        for secret in ["person", "ann@", "example.org", "1002", "12345678"] {
            #expect(!inquiry.text.contains(secret), "\(secret) in \(inquiry.text)")
        }
        #expect(
            inquiry.text.contains("Member: (What is wrong?) I am (somebody)")
                && inquiry.text.contains("Staff: Hello (somebody)"))
        bench.journal.clear()
        let said = Finding("Asked: to be let in\nAnswered: it was mended", tokens: 90)
        bench.receive(Receipt(parcel: parcel, outcome: .done(made: nil), tries: 1, answer: try JSON(encoding: said)))
        #expect(bench.settle().count == 1)
        #expect(try bench.texts("SELECT summary FROM tickets_tickets") == ["Asked: to be let in\nAnswered: it was mended"])
        #expect(try bench.numbers("SELECT tokens FROM tickets_inquiries") == [90])
    }

    @Test(arguments: ["", "Asked: x", "See https://evil.example\nBuy now", "Asked: a\nAnswered: b\nAnd: c"])
    func `TKT-06 what a model says that is no summary is not used`(_ said: String) throws {
        let bench = try Bench.helping(oracle: "sibyl")
        try bench.tune("tickets.summary", "model")
        try bench.ticket(2, "The level badge vanished")
        try bench.run("tickets.close", ["id": 1, "reason": "x"])
        for parcel in bench.journal.parcels {
            guard case .consult = parcel.effect else { continue }
            let answer = try JSON(encoding: Finding(said, tokens: 1))
            bench.receive(Receipt(parcel: parcel.id, outcome: .done(made: nil), tries: 1, answer: answer))
        }
        #expect(try bench.texts("SELECT summary FROM tickets_tickets") == ["Asked: The level badge vanished"])
    }

    @Test func `TKT-06 a model that is not there, or whose day is used up, is not waited for`() throws {
        for (oracle, inquiries) in [(nil, 50), ("sibyl", 0)] as [(String?, Int64)] {
            let bench = try Bench.helping(oracle: oracle)
            try bench.tune("tickets.summary", "model")
            try bench.tune("tickets.inquiries", .int(inquiries))
            try bench.ticket(2, "The level badge vanished")
            try bench.run("tickets.close", ["id": 1, "reason": "x"])
            #expect(!bench.settle().contains("asks the oracle"))
            #expect(try bench.texts("SELECT summary FROM tickets_tickets") == ["Asked: The level badge vanished"])
        }
    }
}
