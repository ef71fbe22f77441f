package import Machine

/// Whole lines that wait for a client to read. What belongs to a subscription can be dropped again, a reply never; a line
/// that has begun is always finished.
package struct WriteQueue {
    /// From here on subscriptions wait, and nothing more is read from the client.
    package static let soft = 256 << 10
    package static let hard = 1 << 20
    package static let softPatience = 5_000
    package static let patience = 10_000

    package enum Verdict: Hashable { case fine, conflate, overflow }

    private struct Line {
        var bytes: [UInt8]
        var subscription: Int?
    }

    private var lines: [Line] = []
    private var head = 0
    /// Bytes of the first line that are gone.
    private var sent = 0
    package private(set) var bytes = 0
    private var overSoftSince: MonotonicTime?
    private var progressed: MonotonicTime?

    package var isEmpty: Bool { bytes == 0 }
    package var isRoomy: Bool { bytes < Self.soft }

    package init() {}

    package mutating func append(_ line: [UInt8], of subscription: Int? = nil, now: MonotonicTime) {
        if isEmpty { progressed = now }
        lines.append(Line(bytes: line, subscription: subscription))
        bytes += line.count
        watchSoft(now)
    }

    /// Writes until everything is gone or the other side takes no more. Answers how many bytes went, nil when it is gone.
    package mutating func flush(now: MonotonicTime, _ write: (UnsafeRawBufferPointer) -> Descriptor.Outcome) -> Int? {
        var total = 0
        defer { watchSoft(now) }
        while !isEmpty {
            let batch = nextBatch()
            let outcome = batch.withUnsafeBytes { write($0) }
            guard case .moved(let count) = outcome else {
                return outcome == .wouldBlock ? total : nil
            }
            advance(count)
            total += count
            if count > 0 { progressed = now }
            if count < batch.count { break }
        }
        return total
    }

    private func nextBatch() -> [UInt8] {
        var batch = Array(lines[head].bytes[sent...])
        var index = head + 1
        while index < lines.count, batch.count + lines[index].bytes.count <= 64 << 10 {
            batch += lines[index].bytes
            index += 1
        }
        return batch
    }

    private mutating func advance(_ count: Int) {
        bytes -= count
        sent += count
        while head < lines.count, sent >= lines[head].bytes.count {
            sent -= lines[head].bytes.count
            lines[head].bytes = []
            head += 1
        }
        if head == lines.count || head > 256 {
            lines.removeFirst(head)
            head = 0
        }
    }

    /// Drops the lines of these subscriptions that have not begun, and gives the client time again; answers how many of each.
    package mutating func drop(_ isDropped: (Int) -> Bool, now: MonotonicTime) -> [Int: Int] {
        var dropped: [Int: Int] = [:]
        let begun = sent > 0 ? head + 1 : head
        var kept = Array(lines[head..<min(begun, lines.count)])
        for line in lines[min(begun, lines.count)...] {
            if let subscription = line.subscription, isDropped(subscription) {
                dropped[subscription, default: 0] += 1
                bytes -= line.bytes.count
            } else {
                kept.append(line)
            }
        }
        lines = kept
        head = 0
        overSoftSince = isRoomy ? nil : now
        return dropped
    }

    /// Keeps only the line that has begun.
    package mutating func abandon() {
        lines = sent > 0 && head < lines.count ? [lines[head]] : []
        head = 0
        bytes = lines.reduce(0) { $0 + $1.bytes.count } - sent
    }

    /// Nobody reads any more.
    package mutating func abandonAll() { self = WriteQueue() }

    private mutating func watchSoft(_ now: MonotonicTime) {
        overSoftSince = isRoomy ? nil : overSoftSince ?? now
    }

    package func verdict(now: MonotonicTime) -> Verdict {
        if bytes > Self.hard { return .overflow }
        if !isEmpty, let progressed, now.milliseconds(since: progressed) >= Self.patience { return .overflow }
        if let overSoftSince, now.milliseconds(since: overSoftSince) >= Self.softPatience { return .conflate }
        return .fine
    }

    /// The moment when the verdict may become worse by itself.
    package var deadline: MonotonicTime? {
        guard !isEmpty else { return nil }
        let stalled = progressed?.adding(milliseconds: Self.patience)
        let soft = overSoftSince?.adding(milliseconds: Self.softPatience)
        return [stalled, soft].compactMap { $0 }.min()
    }
}
