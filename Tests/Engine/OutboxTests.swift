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
