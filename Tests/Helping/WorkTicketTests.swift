import Kit
import Shared
import Testing
import Workbench

@Suite("Tickets are worked")
struct WorkTicketTests {
    @Test func `TKT-03 staff claim, hand over and give back; others are refused`() throws {
        let bench = try Bench.helping()
        try bench.ticket()
        #expect(bench.refusal("tickets.claim", ["id": 1], as: 2)?.kind == .forbidden)
        #expect(bench.refusal("tickets.claim", ["id": 1], as: 3)?.sentence == "This is for those who answer tickets.")
        #expect(try bench.run("tickets.claim", ["id": 1], as: 5)["claimant"]?["name"] == "person-5")
        #expect(bench.refusal("tickets.claim", ["id": 1], as: 6)?.sentence == "person-5 looks after it already.")
        #expect(bench.refusal("tickets.transfer", ["id": 1, "to": .id(Town.member(3))], as: 5)?.field == "to")
        #expect(try bench.run("tickets.transfer", ["id": 1, "to": .id(Town.member(6))], as: 5)["state"] == "claimed")
        #expect(try bench.undone("tickets.transfer")["claimant"]?["name"] == "person-5")
        #expect(try bench.run("tickets.release", ["id": 1], as: 5)["state"] == "open")
        #expect(try bench.undone("tickets.release")["claimant"]?["name"] == "person-5")
        #expect(try bench.run("tickets.claim", ["id": 1], as: 5)["state"] == "claimed", "again is the same")
    }

    @Test func `TKT-05 it waits for the member until they speak, and is handed up to somebody`() throws {
        let bench = try Bench.helping()
        try bench.ticket()
        try bench.run("tickets.claim", ["id": 1], as: 5)
        bench.settle()
        try bench.run("tickets.status", ["id": 1, "state": "waiting"], as: 5)
        #expect(bench.settle().first?.hasSuffix("person-2, an answer of yours is needed to go on. for 2") == true)
        try bench.speaks(2, "here I am")
        #expect(try bench.state() == "claimed")
        #expect(bench.refusal("tickets.status", ["id": 1, "state": "escalated"], as: 5)?.field == "to")
        let up = try bench.run("tickets.status", ["id": 1, "state": "escalated", "role": .id(Town.role(1))], as: 5)
        #expect(up["escalated"]?["name"] == "role-1" && up["state"] == "escalated")
        bench.pass(1.seconds)
        #expect(bench.settle().contains { $0.hasSuffix("This is handed up to @role-1. for @1") })
        #expect(try bench.undone("tickets.status")["state"] == "claimed")
        #expect(bench.refusal("tickets.status", ["id": 1, "state": "closed"], as: 5)?.hint?.contains("open, claimed") == true)
        try bench.run("tickets.status", ["id": 1, "state": "escalated", "to": .id(Town.member(1))], as: 5)
        bench.pass(1.seconds)
        #expect(bench.settle().contains("lets 1 write"))
        #expect(try bench.run("tickets.priority", ["id": 1, "priority": "urgent"], as: 5)["priority"] == "urgent")
        #expect(try bench.undone("tickets.priority")["priority"] == "normal")
    }

