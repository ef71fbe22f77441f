import CLinux
import Discord
import Machine
import Shared

/// A WebSocket server that says exactly the bytes that a trial wants, to a `websocket-echo` of its own, and hears exactly
/// what comes back.
final class EchoJudge {
    /// One frame of the client's, without its mask.
    struct Frame: Equatable, CustomStringConvertible {
        var opcode: UInt8
        var payload: [UInt8]
        var description: String { "\(opcode):\(payload.count < 40 ? "\(payload)" : "\(payload.count) bytes")" }

        static func text(_ text: String) -> Frame { Frame(opcode: 1, payload: Array(text.utf8)) }
        static func binary(_ bytes: [UInt8]) -> Frame { Frame(opcode: 2, payload: bytes) }
        static func pong(_ bytes: [UInt8]) -> Frame { Frame(opcode: 10, payload: bytes) }
        static func close(_ code: Int) -> Frame { Frame(opcode: 8, payload: [UInt8(code >> 8), UInt8(code & 255)]) }
    }

    struct Wrong: Error, CustomStringConvertible {
        let description: String
    }

    private let socket: Descriptor
    private let program: Child
    private var input: [UInt8] = []
    private var start = 0
    private(set) var hasEnded = false
    private static let patience = 20_000

    /// The program is started, and shakes hands.
    init(cap: Int? = nil) throws {
        let (listener, port) = try Sockets.listenOnLoopback(port: 0)
        let options = cap.map { ["--cap", "\($0)"] } ?? []
        let path = try Self.path(of: "websocket-echo")
        program = try Child([path] + options + ["ws://127.0.0.1:\(port)/trial?number=1"], silent: true)
        _ = Streams.waitUntilReady(listener.number, toWrite: false, milliseconds: Int32(Self.patience))
        guard let socket = Sockets.accept(listener) else { throw Wrong(description: "it does not connect") }
        Sockets.sendAtOnce(socket)
        self.socket = socket
        try shakeHands()
    }

    /// It lies where the tests were built.
    private static func path(of name: String) throws -> String {
        var room = [CChar](repeating: 0, count: 4096)
        let length = readlink("/proc/self/exe", &room, room.count - 1)
        let own = String(decoding: room[..<max(0, length)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let path = own.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/" + name
        guard Files.exists(path) else { throw Wrong(description: "there is no \(path); build it with: swift build") }
        return path
    }

    private func shakeHands() throws {
        let end = Array("\r\n\r\n".utf8)
        while input.count < 4 || Array(input.suffix(4)) != end { try hear() }
        let lines = String(decoding: input, as: UTF8.self).split(separator: "\r\n").map(String.init)
        input = []
        guard lines.first == "GET /trial?number=1 HTTP/1.1" else { throw Wrong(description: "it asks \(lines.first ?? "")") }
        let mark = "Sec-WebSocket-Key: "
        guard let key = lines.first(where: { $0.hasPrefix(mark) })?.dropFirst(mark.count) else {
            throw Wrong(description: "it sends no key")
        }
        try say(
            Array(
                """
                HTTP/1.1 101 Switching Protocols\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Accept: \(WebSocketHandshake.acceptance(of: String(key)))\r
                \r

                """.utf8))
    }

    // MARK: - Bytes

    /// Says the bytes in pieces of this size. Whoever does not listen while we speak is listened to meanwhile.
    func say(_ bytes: [UInt8], piece: Int = .max) throws {
        var done = 0
        while done < bytes.count, !hasEnded {
            let end = piece == .max ? bytes.count : min(done + piece, bytes.count)
            switch bytes[done..<end].withUnsafeBytes({ socket.write($0) }) {
            case .moved(let count): done += count
            case .wouldBlock:
                _ = Streams.waitUntilReady(socket.number, toWrite: true, milliseconds: 5)
                try hear(within: 0)
            case .ended, .failed: hasEnded = true
            }
        }
    }

    /// Nothing more is said.
    func hangUp() { socket.finishWriting() }

    private func hear(within milliseconds: Int = EchoJudge.patience) throws {
        guard !hasEnded else { throw Wrong(description: "it hung up") }
        if milliseconds > 0, !Streams.waitUntilReady(socket.number, toWrite: false, milliseconds: Int32(milliseconds)) {
            throw Wrong(description: "it says nothing")
        }
        var room = [UInt8](repeating: 0, count: 64 << 10)
        switch room.withUnsafeMutableBytes({ socket.read(into: $0) }) {
        case .moved(let count): input += room[..<count]
        case .wouldBlock: break
        case .ended, .failed: hasEnded = true
        }
    }

    // MARK: - Frames

    /// The client's next frame; nil when it has hung up.
    func next() throws -> Frame? {
        while true {
            if let frame = try take() { return frame }
            if hasEnded { return nil }
            try hear()
        }
    }

    private func take() throws -> Frame? {
        let have = input.count - start
        guard have >= 2 else { return nil }
        let (first, second) = (input[start], input[start + 1])
        guard first & 0xF0 == 0x80 else { throw Wrong(description: "a frame that begins with \(first)") }
        guard second & 0x80 != 0 else { throw Wrong(description: "a frame without a mask") }
        let short = Int(second & 0x7F)
        let wide = short == 126 ? 2 : short == 127 ? 8 : 0
        guard have >= 2 + wide + 4 else { return nil }
        let length = wide == 0 ? short : input[start + 2..<start + 2 + wide].reduce(0) { $0 << 8 | Int($1) }
        let body = start + 2 + wide + 4
        guard input.count >= body + length else { return nil }
        let mask = Array(input[body - 4..<body])
        var payload = Array(input[body..<body + length])
        payload.withUnsafeMutableBufferPointer { bytes in
            for index in bytes.indices { bytes[index] ^= mask[index & 3] }
        }
        start = body + length
        if start == input.count { (input, start) = ([], 0) }
        return Frame(opcode: first & 0x0F, payload: payload)
    }

    /// What the program says when it has ended in order; empty when it complains instead.
    func lastWords() throws -> String {
        hangUp()
        var words: [UInt8] = []
        let deadline = MonotonicTime.now.adding(milliseconds: Self.patience)
        while MonotonicTime.now < deadline {
            _ = Streams.waitUntilReady(program.conversation.number, toWrite: false, milliseconds: 100)
            var room = [UInt8](repeating: 0, count: 4096)
            switch room.withUnsafeMutableBytes({ program.conversation.read(into: $0) }) {
            case .moved(let count): words += room[..<count]
            case .wouldBlock: continue
            case .ended, .failed: return String(decoding: words, as: UTF8.self)
            }
        }
        throw Wrong(description: "it does not end")
    }
}
