import Machine
import Shared

/// A TCP client by hand: HTTP requests, and a WebSocket that masks what it sends.
final class WireClient {
    private let socket: Descriptor
    private let poller: Poller
    private var bytes: [UInt8] = []
    private var start = 0

    init(port: Int) throws(SystemError) {
        socket = try Sockets.connectToLoopback(port: port)
        poller = try Poller()
        try poller.watch(socket.number, for: .writable, tag: 1)
        _ = poller.wait(milliseconds: 5000) { _, _ in }
        poller.change(socket.number, to: .readable, tag: 1)
    }

    func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            guard case .moved(let count) = rest.withUnsafeBytes({ socket.write($0) }) else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// False when the other side is gone or says nothing for this long.
    private func fill(within milliseconds: Int = 5000) -> Bool {
        var room = [UInt8](repeating: 0, count: 65_536)
        for _ in 0..<2 {
            let outcome = room.withUnsafeMutableBytes { socket.read(into: $0) }
            switch outcome {
            case .moved(let count):
                bytes.append(contentsOf: room[..<count])
                return true
            case .wouldBlock: _ = poller.wait(milliseconds: milliseconds) { _, _ in }
            case .ended, .failed: return false
            }
        }
        return false
    }

    private func take(_ count: Int) -> [UInt8]? {
        while bytes.count - start < count { if !fill() { return nil } }
        defer {
            start += count
            if start > 1 << 18 || start == bytes.count {
                bytes.removeFirst(start)
                start = 0
            }
        }
        return Array(bytes[start..<start + count])
    }

    /// The head of a response, as text, and its body.
    func response() -> (head: String, body: [UInt8])? {
        var head: [UInt8] = []
        while !head.suffix(4).elementsEqual([13, 10, 13, 10]) {
            guard let byte = take(1) else { return nil }
            head += byte
        }
        let text = String(decoding: head, as: UTF8.self)
        let length = text.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
        let count = length.flatMap { Int($0.dropFirst("content-length: ".count)) } ?? 0
        return take(count).map { (text, $0) }
    }

    func ask(_ method: String, _ path: String, _ body: JSON? = nil, headers: [String: String] = Partner.headers) -> (
        status: Int, json: JSON
    )? {
        let content = body?.bytes ?? []
        var text = "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: \(content.count)\r\n"
        for (name, value) in headers { text += "\(name): \(value)\r\n" }
        write(Array((text + "\r\n").utf8) + content)
        guard let (head, answer) = response(), let status = head.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
        else { return nil }
        return (status, (try? JSON(parsing: answer)) ?? .null)
    }

    /// The key and the answer of RFC 6455, section 1.3.
    func upgrade(_ query: String) -> Bool {
        let lines = [
            "GET /?v=10&encoding=json\(query) HTTP/1.1", "Host: 127.0.0.1", "Upgrade: websocket", "Connection: Upgrade",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13",
        ]
        write(Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8))
        return response()?.head.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=") ?? false
    }

    func send(_ frame: JSON) { sendFrame(0x81, frame.bytes) }

    func sendFrame(_ first: UInt8, _ payload: [UInt8]) {
        let mask: [UInt8] = [7, 77, 177, 217]
        let length: [UInt8] =
            payload.count < 126
            ? [0x80 | UInt8(payload.count)] : [0x80 | 126, UInt8(payload.count >> 8), UInt8(payload.count & 255)]
        write([first] + length + mask + payload.enumerated().map { $1 ^ mask[$0 & 3] })
    }

    /// The next frame's opcode and payload.
    func frame() -> (opcode: UInt8, payload: [UInt8])? {
        guard let head = take(2) else { return nil }
        var count = Int(head[1])
        if count > 125 {
            guard let wide = take(count == 126 ? 2 : 8) else { return nil }
            count = wide.reduce(0) { $0 << 8 | Int($1) }
        }
        return take(count).map { (head[0] & 15, $0) }
    }

    /// The next gateway message on a socket without compression; a close comes as its code.
    func heard() -> JSON? {
        guard let (opcode, payload) = frame() else { return nil }
        if opcode == 8 { return ["close": .int(Int64(payload[0]) << 8 | Int64(payload[1]))] }
        return try? JSON(parsing: payload)
    }

    func heard(until isIt: (JSON) -> Bool) -> [JSON] {
        var all: [JSON] = []
        while let next = heard() {
            all.append(next)
            if isIt(next) { break }
        }
        return all
    }

    static let identify: JSON = [
        "op": 2,
        "d": [
            "token": .string(Partner.headers["authorization"].map { String($0.dropFirst(4)) } ?? ""),
            "intents": .int(Partner.everything),
            "properties": ["os": "linux", "browser": "hearth", "device": "hearth"],
        ],
    ]
}
