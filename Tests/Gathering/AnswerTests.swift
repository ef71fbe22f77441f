import Kit
import Shared
import Testing
import Workbench

@Suite("Answers to events")
struct AnswerTests {
    private func counts(_ bench: Bench) throws -> [String: Int64] {
        let object = try bench.run("events.show", ["id": 1])["answers"]?.object
        return (object?.members ?? []).reduce(into: [:]) { $0[$1.key] = $1.value.int }
    }

    @Test func `EVT-03 a member has one answer, the last one, and takes it back`() throws {
        let bench = try Bench.events()
        try bench.event()
        #expect(try bench.answers(2)["answer"] == "going")
        try bench.answers(2, "maybe")
        try bench.answers(3, "no")
        #expect(try counts(bench) == ["going": 0, "maybe": 1, "no": 1, "waiting": 0])
        try bench.answers(2, "none")
        #expect(try bench.numbers("SELECT member FROM events_answers") == [1003])
        #expect(bench.refusalAs(2, ["id": 1, "answer": "gonig"])?.hint?.hasPrefix("Did you mean \"going\"?") == true)
        #expect(try bench.run("events.mine", [:], as: 3)["rows"]?[0]?["answer"] == "no")
    }

    @Test func `EVT-03 the answers go out as rows in the order in which they came, as a file too`() throws {
        let bench = try Bench.events()
        try bench.event(["capacity": 1])
        for member in [4, 2, 3] as [Int64] { try bench.answers(member) }
        let sheet = try bench.run("events.answers", ["id": 1, "file": true])
        #expect(sheet["rows"]?.array?.map { $0["member"]?["name"] } == ["person-4", "person-2", "person-3"])
        #expect(sheet["rows"]?.array?.map { $0["waiting"] } == [false, true, true])
        #expect(sheet["answers"]?["going"] == 1)
    }

    @Test func `EVT-03 a storm of answers draws the message once`() throws {
        let bench = try Bench.events()
        try bench.event()
        bench.discordTakes(from: Town.id(at: bench.clock.now, 0, Message.self).number)
        for member in Int64(1)...9 { try bench.answers(member) }
        #expect(bench.deeds.isEmpty)
        bench.pass(3.seconds)
        #expect(bench.deeds == ["draws"])
        bench.pass(1.hours + 1.minutes)
        bench.journal.clear()
        try bench.answers(1, "no")
        bench.pass(14.seconds)
        #expect(bench.deeds.isEmpty, "an old message is left alone for longer")
        bench.pass(1.seconds)
        #expect(bench.deeds == ["draws"])
    }

    @Test func `EVT-03 an answer that comes before the message has arrived is drawn when it has`() throws {
        let bench = try Bench.events()
        try bench.event()
        try bench.answers(2)
        bench.pass(5.seconds)
        #expect(bench.deeds == ["posts in 201"])
        bench.receive(Receipt(parcel: bench.journal.parcels[0].id, outcome: .done(made: 5000), tries: 1))
        #expect(bench.deeds == ["posts in 201", "draws"])
    }

    @Test func `EVT-03 reactions are answers, and taking one back takes back the answer that it gave`() throws {
        let bench = try Bench.events()
        try bench.tune("events.answers", "🕗 late")
        try bench.event()
        bench.discordTakes()
        bench.hear(.reactionAdded(Town.reaction(2, on: name(5000), of: 999, "✅")))
        bench.hear(.reactionAdded(Town.reaction(3, on: name(5000), of: 999, "🕗")))
        bench.hear(.reactionAdded(Town.reaction(10, on: name(5000), of: 999, "✅", isBot: true)))
        bench.hear(.reactionAdded(Town.reaction(4, on: name(5000), of: 999, "🎉")))
        bench.hear(.reactionAdded(Town.reaction(5, on: name(5001), of: 999, "✅")))
        #expect(try counts(bench) == ["going": 1, "maybe": 0, "no": 0, "late": 1, "waiting": 0])
        bench.hear(.reactionRemoved(Town.reaction(3, on: name(5000), of: 999, "🕗")))
        try bench.answers(2, "maybe")
        bench.hear(.reactionRemoved(Town.reaction(2, on: name(5000), of: 999, "✅")))
        #expect(try counts(bench) == ["going": 0, "maybe": 1, "no": 0, "late": 0, "waiting": 0])
    }

    @Test func `reactions are put under the message where the server wants them`() throws {
        let bench = try Bench.events()
        try bench.tune("events.reactions", true)
        try bench.event()
        #expect(bench.deeds == ["posts in 201", "reacts ✅", "reacts ❔", "reacts ❌"])
    }

