import Control
import Machine
import Testing

@Suite struct WriteQueueTests {
    private let start = MonotonicTime(nanoseconds: 0)

    private func line(_ text: String) -> [UInt8] { Array((text + "\n").utf8) }

    /// Takes a few bytes a time, then none.
    private func flush(_ queue: inout WriteQueue, taking room: Int, into out: inout [UInt8], at now: MonotonicTime) -> Int? {
        var rest = room
        return queue.flush(now: now) { bytes in
            if rest == 0 { return .wouldBlock }
            let count = min(3, rest, bytes.count)
            rest -= count
            out += bytes[0..<count]
            return .moved(count)
        }
    }

    @Test func `lines leave whole and in order, whatever the other side takes`() {
        var queue = WriteQueue()
        var out: [UInt8] = []
        for text in ["one", "two", "three", "four"] { queue.append(line(text), now: start) }
        while !queue.isEmpty { #expect(flush(&queue, taking: 2, into: &out, at: start) == 2 || queue.isEmpty) }
        #expect(out == line("one\ntwo\nthree\nfour"))
    }

    @Test func `dropping spares replies and the line that has begun`() {
        var queue = WriteQueue()
        var out: [UInt8] = []
        queue.append(line("begun"), of: 1, now: start)
        queue.append(line("lost"), of: 1, now: start)
        queue.append(line("reply"), now: start)
        queue.append(line("other"), of: 2, now: start)
        _ = flush(&queue, taking: 2, into: &out, at: start)
        #expect(queue.drop({ $0 == 1 }, now: start) == [1: 1])
        while !queue.isEmpty { _ = flush(&queue, taking: 100, into: &out, at: start) }
        #expect(out == line("begun\nreply\nother"))
    }

    @Test func `abandoning keeps only the line that has begun`() {
        var queue = WriteQueue()
        var out: [UInt8] = []
        for text in ["begun", "reply"] { queue.append(line(text), now: start) }
        _ = flush(&queue, taking: 2, into: &out, at: start)
        queue.abandon()
        queue.append(line("overflow"), now: start)
        #expect(queue.bytes == 4 + 9)
        while !queue.isEmpty { _ = flush(&queue, taking: 100, into: &out, at: start) }
        #expect(out == line("begun\noverflow"))
    }

    @Test func `patience ends after five seconds above the soft limit`() {
        var queue = WriteQueue()
        queue.append([UInt8](repeating: 120, count: WriteQueue.soft), of: 1, now: start)
        #expect(!queue.isRoomy && queue.verdict(now: start.adding(milliseconds: 4_999)) == .fine)
        let later = start.adding(milliseconds: 5_000)
        #expect(queue.deadline == later && queue.verdict(now: later) == .conflate)
        #expect(queue.drop({ $0 == 1 }, now: later) == [1: 1])
        #expect(queue.isRoomy && queue.verdict(now: later) == .fine && queue.deadline == nil)
    }

    @Test func `patience ends after ten seconds without a byte`() {
        var queue = WriteQueue()
        var out: [UInt8] = []
        queue.append(line("text"), now: start)
        let nine = start.adding(milliseconds: 9_999)
        #expect(queue.verdict(now: nine) == .fine)
        _ = flush(&queue, taking: 1, into: &out, at: nine)
        #expect(queue.verdict(now: start.adding(milliseconds: 10_000)) == .fine)
        #expect(queue.verdict(now: nine.adding(milliseconds: 10_000)) == .overflow)
    }

    @Test func `more than the hard limit is too much at once`() {
        var queue = WriteQueue()
        queue.append([UInt8](repeating: 120, count: WriteQueue.hard), now: start)
        #expect(queue.verdict(now: start) == .fine)
        queue.append([10], now: start)
        #expect(queue.verdict(now: start) == .overflow)
    }

    @Test func `a broken pipe is told`() {
        var queue = WriteQueue()
        queue.append(line("text"), now: start)
        #expect(queue.flush(now: start) { _ in .failed(32) } == nil)
    }
}
