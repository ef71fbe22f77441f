import Kit
import Shared
import Testing
import Workbench

@Suite("Onboarding: the message that everybody begins at")
struct NoticeTests {
    @Test func `ONB-01 it is put up once, however often it is asked for, and the channel is looked through first`() throws {
        let bench = try Bench.onboarding()
        bench.settles()
        try bench.run("onboarding.post", ["channel": .id(Town.channel(1))])
        #expect(bench.no("onboarding.post", [:])?.kind == .conflict)
        #expect(bench.settles().map(\.deed) == ["looks through", "posts in 1"])
        let row = try bench.run("onboarding.overview")
        #expect(row["state"] == "posted" && row["message"] == "7000")
        try bench.run("onboarding.post")
        #expect(bench.settles().map(\.deed) == ["edits 7000"])
        try bench.restart()
        try bench.run("onboarding.post", ["channel": .id(Town.channel(1))])
        #expect(bench.settles().map(\.deed).contains("edits 7000"))
        #expect(try bench.run("onboarding.overview")["message"] == "7000")
    }

    @Test func `ONB-01 a message of an earlier house is found by its button and taken up`() throws {
        let bench = try Bench.onboarding()
        bench.settles()
        try bench.run("onboarding.post", ["channel": .id(Town.channel(1))])
        let button = JSON.object(JSON.Object([("type", 2), ("custom_id", "run onboarding.start")]))
        func message(_ id: Int64, _ author: ID<Member>, _ components: [JSON]) -> JSON {
            ["id": .string("\(id)"), "author": ["id": .id(author)], "components": .array(components)]
        }
        let page = JSON.array([
            message(1, Town.member(3), [["components": [button]]]), message(2, Bench.bot, []),
            message(3, Bench.bot, [["components": [button]]]),
        ])
        let deeds = bench.settles(answer: { if case .fetch = $0 { page } else { nil } })
        #expect(deeds.map(\.deed) == ["looks through", "edits 3"])
        #expect(try bench.run("onboarding.overview")["message"] == "3")
    }

