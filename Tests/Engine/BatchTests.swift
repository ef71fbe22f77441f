import Engine
import Kit
import Machine
import Shared
import Testing
import Workbench

@Suite("Batches")
struct BatchTests {
    @Test func `nothing is carried or acknowledged before the commit`() throws {
        let bench = try Bench.toy()
        bench.hear((0..<5).map { Said(1, "echo", at: Bench.start, extra: $0).event })
        let kinds = bench.journal.all.map { entry in
            switch entry {
            case .commit: "commit"
            case .carried(let parcels): "carried \(parcels.count)"
            case .committed: "committed"
            default: "else"
            }
        }
        #expect(kinds == ["commit", "committed", "carried 5"])
        #expect(bench.journal.sequences == [bench.sequence])
        #expect(try bench.words(1) == 5)
    }

    @Test func `a sequence number is handled once, also after a restart`() throws {
        let bench = try Bench.toy()
        bench.hear(Said(1, at: Bench.start).event)
        let again = Dispatch(
            shard: 0, sequence: bench.sequence, event: Said(1, at: Bench.start, extra: 5).event, receivedNanoseconds: 0)
        bench.deliver([again, again])
        try bench.restart()
        #expect(bench.checkpoints.map(\.sequence) == [bench.sequence])
        bench.deliver([again])
        #expect(try bench.words(1) == 1)
    }

    @Test(arguments: ["trip", "trip rule", "trip words"])
    func `a failing listener stops no neighbour, leaves nothing, and is told once`(_ text: String) throws {
        let bench = try Bench.toy()
        bench.hear(
            Said(2, "echo", at: Bench.start, extra: 1).event, Said(3, text, at: Bench.start, extra: 2).event,
            Said(4, "echo", at: Bench.start, extra: 3).event)
        #expect(try bench.marks() == [])
        for member in Int64(2)...4 {
            #expect(try bench.words(member) == 1)
            #expect(try bench.memory(member) == 1)
        }
        #expect(try bench.memory(1) == 0)
        #expect(bench.journal.parcels.count == 2)
        #expect(bench.degraded == nil)
        #expect(!bench.isHeldBack)
        let faults = try bench.rows("SELECT reference, handler, times FROM house_faults")
        #expect(faults.map { $0[1] } == ["toy.trip"])
        #expect(faults.map { $0[2] } == ["1"])
        let logged = bench.notes.locked { $0 }.compactMap { $0.fields["reference"] }
        #expect(logged == faults.map { $0[0] })
        #expect(bench.journal.sequences.last == bench.sequence)
    }

    @Test func `a failing command takes back what it wrote and remembered, and says a reference`() throws {
        let bench = try Bench.toy()
        bench.hear(
            Said(2, "echo", at: Bench.start, extra: 1).event, Said(1, "E!toy stumble", at: Bench.start, extra: 2).event,
            Said(3, "echo", at: Bench.start, extra: 3).event)
        #expect(try bench.marks() == [])
        #expect(try bench.words(1) == 1)
        #expect(try bench.memory(1) == 1)
        let reference = try #require(try bench.texts("SELECT reference FROM house_faults").first)
        #expect(bench.spoken.count == 3)
        #expect(bench.spoken.contains { $0.contains(reference) })
        #expect(!bench.spoken.contains("never"))
        #expect(try bench.texts("SELECT outcome FROM house_audit WHERE command = 'toy.stumble'") == ["failed: \(reference)"])
    }

    @Test func `a refusal undoes what was written, and only that`() throws {
        let bench = try Bench.toy()
        bench.hear(
            Said(2, "E!toy note kept", at: Bench.start, extra: 1).event,
            Said(1, "E!toy note no", at: Bench.start, extra: 2).event,
            Said(1, "E!toy stumble yes", at: Bench.start, extra: 3).event)
        #expect(try bench.marks() == ["kept"])
        #expect(try bench.memory(1) == 2)
        #expect(bench.spoken == ["noted kept", "That is no note.", "No."])
        #expect(try bench.numbers("SELECT COUNT(*) FROM house_faults") == [0])
    }

    @Test func `news are heard in the same transaction`() throws {
        let bench = try Bench.toy()
        bench.hear(Said(1, "news", at: Bench.start).event)
        #expect(try bench.marks() == ["heard told"])
        #expect(bench.journal.all.filter { if case .commit = $0 { true } else { false } }.count == 1)
    }

    @Test func `a listener and a command may both answer one message`() throws {
        let bench = try Bench.toy()
        bench.hear(Said(1, "E!toy note echo", at: Bench.start).event)
        #expect(bench.spoken == ["echo", "noted echo"])
        #expect(Set(bench.journal.parcels.map(\.nonce)).count == 2)
    }

    @Test func `a frame that nobody hears still counts as handled`() throws {
        let bench = try Bench.toy()
        bench.sequence += 1
        bench.deliver([Dispatch(shard: 0, sequence: bench.sequence, event: nil, receivedNanoseconds: 0)])
        #expect(bench.journal.sequences == [bench.sequence])
        try bench.restart()
        #expect(bench.checkpoints.map(\.sequence) == [bench.sequence])
    }
}
