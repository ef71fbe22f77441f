import Engine
import Kit
import Shared
import Testing
import Workbench

@Suite("What goes out")
struct OutboxTests {
    @Test func `a parcel has the same nonce after a crash, and knows that it was tried`() throws {
        let bench = try Bench.toy()
        bench.hear(Said(1, "echo", at: Bench.start).event)
        let before = bench.journal.parcels
        bench.trying(before.map(\.id))
        bench.journal.clear()
        try bench.restart()
        #expect(bench.journal.parcels.map(\.nonce) == before.map(\.nonce))
        #expect(bench.journal.parcels.map(\.effect) == before.map(\.effect))
        #expect(bench.journal.parcels.map(\.tries) == [1])
        #expect(bench.journal.parcels.first?.firstTried == Bench.start)
        #expect((before.first?.nonce.count ?? 99) <= 25)
    }

    @Test func `P4: what an event causes is told apart from what an event of an earlier session with its number caused`() throws
    {
        let bench = try Bench.toy()
        let salute = Event.reactionAdded(Town.reaction(1, on: Said(2, at: Bench.start).id, of: 2, "🫡"))
        bench.hear(salute)
        let number = bench.sequence
        bench.sequence = 0
        bench.hear(
            .sessionStarted(
                SessionStart(
                    shard: 0, shards: 1, session: "another", resumeURL: "wss://gateway", bot: Bench.bot, botName: "hearth",
                    application: name(998), guilds: [], isFirst: false)))
        bench.sequence = number - 1
        bench.hear(salute)
        #expect(bench.journal.parcels.count == 2)
        #expect(Set(bench.journal.parcels.map(\.nonce)).count == 2)
        try bench.restart()
        bench.sequence = number - 1
        bench.hear(salute)
        #expect(try bench.numbers("SELECT COUNT(*) FROM house_outbox") == [2], "the same frame told again is the same")
    }

    @Test func `a receipt settles its parcel once, and its job hears of it once`() throws {
        let bench = try Bench.toy()
        bench.hear(Said(1, "chain", at: Bench.start).event)
        let parcels = bench.journal.parcels
        #expect(Set(parcels.map(\.lane)).count == 1)
        #expect(parcels.map(\.step) == [0, 1])
        bench.receive(Receipt(parcel: parcels[0].id, outcome: .done(made: 77), tries: 1))
        bench.journal.clear()
        try bench.restart()
        #expect(bench.journal.parcels.map(\.id) == [parcels[1].id])
        #expect(bench.journal.parcels.first?.made == [0: 77])
        let receipt = Receipt(parcel: parcels[1].id, outcome: .done(made: 78), tries: 1)
        bench.receive(receipt, receipt)
        #expect(try bench.marks().count == 1)
        #expect(try bench.texts("SELECT state FROM house_outbox ORDER BY id") == ["done", "done"])
        bench.journal.clear()
        try bench.restart()
        #expect(bench.journal.parcels == [])
    }

    @Test func `a parcel is as old as its row, however long past its cause is`() throws {
        let bench = try Bench.toy()
        bench.hear(Said(1, "echo", at: Bench.start - 900.days).event)
        #expect(bench.journal.parcels.map(\.created) == [bench.clock.now])
        #expect(try bench.numbers("SELECT caused FROM house_outbox") == [(Bench.start - 900.days).milliseconds])
    }

    @Test func `P4: the bot's own message settles what it was sent as, also after a crash, and its job hears of it once`()
        throws
    {
        let bench = try Bench.toy()
        bench.hear(Said(1, "chain", at: Bench.start).event)
        let parcels = bench.journal.parcels
        bench.receive(Receipt(parcel: parcels[0].id, outcome: .done(made: 77), tries: 1))
        bench.trying([parcels[1].id])
        try bench.restart()
        var echo = Said(5, "inside", at: Bench.start + 1.seconds)
        echo.nonce = parcels[1].nonce
        var stranger = echo.seen
        bench.hear(.message(stranger))
        #expect(try bench.marks().count == 0)
        stranger.author = Bench.bot
        bench.hear(.message(stranger))
        #expect(try bench.texts("SELECT state FROM house_outbox ORDER BY id") == ["done", "done"])
        #expect(try bench.numbers("SELECT made FROM house_outbox WHERE step = 1") == [echo.id.number])
        bench.receive(Receipt(parcel: parcels[1].id, outcome: .uncertain("nobody knows"), tries: 2))
        #expect(try bench.marks().count == 1)
        #expect(try bench.texts("SELECT state FROM house_outbox ORDER BY id") == ["done", "done"])
    }

    @Test func `P4: who looks for a message after a crash is told what others have made since`() throws {
        let bench = try Bench.toy()
        bench.hear(Said(1, "echo", at: Bench.start).event)
        bench.hear(Said(1, "echo", at: Bench.start, extra: 1).event)
        let parcels = bench.journal.parcels
        bench.trying(parcels.map(\.id))
        bench.receive(Receipt(parcel: parcels[0].id, outcome: .done(made: 77), tries: 1))
        bench.journal.clear()
        try bench.restart()
        #expect(bench.journal.parcels.map(\.others) == [[77]])
        #expect(bench.journal.parcels.map(\.guild) == [Town.guild])
    }

    @Test func `an effect that this version does not know stays for one that does, and holds up nobody`() throws {
        let bench = try Bench.toy()
        bench.hear(Said(1, "echo", at: Bench.start).event)
        bench.hear(Said(1, "echo", at: Bench.start, extra: 1).event)
        try bench.store.begin()
        _ = try bench.store.run("UPDATE house_outbox SET effect = '{\"teleport\":{}}' WHERE id = 1")
        try bench.store.commit()
        bench.journal.clear()
        try bench.restart()
        #expect(bench.journal.parcels.map(\.id) == [2])
        #expect(try bench.texts("SELECT state FROM house_outbox ORDER BY id") == ["waiting", "waiting"])
    }

    @Test func `rights that change are told, so that what was forbidden is tried again`() throws {
        let bench = try Bench.toy()
        bench.journal.clear()
        bench.hear(.roleDeleted(Town.role(3), guild: Town.guild))
        let told = bench.journal.all.contains { if case .rights(Town.guild, nil) = $0 { true } else { false } }
        #expect(told)
    }

    @Test func `a refused parcel is not sent again`() throws {
        let bench = try Bench.toy()
        bench.hear(Said(1, "echo", at: Bench.start).event)
        bench.receive(Receipt(parcel: bench.journal.parcels[0].id, outcome: .refused(code: 50_013, message: "No"), tries: 1))
        bench.journal.clear()
        try bench.restart()
        #expect(bench.journal.parcels == [])
        #expect(try bench.texts("SELECT note FROM house_outbox") == ["50013: No"])
    }
}
