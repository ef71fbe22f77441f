package import Machine

/// Cuts what a client sends into lines. It holds at most one line that is not complete, and knows how long it has waited.
package struct LineReader {
    package enum Framed: Hashable {
        case line([UInt8])
        /// Where the next line begins is unknown: nothing that follows can be trusted.
        case endless
    }

    package static let longest = 1 << 20
    package static let patience = 30_000

    private var buffer: [UInt8] = []
    private var start = 0
    /// Everything before it is known to hold no line feed.
    private var scanned = 0
    private var lineEnd: Int?
    /// When the first byte of the line came that is not complete.
    package private(set) var waitingSince: MonotonicTime?

    /// A line is there to be taken: nothing more needs to be read now.
    package var hasLine: Bool { lineEnd != nil || size > Self.longest }
    package var size: Int { buffer.count - start }
    package var isEmpty: Bool { size == 0 }

    package init() {}

    package mutating func take(_ bytes: some Collection<UInt8>, now: MonotonicTime) {
        if start > 0 && start >= buffer.count / 2 {
            buffer.removeFirst(start)
            scanned -= start
            lineEnd = lineEnd.map { $0 - start }
            start = 0
        }
        buffer.append(contentsOf: bytes)
        seek(now)
    }

    package mutating func next(now: MonotonicTime) -> Framed? {
        guard let end = lineEnd else { return size > Self.longest ? .endless : nil }
        if end - start > Self.longest { return .endless }
        let line = Array(buffer[start..<end])
        start = end + 1
        lineEnd = nil
        waitingSince = nil
        seek(now)
        return .line(line)
    }

    /// The time that a line may take begins now.
    package mutating func waitAgain(_ now: MonotonicTime) { if waitingSince != nil { waitingSince = now } }

    private mutating func seek(_ now: MonotonicTime) {
        if lineEnd == nil {
            scanned = max(scanned, start)
            lineEnd = buffer[scanned...].firstIndex(of: UInt8(ascii: "\n"))
            scanned = lineEnd ?? buffer.count
        }
        waitingSince = lineEnd == nil && !isEmpty ? waitingSince ?? now : nil
    }
}
