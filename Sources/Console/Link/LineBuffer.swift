/// Cuts a stream of bytes into lines; a line beyond the limit is refused, so that nobody can fill our memory.
package struct LineBuffer: Sendable {
    package static let limit = 4 << 20
    private var waiting: [UInt8] = []
    private var searched = 0
    package private(set) var isOverlong = false

    package init() {}

    package mutating func append(_ bytes: some Collection<UInt8>) -> [[UInt8]] {
        waiting.append(contentsOf: bytes)
        var lines: [[UInt8]] = []
        var start = 0
        while let end = waiting[max(start, searched)...].firstIndex(of: UInt8(ascii: "\n")) {
            lines.append(Array(waiting[start..<end]))
            start = end + 1
            searched = start
        }
        waiting.removeFirst(start)
        searched = waiting.count
        if waiting.count > Self.limit { isOverlong = true }
        return lines
    }
}