    @Test func `TKT-03 staff answer in its name, in kept words, and later; a preview says nothing`() throws {
        let bench = try Bench.helping()
        try bench.ticket()
        bench.pass(5.minutes)
        try bench.run("tickets.reply", ["id": 1, "text": "Try again"], as: 5)
        #expect(bench.settle() == ["posts in \(try place(bench)): person-2, Try again for 2"])
        #expect(
            try bench.run("tickets.show", ["id": 1])["ticket"]?["answered_ms"] == .int((Bench.start + 5.minutes).milliseconds))
        let kept = try bench.run("tickets.reply", ["id": 1, "template": "thanks"], as: 5)
        #expect(kept["text"] == "Thank you, ticket 1 of Town.")
        bench.settle()
        let later = try bench.run("tickets.reply", ["id": 1, "text": "Good morning", "at": "in 2h"], as: 5)
        #expect(later["state"] == "waiting" && bench.settle().isEmpty)
        #expect(try bench.run("tickets.replies")["rows"]?.array?.count == 1)
        try bench.restart()
        bench.pass(2.hours, by: 30.minutes)
        #expect(bench.settle() == ["posts in \(try place(bench)): person-2, Good morning for 2"])
        try bench.run("tickets.reply", ["id": 1, "text": "Too late", "at": "in 1h"], as: 5)
        try bench.undone("tickets.reply")
        try bench.undone("tickets.unsend")
        try bench.run("tickets.close", ["id": 1, "reason": "done"])
        bench.settle()
        bench.pass(3.hours, by: 30.minutes)
        #expect(bench.settle().isEmpty, "nobody hears of a closed ticket")
    }

    private func place(_ bench: Bench) throws -> Int64 { try bench.numbers("SELECT channel FROM tickets_tickets").first ?? 0 }

    @Test(
        arguments: [
            (["id": 1], "Say what it says."), (["id": 1, "text": "a", "template": "thanks"], "not both"),
            (["id": 1, "template": "thank"], "no text called"),
            (["id": 1, "text": "a", "at": "2001-01-01 12:00"], "has passed"),
            (["id": 1, "text": "a", "at": "2040-01-01 12:00"], "90 days"), (["id": 9, "text": "a"], "no ticket 9"),
            (["text": "a"], "which ticket"), (["id": "x", "text": "a"], "whole number"),
        ] as [(JSON, String)])
    func `TKT-03 bad answers are refused in words`(_ params: JSON, _ words: String) throws {
        let bench = try Bench.helping()
        try bench.ticket()
        let refusal = try #require(bench.refusal("tickets.reply", params, as: 5))
        #expect(refusal.sentence.contains(words), "\(refusal.sentence)")
    }

    @Test func `TKT-05 who edits what another has changed is told`() throws {
        let bench = try Bench.helping()
        try bench.ticket()
        let found = try #require(bench.catalogue.command("tickets.priority"))
        var request = Request(
            found, params: .init([("id", 1), ("priority", "high")]), guild: Town.guild, person: Bench.owner)
        request.ifVersion = 1
        guard case .refused(let refusal) = try bench.ask(request) else { throw Bench.Silence() }
        #expect(refusal.kind == .conflict)
    }

    @Test func `TKT-02 staff see all tickets and members their own`() throws {
        let bench = try Bench.helping()
        try bench.ticket(2, "first")
        try bench.ticket(3, "second")
        #expect(try bench.run("tickets.list")["rows"]?.array?.map { $0["id"] } == [2, 1])
        #expect(try bench.run("tickets.list", [:], as: 5)["rows"]?.array?.count == 2)
        #expect(try bench.run("tickets.list", ["which": "all"], as: 2)["rows"]?.array?.map { $0["subject"] } == ["first"])
        #expect(bench.refusal("tickets.show", ["id": 2], as: 2)?.kind == .notFound, "as if it were not there")
        #expect(bench.refusal("tickets.transcript", ["id": 2], as: 2)?.kind == .notFound)
        try bench.tune("tickets.member_transcript", false)
        #expect(bench.refusal("tickets.transcript", ["id": 1], as: 2)?.kind == .notFound)
        let page = try bench.run("tickets.list", ["limit": 1])
        #expect(page["rows"]?.array?.count == 1 && page["next"] != nil)
    }

    @Test func `the desk puts first what is urgent, then what is due, and what waits for members last`() throws {
        let bench = try Bench.helping()
        for member in [2, 3, 4, 7] as [Int64] {
            try bench.ticket(member)
            bench.pass(1.minutes)
        }
        try bench.run("tickets.priority", ["id": 4, "priority": "urgent"])
        try bench.run("tickets.reply", ["id": 1, "text": "hm"], as: 5)
        bench.settle()
        let rows = try bench.look("tickets.queue", [:], in: Town.guild).map(\.row)
        #expect(rows.map { $0["id"] } == [4, 2, 3, 1])
        #expect(rows.map { $0["awaits"]?.text ?? "" } == ["staff", "staff", "staff", "member"])
        #expect(try bench.look("tickets.transcript", ["id": 1], in: Town.guild).count == 3)
        #expect(throws: Refusal.self) { try bench.look("tickets.transcript", ["id": 77], in: Town.guild) }
    }
}
