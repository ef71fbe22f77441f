internal import Machine
package import Shared

/// A language model for tests: a real server on loopback that says what it is told to say, and remembers what it was asked.
package final class Sibyl: Sendable {
    package enum Saying: Sendable {
        /// As a model answers.
        case says(String, tokens: Int?)
        case status(Int, headers: [String] = [], body: String = "{}")
        /// Whatever that is, it is no answer.
        case raw(String)
        /// An answer of so many bytes.
        case long(Int)
        /// It takes the question, and says nothing.
        case silence
    }

    package struct Heard: Sendable {
        package var head: String
        package var body: JSON
        package var prompt: String { body["messages"]?[1]?["content"]?.text ?? "" }
        package var instruction: String { body["messages"]?[0]?["content"]?.text ?? "" }
    }

    private struct State {
        var queue: [Saying] = []
        var otherwise = Saying.says("What would you like to ask the oracle today?", tokens: 40)
        var heard: [Heard] = []
        var isStopping = false
    }

    package let address: RemoteAddress
    private let listener: Descriptor
    private let state = Lock(State())
    private let thread = Lock<Thread?>(nil)

    package init() throws {
        let (listener, port) = try Sockets.listenOnLoopback(port: 0)
        self.listener = listener
        address = try RemoteAddress(parsing: "http://127.0.0.1:\(port)/v1")
        let started = Thread("sibyl") { [self] in serve() }
        thread.locked { $0 = started }
    }

    package func stop() {
        state.locked { $0.isStopping = true }
        let running = thread.locked { $0 }
        running?.join()
    }

    /// What it answers to the next questions, one each.
    package func next(_ sayings: Saying...) { state.locked { $0.queue += sayings } }
    package func always(_ saying: Saying) { state.locked { $0.otherwise = saying } }
    package var heard: [Heard] { state.locked { $0.heard } }

    // MARK: - Serving

    private func serve() {
        guard let poller = try? Poller() else { return }
        try? poller.watch(listener.number, for: .readable, tag: 1)
        /// Those that wait for an answer which never comes.
        var silent: [Descriptor] = []
        while !state.locked({ $0.isStopping }) {
            _ = poller.wait(milliseconds: 20) { _, _ in }
            while let caller = Sockets.accept(listener) {
                guard let heard = hear(caller) else { continue }
                let saying = state.locked { state in
                    state.heard.append(heard)
                    return state.queue.isEmpty ? state.otherwise : state.queue.removeFirst()
                }
                guard let answer = Self.bytes(of: saying) else {
                    silent.append(caller)
                    continue
                }
                say(answer, to: caller)
            }
        }
    }

    private func hear(_ caller: Descriptor) -> Heard? {
        var bytes: [UInt8] = []
        var room = [UInt8](repeating: 0, count: 65_536)
        let deadline = MonotonicTime.now.adding(milliseconds: 5000)
        while MonotonicTime.now < deadline {
            switch room.withUnsafeMutableBytes({ caller.read(into: $0) }) {
            case .moved(let count): bytes += room[..<count]
            case .wouldBlock: waits(for: caller, .readable)
            case .ended, .failed: return nil
            }
            if let heard = Self.heard(in: bytes) { return heard }
        }
        return nil
    }

    private static func heard(in bytes: [UInt8]) -> Heard? {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
        let length = head.lowercased().split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
        let body = bytes[end.upperBound...]
        guard let count = length.flatMap({ Int(trimmed($0.dropFirst(15))) }), body.count >= count else { return nil }
        return Heard(head: head, body: (try? JSON(parsing: Array(body.prefix(count)))) ?? .null)
    }

    private func say(_ answer: [UInt8], to caller: Descriptor) {
        var rest = answer[...]
        while !rest.isEmpty {
            switch rest.withUnsafeBytes({ caller.write($0) }) {
            case .moved(let count): rest = rest.dropFirst(count)
            case .wouldBlock: waits(for: caller, .writable)
            case .ended, .failed: return
            }
        }
    }

    private func waits(for caller: Descriptor, _ readiness: Readiness) {
        guard let poller = try? Poller() else { return }
        try? poller.watch(caller.number, for: readiness, tag: 1)
        _ = poller.wait(milliseconds: 200) { _, _ in }
    }

    private static func bytes(of saying: Saying) -> [UInt8]? {
        switch saying {
        case .says(let text, let tokens):
            let usage: JSON? = tokens.map { ["total_tokens": .int(Int64($0))] }
            let message: JSON = ["index": 0, "message": ["role": "assistant", "content": .string(text)]]
            return page(200, [], JSON.fields(["choices": .array([message]), "usage": usage]).bytes)
        case .status(let status, let headers, let body): return page(status, headers, Array(body.utf8))
        case .raw(let text): return Array(text.utf8)
        case .long(let count): return page(200, [], [UInt8](repeating: 0x20, count: count))
        case .silence: return nil
        }
    }

    private static func page(_ status: Int, _ headers: [String], _ body: [UInt8]) -> [UInt8] {
        let head =
            ["HTTP/1.1 \(status) Said", "Content-Type: application/json", "Content-Length: \(body.count)", "Connection: close"]
            + headers
        return Array((head + ["", ""]).joined(separator: "\r\n").utf8) + body
    }
}
