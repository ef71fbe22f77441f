import Kit
import Shared
import Testing
import Workbench

/// A house that has to close leaves to Discord what Discord tells again.
@Suite struct LateTests {
    private static func said(_ numbers: ClosedRange<Int64>, after sequence: Int64) -> [Dispatch] {
        numbers.map { number in
            Dispatch(
                shard: 0, sequence: sequence + number,
                event: Said(number, "tea", at: Bench.start, extra: number).event, receivedNanoseconds: 0)
        }
    }

    @Test func `events that come too late are heard by the next process, each once`() throws {
        let bench = try Bench.toy()
        let before = bench.sequence
        bench.deliver(Self.said(1...2, after: before))
        bench.closesAtOnce()
        bench.deliver(Self.said(3...4, after: before))
        #expect(try (1...4).map { try bench.words($0) } == [1, 1, 0, 0])
        try bench.restart()
        #expect(bench.checkpoints.map(\.sequence) == [before + 2])
        bench.deliver(Self.said(1...5, after: before))
        #expect(try (1...5).map { try bench.words($0) } == [1, 1, 1, 1, 1])
    }

    @Test func `a session that has just begun is finished, and what comes after it is left`() throws {
        let bench = try Bench.toy()
        bench.closesAtOnce()
        let start = SessionStart(
            shard: 0, shards: 1, session: "new", resumeURL: "wss://gateway", bot: Bench.bot, botName: "hearth",
            application: name(998), guilds: [], isFirst: true)
        let beginning = Dispatch(shard: 0, sequence: 1, event: .sessionStarted(start), receivedNanoseconds: 0)
        bench.deliver([beginning] + Self.said(1...2, after: 1))
        bench.deliver(Self.said(3...4, after: 1))
        try bench.restart()
        #expect(bench.checkpoints.map(\.session) == ["new"])
        #expect(bench.checkpoints.map(\.sequence) == [3])
        #expect(try (1...4).map { try bench.words($0) } == [1, 1, 0, 0])
    }
}
