import Engine
import Kit
import Shared
import Testing
import Workbench

@Suite("Doors")
struct DoorTests {
    private static func interaction(
        _ kind: InteractionSeen.Kind, by member: Int64 = 1, at extra: Int64, _ permissions: Permissions = []
    ) -> Event {
        .interaction(
            InteractionSeen(
                id: Town.id(at: Bench.start, extra), token: "t", application: name(998), kind: kind, guild: Town.guild,
                channel: Town.channel(1), member: nil, user: Town.member(member), permissions: permissions,
                botPermissions: .all,
                locale: "en-GB", message: nil, resolved: .null))
    }

    @Test(arguments: [
        "E!toy note hello", "e!toy note hello", "E! toy note hello", "E!note hello", "E!TOY NOTE hello", "<@999> note hello",
        "<@!999>toy note hello", "E!note mark: hello", "E!note \"hello\"",
    ])
    func `a command is known by its prefix, a mention, its whole name or its verb`(_ text: String) throws {
        let bench = try Bench.toy()
        bench.hear(Said(1, text, at: Bench.start).event)
        #expect(try bench.marks() == ["hello"])
        #expect(bench.spoken == ["noted hello"])
    }

    @Test(arguments: ["?note hello", "!!Note hello", "é\"note hello", "É\"note hello"])
    func `a server has its own prefixes, several of them, with any letters`(_ text: String) throws {
        let bench = try Bench.toy()
        try bench.tune("house.prefixes", "? !! é\"")
        bench.hear(Said(1, text, at: Bench.start).event)
        #expect(bench.spoken == ["noted hello"])
        bench.hear(Said(1, "E!note hello", at: Bench.start, extra: 1).event, Said(1, "?note", at: Bench.start, extra: 2).event)
        #expect(bench.spoken.count == 2)
        #expect(bench.spoken.last?.contains("?toy note <mark>") == true)
    }

    @Test func `what is nearly a command is suggested, and what is none is left alone`() throws {
        let bench = try Bench.toy()
        bench.hear(
            Said(1, "E!toy.nte", at: Bench.start).event, Said(1, "hello E!note", at: Bench.start, extra: 1).event,
            Said(1, "E!", at: Bench.start, extra: 2).event, Said(1, "E!!!", at: Bench.start, extra: 3).event)
        #expect(bench.spoken.count == 1)
        #expect(bench.spoken.first?.contains("toy.note") == true)
    }

    @Test func `bots command nothing`() throws {
        let bench = try Bench.toy()
        var said = Said(1, "E!note hello", at: Bench.start)
        said.isAutomatic = true
        bench.hear(said.event)
        #expect(bench.spoken == [])
        #expect(try bench.marks() == [])
    }

    @Test func `five commands in ten seconds are enough, also across a restart`() throws {
        let bench = try Bench.toy()
        for second in 0..<5 { bench.hear(Said(1, "E!note a", at: Bench.start + second.seconds).event) }
        try bench.restart()
        bench.hear(
            Said(1, "E!note b", at: Bench.start + 6.seconds).event,
            Said(2, "E!note c", at: Bench.start + 6.seconds, extra: 1).event)
        bench.hear(
            Said(1, "E!note d", at: Bench.start + .milliseconds(9999)).event,
            Said(1, "E!note e", at: Bench.start + 10.seconds).event)
        #expect(try bench.marks() == ["a", "a", "a", "a", "a", "c", "e"])
        #expect(bench.spoken.filter { $0.contains("limit") }.count == 2)
    }

    @Test func `a cooldown outlives a restart`() throws {
        let bench = try Bench.toy()
        bench.hear(Said(1, "E!wait ring", at: Bench.start).event)
        try bench.restart()
        bench.journal.clear()
        bench.hear(Said(1, "E!wait ring", at: Bench.start + .milliseconds(59_999)).event)
        bench.hear(Said(1, "E!wait ring", at: Bench.start + 60.seconds).event)
        #expect(bench.spoken.map { $0.hasPrefix("will ring") } == [false, true])
    }

    @Test func `a command told twice is done and answered once`() throws {
        let bench = try Bench.toy()
        let said = Said(1, "E!note a", at: Bench.start).event
        bench.hear(said, said)
        try bench.restart()
        bench.hear(said)
        #expect(try bench.marks() == ["a"])
        #expect(try bench.numbers("SELECT COUNT(*) FROM house_outbox") == [1])
    }