    @Test func `an edit of the rules is drawn once for all that change at a time, also when it comes too early`() throws {
        let bench = try Bench.onboarding()
        bench.settles()
        try bench.run("onboarding.post", ["channel": .id(Town.channel(1))])
        let search = try #require(bench.journal.parcels.first)
        bench.journal.clear()
        bench.receive(Receipt(parcel: search.id, outcome: .done(made: nil), tries: 1))
        try bench.run("rules.add", ["text": "Third."])
        #expect(bench.settles().map(\.deed) == ["posts in 1", "edits 7000"])
        for text in ["Fourth.", "Fifth."] { try bench.run("rules.add", ["text": .string(text)]) }
        bench.pass(4.seconds)
        let cards = bench.journal.cards
        #expect(bench.settles().map(\.deed) == ["edits 7000"])
        let lines = cards.last.map { PlainText(bench.directory, guild: Town.guild, zone: .utc).lines(of: $0) }
        #expect(
            lines == [
                "Welcome to Town", "1. Be kind.", "2. No spoilers.", "3. Third.", "4. Fourth.", "5. Fifth.",
                "Version 5 of the rules · press the button to begin",
            ])
        #expect(cards.last?.buttons.map(\.standing) == ["run onboarding.start"])
    }

    @Test(arguments: ["message", "channel", "unheard", "edit"])
    func `ONB-01 one that was deleted is noticed, told to staff, and put up again when they say so`(_ way: String) throws {
        let bench = try Bench.onboarding()
        try bench.putsUpNotice()
        let gone = Receipt.Outcome.refused(code: 10008, message: "Unknown Message")
        switch way {
        case "message": bench.hear(.messagesDeleted([name(7000)], channel: Town.channel(1), guild: Town.guild))
        case "channel": bench.hear(.channelDeleted(Town.channel(1), guild: Town.guild))
        case "unheard":
            bench.hear(Town.seen(roles: [Town.everyone([.viewChannel, .sendMessages, .readMessageHistory])], members: []))
            bench.settles { if case .fetch = $0 { gone } else { .done(made: 7001) } }
        default:
            try bench.run("onboarding.post")
            bench.settles { if case .edit = $0 { gone } else { .done(made: 7001) } }
        }
        #expect(try bench.run("onboarding.overview")["state"] == "gone")
        bench.settles()
        try bench.run("onboarding.post", ["channel": .id(Town.channel(3))])
        #expect(bench.settles().map(\.deed) == ["looks through", "posts in 3"])
        #expect(try bench.run("onboarding.overview")["state"] == "posted")
    }

    @Test func `when nobody knows whether it arrived, the channel is looked through again`() throws {
        let bench = try Bench.onboarding()
        bench.settles()
        try bench.run("onboarding.post", ["channel": .id(Town.channel(1))])
        var posts = 0
        let deeds = bench.settles { effect in
            guard case .post = effect else { return .done(made: nil) }
            posts += 1
            return posts == 1 ? .uncertain("nobody knows") : .done(made: 7002)
        }
        #expect(deeds.map(\.deed) == ["looks through", "posts in 1", "looks through", "posts in 1"])
        #expect(try bench.run("onboarding.overview")["message"] == "7002")
    }

    @Test func `what cannot work is refused before it is tried`() throws {
        let bench = try Bench.onboarding()
        #expect(bench.no("onboarding.post", [:])?.field == "channel")
        #expect(bench.no("onboarding.post", ["channel": "4711"])?.field == "channel")
        let silent = Overwrite(target: Town.guild.number, isMember: false, allow: [], deny: .sendMessages)
        bench.hear(.channelSeen(Town.place(3, [silent])))
        #expect(bench.no("onboarding.post", ["channel": .id(Town.channel(3))])?.kind == .forbidden)
        bench.hear(.channelSeen(Town.place(4, type: 4)))
        #expect(bench.no("onboarding.post", ["channel": .id(Town.channel(4))])?.field == "channel")
    }

    @Test func `ONB-09 rules are written, changed, moved, removed and read, and each change is taken back`() throws {
        let bench = try Bench.onboarding(rules: [])
        #expect(bench.no("rules.show", ["n": 1])?.sentence == "There are no rules here yet.")
        for text in ["One.", "Two.", "Three."] { try bench.run("rules.add", ["text": .string(text)]) }
        func rules() throws -> [String] { try bench.run("rules.show")["rules"]?.array?.compactMap { $0["text"]?.text } ?? [] }
        #expect(try bench.run("rules.show", ["n": 2])["rules"] == [["n": 2, "text": "Two."]])
        try bench.run("rules.move", ["n": 3, "to": 1])
        #expect(try rules() == ["Three.", "One.", "Two."])
        try bench.run("rules.edit", ["n": 1, "text": "3."])
        try bench.run("rules.remove", ["n": 2])
        #expect(try rules() == ["3.", "Two."])
        try bench.run("rules.add", ["text": "One.", "n": 2])
        #expect(try rules() == ["3.", "One.", "Two."])
        #expect(try bench.look("rules.list", [:], in: Town.guild).map(\.key) == ["1", "2", "3"])
        for (params, field) in [
            (["n": 4, "text": "x"], "n"), (["n": 0, "text": "x"], "n"), (["n": 1, "text": ""], "text"),
            (["n": 1, "text": .string("\u{200B}")], "text"),
            (["n": 1, "text": .string(String(repeating: "x", count: 1001))], "text"),
            (["n": "two", "text": "x"], "n"), (["n": 1, "text": "x", "minor": "perhaps"], "minor"),
        ] as [(JSON, String)] {
            #expect(bench.no("rules.edit", params)?.field == field, "\(params.line)")
        }
        for _ in 0..<3 { _ = bench.no("rules.add", ["text": .string(String(repeating: "y", count: 1000))]) }
        #expect(bench.no("rules.add", ["text": .string(String(repeating: "y", count: 1000))])?.hint == "Say it in fewer words.")
    }
}
