import Machine
import Testing

/// The judge of metrics that comes with Prometheus, where it is installed.
enum Promtool {
    private static let place = [Environment.read()["HEARTH_PROMTOOL"], "/usr/bin/promtool"].compactMap(\.self)
        .first(where: Files.exists)

    /// Whatever it finds wrong, or would write otherwise, is an issue.
    static func judge(_ text: String, in folder: String, _ sourceLocation: SourceLocation = #_sourceLocation) throws {
        guard let place else { return }
        let file = folder + "/metrics.txt"
        try Files.write(Array(text.utf8), to: file)
        defer { try? Files.remove(file) }
        let judge = try Child(["sh", "-c", "'\(place)' check metrics < '\(file)' 2>&1; echo it answered $?"])
        let verdict = try heard(from: judge.conversation)
        #expect(verdict == "it answered 0\n", "promtool: \(verdict)", sourceLocation: sourceLocation)
    }

    private static func heard(from conversation: Descriptor) throws -> String {
        let poller = try Poller()
        try poller.watch(conversation.number, for: .readable, tag: 1)
        var (heard, room) = ([UInt8](), [UInt8](repeating: 0, count: 4096))
        while true {
            switch room.withUnsafeMutableBytes({ conversation.read(into: $0) }) {
            case .moved(let count): heard += room[..<count]
            case .wouldBlock: _ = poller.wait(milliseconds: 1000) { _, _ in }
            case .ended, .failed: return String(decoding: heard, as: UTF8.self)
            }
        }
    }
}