    @Test func `a slash command gives values by name, and a missing one is said`() throws {
        let bench = try Bench.toy()
        bench.hear(Self.interaction(.command(path: "toy note", options: .init([("mark", "x"), ("number", 2)])), at: 1))
        bench.hear(Self.interaction(.command(path: "toy note", options: .init()), at: 2))
        bench.hear(Self.interaction(.command(path: "toy gone", options: .init()), at: 3))
        #expect(try bench.marks() == ["x", "x"])
        #expect(bench.spoken.map { $0.prefix(7) } == ["noted x", "mark is", "I do no"])
    }

    @Test func `a slow answer is acknowledged first`() throws {
        let bench = try Bench.toy()
        bench.clock.pass(2.seconds)
        bench.hear(Self.interaction(.command(path: "toy note", options: .init([("mark", "x")])), at: 1))
        let acknowledged = bench.journal.all.contains { if case .acknowledged = $0 { true } else { false } }
        #expect(acknowledged)
        guard case .answer(let answer) = bench.journal.parcels.first?.effect else { Issue.record("no answer"); return }
        #expect(answer.isAcknowledged)
    }

    @Test func `what touches many is shown first, in words, and its button does exactly that`() throws {
        let bench = try Bench.toy()
        bench.hear(
            Self.interaction(.command(path: "toy crowd", options: .init([("members", 26)])), at: 1, .manageGuild))
        #expect(try bench.marks() == [])
        let card = try #require(bench.journal.cards.last)
        #expect(bench.spoken.last == "crowd: nothing → hello\nThis cannot be taken back.")
        let button = try #require(card.buttons.first?.row)
        bench.hear(Self.interaction(.component(customID: "\(button)", values: []), at: 2, .manageGuild))
        #expect(try bench.marks() == ["crowd"])
    }

    private func buttons(_ bench: Bench) throws -> [String] {
        bench.hear(Said(1, "E!panel", at: Bench.start).event)
        return try #require(bench.journal.cards.last).buttons.compactMap { $0.row.map { String($0) } }
    }

    @Test func `a button survives a restart, and access is asked again`() throws {
        let bench = try Bench.toy()
        let rows = try buttons(bench)
        try bench.restart()
        bench.hear(Self.interaction(.component(customID: rows[0], values: []), by: 2, at: 1))
        #expect(try bench.marks() == ["pressed"])
        bench.hear(Self.interaction(.component(customID: rows[1], values: []), by: 2, at: 2))
        #expect(bench.spoken.last?.contains("Manage Server") == true)
        bench.hear(Self.interaction(.component(customID: rows[1], values: []), by: 2, at: 3, [.manageGuild]))
        #expect(try bench.marks() == ["pressed", "crowd"])
        bench.hear(Self.interaction(.component(customID: "4711", values: []), at: 4))
        #expect(bench.spoken.last?.contains("this button") == true)
    }

    @Test func `what a button does not say is asked in a form, whose answer keeps what it said`() throws {
        let bench = try Bench.toy()
        let rows = try buttons(bench)
        bench.clock.pass(2.seconds)
        bench.hear(Self.interaction(.component(customID: rows[3], values: []), at: 1))
        let form = try #require(bench.journal.forms.first)
        #expect(form.fields.map(\.name) == ["what"])
        #expect(!bench.journal.all.contains { if case .acknowledged = $0 { true } else { false } })
        try bench.restart()
        bench.hear(Self.interaction(.form(customID: String(form.row), fields: [("what", "boo")]), at: 2))
        #expect(try bench.marks() == ["BOO"])
    }

    @Test func `a form is opened once and fits its row, when a neighbour stumbles`() throws {
        let bench = try Bench.toy()
        let rows = try buttons(bench)
        bench.hear(
            Said(5, "trip", at: Bench.start, extra: 5).event, Self.interaction(.component(customID: rows[2], values: []), at: 1)
        )
        #expect(bench.journal.forms.count == 1)
        bench.hear(Self.interaction(.form(customID: String(bench.journal.forms[0].row), fields: [("mark", "m")]), at: 2))
        #expect(try bench.marks() == ["m", "m"])
    }
}