    @Test func `whoever comes when all seats are taken waits, and gets a seat in turn, and is told`() throws {
        let bench = try Bench.events()
        try bench.event(["capacity": 2])
        bench.discordTakes()
        for member in [2, 3] as [Int64] { try bench.answers(member) }
        #expect(try bench.answers(4)["place"] == 1)
        #expect(try bench.answers(5)["waiting"] == true)
        try bench.answers(6)
        #expect(try counts(bench)["going"] == 2 && counts(bench)["waiting"] == 3)
        try bench.answers(2, "no")
        #expect(bench.deeds == ["writes to 4"])
        try bench.declines(5, "messages")
        try bench.answers(3, "none")
        #expect(bench.deeds == ["writes to 4", "posts in 201 for 5"])
        #expect(try counts(bench)["going"] == 2 && counts(bench)["waiting"] == 1)
        try bench.run("events.edit", ["id": 1, "capacity": "none"])
        #expect(bench.deeds.contains("writes to 6"))
        #expect(try counts(bench)["going"] == 3 && counts(bench)["waiting"] == 0)
    }

    @Test func `whom Discord lets nobody write to hears of their seat in the channel`() throws {
        let bench = try Bench.events()
        try bench.event(["capacity": 1])
        bench.discordTakes()
        for member in [2, 3] as [Int64] { try bench.answers(member) }
        try bench.answers(2, "no")
        let letter = try #require(bench.journal.parcels.last)
        bench.receive(
            Receipt(
                parcel: letter.id, outcome: .refused(code: 50007, message: "Cannot send messages to this user"), tries: 1))
        #expect(bench.deeds == ["writes to 3", "posts in 201 for 3"])
    }

    @Test func `who leaves the server leaves a seat`() throws {
        let bench = try Bench.events()
        try bench.event(["capacity": 1])
        for member in [2, 3] as [Int64] { try bench.answers(member) }
        bench.hear(.memberLeft(Town.member(2), guild: Town.guild))
        #expect(try bench.numbers("SELECT member FROM events_answers WHERE waits = 0") == [1003])
    }

    @Test func `after the cut-off nobody signs up, but says no`() throws {
        let bench = try Bench.events()
        try bench.event(["cutoff": "2h"])
        try bench.answers(2)
        bench.discordTakes()
        bench.pass(28.hours)
        #expect(bench.deeds.contains("draws"))
        #expect(bench.refusalAs(3, ["id": 1])?.sentence == "Sign-up for Game night has ended.")
        try bench.answers(2, "no")
        try bench.answers(3, "no")
        #expect(try counts(bench)["no"] == 2)
    }

    @Test func `only holders of the role sign up, a reaction of others is taken away where that is allowed`() throws {
        let bench = try Bench.events()
        try bench.event(["role": .id(Town.role(1))])
        bench.discordTakes()
        try bench.answers(1)
        #expect(bench.refusalAs(2, ["id": 1])?.kind == .forbidden)
        try bench.answers(2, "no")
        bench.hear(.reactionAdded(Town.reaction(3, on: name(5000), of: 999, "✅")))
        #expect(bench.deeds == ["writes to 3"])
        #expect(try bench.numbers("SELECT member FROM events_answers ORDER BY member") == [1001, 1002])
    }

    @Test func `an event that is over, cancelled or not announced yet takes no answers`() throws {
        let bench = try Bench.events()
        try bench.event(["recurrence": "weekly"])
        #expect(bench.refusalAs(2, ["id": 1, "on": "2026-08-14"])?.field == "on")
        bench.pass(33.hours)
        #expect(bench.refusalAs(2, ["id": 1, "on": "2026-08-07"])?.kind == .conflict)
        try bench.run("events.cancel", ["id": 1])
        #expect(bench.refusalAs(2, ["id": 1])?.kind == .conflict)
    }

    @Test func `an operator answers for nobody in particular`() throws {
        let bench = try Bench.events()
        try bench.event()
        #expect(bench.refusal("events.rsvp", ["id": 1])?.field == "member")
    }

    @Test func `what is kept about a member is exported, and erasing it gives the seat to the next`() throws {
        let bench = try Bench.events()
        try bench.run(
            "events.create", ["title": "Tea", "start": "friday 18:00", "channel": .id(Town.channel(1)), "capacity": 1], as: 2)
        for member in [2, 3] as [Int64] { try bench.answers(member) }
        let kept = try bench.run("tune.export", ["member": .id(Town.member(2))])["events"]
        #expect(kept?["answers"]?[0]?["answer"] == "going" && kept?["created"]?[0]?["event"] == "Tea")
        try bench.run("tune.erase", ["member": .id(Town.member(2))])
        #expect(try bench.numbers("SELECT member FROM events_answers WHERE waits = 0") == [1003])
        #expect(try bench.numbers("SELECT COUNT(*) FROM events_meetings WHERE creator IS NOT NULL") == [0])
    }
}

extension Bench {
    func refusalAs(_ member: Int64, _ params: JSON, _ command: String = "events.rsvp") -> Refusal? {
        do { try run(command, params, as: member) } catch { return error as? Refusal }
        return nil
    }
}
