import Kit
import Shared
import Testing
import Workbench

struct AilmentTests {
    @Test func `OPS-06 a house that serves has no ailment; each one is told in words and goes with its cause`() throws {
        let bench = try Bench([Toy.feature])
        bench.step()
        #expect(bench.ailments == ["The gateway is not started."])
        bench.note(LinkState(shard: 0, phase: .connected))
        #expect(bench.ailments == [])
        bench.note(LinkState(shard: 0, phase: .waiting, trouble: "Discord refuses the token"))
        #expect(bench.ailments == ["The gateway is not connected: Discord refuses the token."])
        bench.note(LinkState(shard: 0, phase: .connected))
        bench.note(LinkState(shard: 1, phase: .identifying))
        #expect(bench.ailments == ["1 of 2 shards, such as 1, is not connected: identifying."])
        bench.note(LinkState(shard: 1, phase: .connected))
        #expect(bench.ailments == [])
    }

    @Test func `an engine that has not gone round for half a minute is stuck, and is not when it goes on`() throws {
        let bench = try Bench([Toy.feature])
        bench.note(LinkState(shard: 0, phase: .connected))
        bench.clock.pass(29.seconds)
        #expect(bench.ailments == [])
        bench.clock.pass(3.seconds)
        #expect(bench.ailments == ["The engine has been stuck for 32 seconds."])
        bench.step()
        #expect(bench.ailments == [])
    }

    @Test func `a full disk is an ailment until there is space again`() throws {
        let bench = try Bench([Toy.feature])
        bench.note(LinkState(shard: 0, phase: .connected))
        bench.store.room = 0
        bench.hear(Said(1, at: bench.clock.now).event)
        #expect(bench.ailments.count == 1 && bench.ailments[0].contains("The disk is full"))
        bench.store.room = nil
        bench.pass(3.seconds)
        #expect(bench.ailments == [])
    }
}
