import Control
import Machine
import Testing

@Suite struct LineReaderTests {
    private let start = MonotonicTime(nanoseconds: 0)

    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test(arguments: [1, 2, 3, 7, 100])
    func `lines are the same however they arrive`(_ size: Int) {
        var reader = LineReader()
        var lines: [LineReader.Framed] = []
        let all = bytes("one\n\n{\"two\":2}\r\nthree")
        for offset in stride(from: 0, to: all.count, by: size) {
            reader.take(all[offset..<min(all.count, offset + size)], now: start)
            while let line = reader.next(now: start) { lines.append(line) }
        }
        #expect(lines == [.line(bytes("one")), .line([]), .line(bytes("{\"two\":2}\r"))])
        #expect(reader.size == 5 && !reader.hasLine)
    }

    @Test func `a line of a mebibyte passes, one byte more does not`() {
        var reader = LineReader()
        let longest = [UInt8](repeating: 120, count: LineReader.longest)
        reader.take(longest, now: start)
        #expect(reader.next(now: start) == nil)
        reader.take([10], now: start)
        #expect(reader.next(now: start) == .line(longest))
        reader.take(longest + [120], now: start)
        #expect(reader.hasLine && reader.next(now: start) == .endless)
        var complete = LineReader()
        complete.take(longest + [120, 10], now: start)
        #expect(complete.next(now: start) == .endless)
    }

    @Test func `the clock runs only while a line is not complete, from its first byte`() {
        var reader = LineReader()
        let (early, late) = (start.adding(milliseconds: 5), start.adding(milliseconds: 9))
        #expect(reader.waitingSince == nil)
        reader.take(bytes("ab"), now: early)
        reader.take(bytes("cd"), now: late)
        #expect(reader.waitingSince == early)
        reader.take(bytes("\nnext"), now: late)
        #expect(reader.waitingSince == nil)
        _ = reader.next(now: late)
        #expect(reader.waitingSince == late)
    }
}
