import Kit
import Machine
import Shared
import Testing
import Workbench

@Suite("A full disk")
struct FullDiskTests {
    private static func batch(_ bench: Bench) -> [Dispatch] {
        ["echo", "E!toy note one", "news", "echo", "trip"].enumerated().map { index, text in
            Dispatch(
                shard: 0, sequence: bench.sequence + Int64(index) + 1,
                event: Said(Int64(index) + 1, text, at: Bench.start, extra: Int64(index)).event, receivedNanoseconds: 0)
        }
    }

    @Test func `at whichever statement it is full, nothing is lost and nothing doubled`() throws {
        var room = 0
        while true {
            let bench = try Bench.toy()
            let batch = Self.batch(bench)
            let later = Dispatch(
                shard: 0, sequence: bench.sequence + 6, event: Said(6, "tea", at: Bench.start, extra: 6).event,
                receivedNanoseconds: 0)
            bench.store.room = room
            bench.deliver(batch)
            let wasFull = bench.degraded != nil
            if wasFull {
                #expect(bench.isHeldBack, "\(room)")
                // What had been read already waits behind what the store did not take.
                bench.deliver([batch[4], later])
                #expect(try bench.words(6) == 0)
                bench.store.room = nil
                bench.pass(2.seconds)
                #expect(bench.degraded == nil && !bench.isHeldBack, "\(room)")
                #expect(try bench.words(6) == 1, "\(room)")
            }
            #expect(try bench.marks() == ["one", "heard told"], "\(room)")
            #expect(try (1...5).map { try bench.words($0) } == [1, 1, 1, 1, 1], "\(room)")
            let waiting = try bench.texts("SELECT nonce FROM house_outbox ORDER BY id")
            #expect(waiting.count == 3, "\(room)")
            #expect(Set(bench.journal.parcels.map(\.nonce)) == Set(waiting), "\(room)")
            #expect(bench.journal.parcels.count == 3, "carried twice, \(room)")
            #expect(try bench.texts("SELECT times FROM house_faults") == ["1"], "\(room)")
            if !wasFull { break }
            room += 1
        }
        #expect(room > 10)
    }

    @Test func `who asks while the disk is full is told, and reading goes on`() throws {
        let bench = try Bench.toy()
        bench.store.room = 0
        guard case .refused(let refusal) = try bench.request("toy.note", ["mark": "x"]) else {
            Issue.record("it was not refused")
            return
        }
        #expect(refusal.kind == .unavailable)
        #expect(refusal.sentence.contains("full"))
        #expect(try bench.run("toy.greet") == "hello")
        bench.store.room = nil
        bench.pass(2.seconds)
        #expect(try bench.run("toy.note", ["mark": "x"]) == 1)
        #expect(try bench.marks() == ["x"])
    }

    @Test func `what the courier says meanwhile is written when there is space`() throws {
        let bench = try Bench.toy()
        bench.hear(Said(1, "chain", at: Bench.start).event, Said(2, "echo", at: Bench.start, extra: 1).event)
        let parcels = bench.journal.parcels
        #expect(parcels.count == 3)
        bench.store.room = 0
        let noted = Lock(0)
        bench.trying([parcels[1].id]) { noted.locked { $0 += 1 } }
        bench.receive(Receipt(parcel: parcels[1].id, outcome: .done(made: 5), tries: 1))
        #expect(noted.locked { $0 } == 0)
        bench.store.room = nil
        bench.pass(2.seconds)
        #expect(noted.locked { $0 } == 1)
        #expect(try bench.texts("SELECT state FROM house_outbox ORDER BY id") == ["waiting", "done", "waiting"])
        #expect(try bench.marks().count == 1)
        #expect(bench.journal.parcels.count == 3)
    }
}
