import Kit
import Shared
import Testing
import Workbench

@Suite("Tickets are opened")
struct OpenTicketTests {
    @Test func `TKT-01, PRV-02 a button asks for consent, then its questions, and a channel opens`() throws {
        let bench = try Bench.helping(kind: ["questions": "What is wrong? (long) | Since when? (optional)"])
        try bench.run("tickets.panel", ["channel": .id(Town.channel(1)), "title": "Help"])
        let button = try #require(bench.journal.cards.first?.buttons.first)
        #expect(button.label == "Get help")
        #expect(bench.settle() == ["posts in 201: Help"])
        try bench.restart()
        try bench.presses(2, button)
        let agree = try #require(bench.journal.cards.first?.buttons.first)
        #expect(agree.label == "I agree, go on" && bench.journal.forms.isEmpty)
        #expect(try bench.numbers("SELECT COUNT(*) FROM privacy_consents") == [0], "nothing is kept before")
        bench.journal.clear()
        try bench.presses(2, agree, extra: 2)
        let form = try #require(bench.journal.forms.first)
        #expect(form.title == "Get help" && form.fields.map(\.label) == ["What is wrong?", "Since when?"])
        #expect(form.fields.map(\.isLong) == [true, false] && form.fields.map(\.isRequired) == [true, false])
        #expect(try bench.texts("SELECT via FROM privacy_consents") == ["ticket"])
        bench.journal.clear()
        bench.submits(2, form, [("answer1", "My level\nis gone"), ("answer2", "")], extra: 3)
        let deeds = bench.settle()
        let place = try place(bench)
        let hello = "thank you for writing. Somebody will be with you as soon as they can; tell us more while you wait."
        #expect(
            deeds == [
                "opens channel ticket-0001-person-2", "posts in \(place): person-2, \(hello) for 2",
                "posts in \(place): Ticket 1: Get help", "posts in 203: Ticket 1 opened by person-2: Get help (#\(place))",
            ])
        #expect(try bench.state() == "open")
        #expect(
            try bench.texts("SELECT head || '=' || body FROM tickets_lines WHERE voice = 'answer'") == [
                "What is wrong?=My level\nis gone"
            ])
        #expect(try bench.run("tickets.show", ["id": 1])["ticket"]?["subject"] == "My level")
    }

    private func place(_ bench: Bench) throws -> Int64 { try bench.numbers("SELECT channel FROM tickets_tickets").first ?? 0 }

    @Test func `TKT-01 with several kinds one is chosen, and the description of old bots answers the first question`() throws {
        let bench = try Bench.helping()
        try bench.run("tickets.add_kind", ["name": "billing", "parent": .id(Town.channel(9)), "priority": "high"])
        try bench.run("privacy.agree", [:], as: 2)
        let asked = try bench.run("tickets.open", ["description": "hello"], as: 2)
        #expect(asked["wants"] == "kind" && asked["kinds"] == ["help", "billing"])
        let made = try bench.run("tickets.open", ["kind": "billing", "description": "hello"], as: 2)
        #expect(made["kind"] == "billing" && made["priority"] == "high" && made["state"] == "opening")
        #expect(try bench.run("tickets.open", ["kind": "billing"], as: 2)["wants"] == "answers")
        #expect(bench.refusal("tickets.open", ["kind": "biling"], as: 2)?.hint?.contains("\"billing\"") == true)
    }

    @Test func `TKT-01 a kind that asks nothing opens at once`() throws {
        let bench = try Bench.helping(kind: ["questions": "none"])
        try bench.run("privacy.agree", [:], as: 2)
        #expect(try bench.run("tickets.open", [:], as: 2)["state"] == "opening")
    }

    @Test func `TKT-01 a member has as many open as the server lets, and is told where`() throws {
        let bench = try Bench.helping()
        try bench.tune("tickets.limit", 1)
        try bench.ticket()
        let refusal = try #require(bench.refusal("tickets.open", ["description": "more"], as: 2))
        #expect(refusal.kind == .limited && refusal.sentence == "You have 1 ticket open already.")
        try bench.run("tickets.close", ["id": 1, "reason": "done"])
        #expect(try bench.run("tickets.open", ["description": "more"], as: 2)["id"] == 2)
    }

    @Test(
        arguments: [
            ("closed", ["deny"], ["write"]), ("plain", ["deny"], ["plain"]), ("readable", ["read"], ["write"]),
        ] as [(String, [String], [String])])
    func `TKT-01 who sees it is a preset`(_ preset: String, _ everyone: [String], _ member: [String]) throws {
        let bench = try Bench.helping(kind: ["preset": .string(preset)])
        try bench.run("privacy.agree", [:], as: 2)
        try bench.run("tickets.open", ["description": "hello"], as: 2)
        guard case .openChannel(_, let plan, _)? = bench.journal.parcels.first?.effect else { throw Bench.Silence() }
        #expect(plan.parent == .known(Town.channel(9)))
        let targets = plan.overwrites.map(\.target)
        #expect(
            targets == [
                Town.guild.number, Town.role(1).number, Bench.bot.number, Town.member(2).number,
            ])
        let all = plan.overwrites[0]
        #expect(everyone == [all.deny.contains(.viewChannel) ? "deny" : "read"])
        let own = plan.overwrites[3]
        #expect(own.allow.isSuperset(of: [.viewChannel, .sendMessages]))
        #expect(member == [own.deny.contains(.attachFiles) ? "plain" : "write"])
    }

    @Test func `TKT-01 a private thread lets its member in`() throws {
        let bench = try Bench.helping(kind: ["place": "thread", "parent": .id(Town.channel(2))])
        try bench.run("privacy.agree", [:], as: 2)
        try bench.run("tickets.open", ["description": "hello"], as: 2)
        let deeds = bench.settle()
        #expect(deeds.prefix(2) == ["opens private thread ticket-0001-person-2", "admits 2"])
        try bench.run("tickets.claim", ["id": 1], as: 5)
        #expect(bench.settle().first == "admits 5")
        try bench.run("tickets.close", ["id": 1, "reason": "done"])
        #expect(bench.settle().contains("edits locked(true), archived(true)"))
    }

    @Test func `TKT-01 the staff's role is called where a server wants it, and nobody has to confirm that`() throws {
        let bench = try Bench.helping()
        try bench.tune("tickets.call_staff", true)
        try bench.run("privacy.agree", [:], as: 2)
        try bench.run("tickets.open", ["description": "hello"], as: 2)
        #expect(bench.settle().contains { $0.hasSuffix(" for 2 @1") })
    }

    @Test func `TKT-01 a full category loses nothing: what was written waits, staff know, and a press goes on`() throws {
        let bench = try Bench.helping()
        let crowd = (100..<150).map { Town.place(Int64($0), parent: Town.channel(9)) }
        bench.hear(crowd.map { .channelSeen($0) })
        try bench.run("privacy.agree", [:], as: 2)
        let asked = try bench.run("tickets.open", ["description": "hello"], as: 2)
        #expect(asked["wants"] == "patience" && asked["trouble"] == "The category room-9 is full: it holds 50 channels.")
        #expect(bench.settle() == ["posts in 203: Tickets of the kind help cannot be opened"])
        bench.hear(.channelDeleted(Town.channel(120), guild: Town.guild))
        #expect(try bench.run("tickets.open", ["draft": asked["draft"] ?? 0], as: 2)["state"] == "opening")
        #expect(bench.refusal("tickets.open", ["draft": asked["draft"] ?? 0], as: 2)?.kind == .notFound)
    }

    @Test func `TKT-01 what Discord refuses is told with the fix, and opened again when it is mended`() throws {
        let bench = try Bench.helping()
        try bench.run("privacy.agree", [:], as: 2)
        try bench.run("tickets.open", ["description": "hello"], as: 2)
        let parcel = try #require(bench.journal.parcels.first)
        bench.journal.clear()
        bench.receive(Receipt(parcel: parcel.id, outcome: .refused(code: 30013, message: "full"), tries: 1))
        #expect(
            bench.settle() == [
                "posts in 203: Ticket 1 could not be opened",
                "writes to 2: Your ticket 1 could not be opened. What you wrote is kept, and staff know what to mend.",
            ])
        #expect(try bench.run("tickets.show", ["id": 1])["ticket"]?["trouble"]?.text?.contains("500 channels") == true)
        #expect(bench.refusal("tickets.claim", ["id": 1], as: 5)?.hint == "Mend that, then tickets reopen 1.")
        try bench.run("tickets.reopen", ["id": 1])
        #expect(bench.settle().first == "opens channel ticket-0001-person-2")
        #expect(try bench.state() == "open")
    }

    @Test func `TKT-01 a kind of which no ticket could be opened is refused with the fix`() throws {
        let weak = try Bench.helping(botMay: [.viewChannel, .manageChannels])
        let refusal = try #require(
            weak.refusal("tickets.add_kind", ["name": "help", "parent": .id(Town.channel(9))]))
        #expect(refusal.kind == .forbidden && refusal.sentence.contains("Manage Roles") && refusal.field == "parent")
        let bench = try Bench.helping()
        #expect(
            bench.refusal("tickets.add_kind", ["name": "a", "parent": .id(Town.channel(1))])?.sentence
                == "room-1 is no category: channels of tickets lie in one.")
        #expect(
            bench.refusal("tickets.add_kind", ["name": "a", "place": "thread", "parent": .id(Town.channel(9))])?.sentence
                == "#room-9 is no text channel: private threads hang on those alone.")
        #expect(bench.refusal("tickets.add_kind", ["name": "a", "parent": "4711"])?.kind == .notFound)
        #expect(
            bench.refusal("tickets.add_kind", ["name": "a", "place": "thread"])?.hint
                == "Say which: tickets edit_kind parent: #…")
        bench.hear(.roleDeleted(Town.role(1), guild: Town.guild))
        #expect(bench.refusal("tickets.edit_kind", ["kind": "help", "label": "x"])?.field == "role")
    }

    @Test(
        arguments: [
            (["name": "7"], "more than a number"), (["name": "x", "questions": "a|b|c|d|e|f"], "one to five questions, not 6"),
            (["name": "x", "questions": "What is it that you would like to know from us?"], "47 characters; Discord shows 45"),
            (["name": "x", "questions": "(long)"], "has no words"), (["name": "x", "preset": "open"], "cannot be"),
            (["name": "x", "greeting": "Hi {nobody}"], "no place {nobody}"), (["name": "help"], "already"),
            (["name": "x", "role": "4711"], "no role"), (["name": "x", "priority": 3], "cannot be"),
            (["name": "x", "colour": "red"], "no parameter"),
        ] as [(JSON, String)])
    func `TKT-01 bad kinds are refused in words`(_ params: JSON, _ words: String) throws {
        let refusal = try #require(try Bench.helping().refusal("tickets.add_kind", params))
        #expect(refusal.sentence.contains(words), "\(refusal.sentence)")
    }

    @Test func `TKT-01 kinds are changed, removed and had back`() throws {
        let bench = try Bench.helping()
        try bench.run("tickets.edit_kind", ["kind": "help", "label": "Ask", "questions": "none", "role": .id(Town.role(1))])
        #expect(try bench.run("tickets.kinds")["rows"]?[0]?["questions"] == "none")
        try bench.undone("tickets.edit_kind")
        let row = try #require(try bench.run("tickets.kinds")["rows"]?[0])
        #expect(row["label"] == "Get help" && row["questions"] == "What is wrong? (long)" && row["role"] == nil)
        try bench.run("tickets.remove_kind", ["kind": "help"])
        #expect(bench.refusal("tickets.open", ["description": "x"], as: 2)?.kind == .unavailable)
        #expect(bench.refusal("tickets.add_kind", ["name": "help"])?.hint == "Have it back with tickets restore_kind.")
        try bench.undone("tickets.remove_kind")
        #expect(try bench.run("tickets.kinds")["rows"]?.array?.count == 1)
    }
}
