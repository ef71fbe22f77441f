import Machine
import Shared

/// A program on the control socket: a line out, lines in.
final class SocketClient {
    private let socket: Descriptor
    private let poller: Poller
    private var bytes: [UInt8] = []
    private var asked: Int64 = 0
    /// Lines of subscriptions that came while an answer was waited for.
    private var aside: [JSON] = []
    private let patience: Int

    struct Silent: Error, CustomStringConvertible {
        let description: String
    }

    init(_ path: String, patience: Int = 20_000) throws {
        self.patience = patience
        socket = try Sockets.connectToUnix(path)
        poller = try Poller()
        try poller.watch(socket.number, for: .readable, tag: 1)
    }

    /// Asks and waits for the answer; a refusal is thrown.
    func ask(_ method: String, _ params: JSON = [:], card: Bool = false) throws -> JSON {
        let answer = try exchange(method, params, card: card)
        if case .failure(_, let error)? = ControlMessage(answer) { throw error }
        return answer["result"] ?? .null
    }

    /// The whole answering line.
    func exchange(_ method: String, _ params: JSON = [:], card: Bool = false) throws -> JSON {
        asked += 1
        try say(ControlRequest(id: asked, method: method, params: params, card: card).json.line)
        while true {
            let line = try next(method)
            if line["id"]?.int == asked { return line }
            aside.append(line)
        }
    }

    /// Says a line as it stands, well formed or not.
    func say(_ line: String) throws {
        var rest = Array((line + "\n").utf8)[...]
        while !rest.isEmpty {
            switch rest.withUnsafeBytes({ socket.write($0) }) {
            case .moved(let count): rest = rest.dropFirst(count)
            case .wouldBlock: wait(for: .writable)
            default: throw Silent(description: "the daemon hung up")
            }
        }
    }

    /// The next line that nobody has read.
    func hear() throws -> JSON { aside.isEmpty ? try next("a line") : aside.removeFirst() }

    /// Lines up to the one that is looked for; it is the last.
    func hear(until isLast: (JSON) -> Bool) throws -> [JSON] {
        var lines: [JSON] = []
        while true {
            let line = try hear()
            lines.append(line)
            if isLast(line) { return lines }
        }
    }

    private func next(_ wanted: String) throws -> JSON {
        var room = [UInt8](repeating: 0, count: 65_536)
        let deadline = MonotonicTime.now.adding(milliseconds: patience)
        while true {
            if let end = bytes.firstIndex(of: 10) {
                defer { bytes.removeFirst(end + 1) }
                return try JSON(parsing: Array(bytes[..<end]))
            }
            switch room.withUnsafeMutableBytes({ socket.read(into: $0) }) {
            case .moved(let count): bytes += room[..<count]
            case .wouldBlock:
                guard MonotonicTime.now < deadline else { throw Silent(description: "no answer to \(wanted)") }
                wait(for: .readable)
            case .ended, .failed: throw Silent(description: "the daemon hung up before \(wanted)")
            }
        }
    }

    private func wait(for readiness: Readiness) {
        poller.change(socket.number, to: readiness, tag: 1)
        _ = poller.wait(milliseconds: 500) { _, _ in }
        poller.change(socket.number, to: .readable, tag: 1)
    }
}
