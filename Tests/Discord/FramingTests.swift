import Discord
import Testing

/// What a reader heard, copied so that it can be compared.
private enum Heard: Equatable {
    case text(String)
    case binary([UInt8])
    case ping([UInt8])
    case pong
    case close(Int?, String)
}

private func read(_ pieces: [[UInt8]], cap: Int = 1 << 20) throws -> [Heard] {
    var reader = WebSocketReader(messageCap: cap)
    var heard: [Heard] = []
    for piece in pieces {
        try piece.withUnsafeBufferPointer { bytes throws(WebSocketReader.Violation) in
            try reader.read(bytes) { event in
                switch event {
                case .text(let bytes): heard.append(.text(String(decoding: bytes, as: UTF8.self)))
                case .binary(let bytes): heard.append(.binary(Array(bytes)))
                case .ping(let bytes): heard.append(.ping(bytes))
                case .pong: heard.append(.pong)
                case .close(let code, let reason): heard.append(.close(code, reason))
                }
            }
        }
    }
    return heard
}

private func violation(_ bytes: [UInt8], cap: Int = 1 << 20) -> WebSocketReader.Violation? {
    do {
        _ = try read([bytes], cap: cap)
        return nil
    } catch {
        return error as? WebSocketReader.Violation
    }
}

@Suite("WebSocket framing")
struct FramingTests {
    @Test("messages arrive whole however the bytes are cut")
    func cuts() throws {
        let long = String(repeating: "ü", count: 40_000)
        let stream =
            served("one") + served(9, [1, 2]) + served(long) + served(2, [7]) + served(10, []) + served(8, [0x0F, 0xA0, 0x6F])
        let expected: [Heard] = [.text("one"), .ping([1, 2]), .text(long), .binary([7]), .pong, .close(4000, "o")]
        #expect(try read([stream]) == expected)
        for size in [1, 2, 3, 7, 1000, 65_536] {
            let pieces = stride(from: 0, to: stream.count, by: size).map { Array(stream[$0..<min($0 + size, stream.count)]) }
            #expect(try read(pieces) == expected, "pieces of \(size)")
        }
    }

    @Test("a fragmented message may be interrupted by control frames only")
    func fragments() throws {
        let parts =
            served(1, Array("Gr".utf8), final: false) + served(9, []) + served(0, [0xC3], final: false) + served(0, [0xBC])
        #expect(try read([parts]) == [.ping([]), .text("Grü")])
        #expect(violation(served(1, [65], final: false) + served(1, [66]))?.code == 1002)
        #expect(violation(served(0, [65]))?.code == 1002)
    }

    @Test(
        "what the standard forbids is refused",
        arguments: [
            ([0xC1, 0x00], 1002), ([0x83, 0x00], 1002), ([0x81, 0x80, 0, 0, 0, 0], 1002), ([0x09, 0x00], 1002),
            ([0x89, 0x7E, 0x00, 0x80], 1002), ([0x81, 0x7E, 0x00, 0x01, 0x41], 1002),
            ([0x81, 0x7F, 0xFF, 0, 0, 0, 0, 0, 0, 0], 1002), ([0x81, 0x7F, 0, 0, 0, 0, 0, 0, 0, 5], 1002),
            ([0x81, 0x7F, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], 1009), ([0x81, 0x01, 0xFF], 1007),
            ([0x81, 0x03, 0xED, 0xA0, 0x80], 1007), ([0x88, 0x01, 0x03], 1002), ([0x88, 0x02, 0x03, 0xED], 1002),
            ([0x88, 0x03, 0x03, 0xE8, 0xFF], 1007),
        ] as [([UInt8], Int)])
    func violations(bytes: [UInt8], code: Int) { #expect(violation(bytes)?.code == code) }

    @Test("a message may be as long as the cap and no longer, in one frame or in many")
    func caps() throws {
        #expect(try read([served(2, [UInt8](repeating: 1, count: 1000))], cap: 1000).count == 1)
        #expect(violation(served(2, [UInt8](repeating: 1, count: 1001)), cap: 1000)?.code == 1009)
        let half = [UInt8](repeating: 1, count: 501)
        #expect(violation(served(2, half, final: false) + served(0, half), cap: 1000)?.code == 1009)
    }

    @Test("nothing is heard after a close")
    func silence() throws {
        #expect(try read([served(8, []) + served("late"), served("later")]) == [.close(nil, "")])
    }

    @Test("frames that we send are final, masked and as short as can be")
    func writing() {
        #expect(WebSocketWriter.text([0x48, 0x69], mask: 0x0102_0304) == [0x81, 0x82, 1, 2, 3, 4, 0x49, 0x6B])
        let middle = WebSocketWriter.text([UInt8](repeating: 0, count: 300), mask: 0)
        #expect(Array(middle.prefix(4)) == [0x81, 0xFE, 1, 44] && middle.count == 308)
        let long = WebSocketWriter.text([UInt8](repeating: 0, count: 70_000), mask: 0)
        #expect(Array(long.prefix(10)) == [0x81, 0xFF, 0, 0, 0, 0, 0, 1, 0x11, 0x70])
        #expect(WebSocketWriter.close(4000, String(repeating: "x", count: 200), mask: 0).count == 6 + 125)
    }
}

@Suite("WebSocket handshake")
struct HandshakeTests {
    private let handshake = WebSocketHandshake(nonce: Array("the sample nonce".utf8))

    private func answer(_ changes: [String: String?] = [:], status: String = "HTTP/1.1 101 Switching Protocols") -> [UInt8] {
        var headers: [String: String?] = [
            "Upgrade": "WebSocket", "Connection": "keep-alive, Upgrade",
            "Sec-WebSocket-Accept": WebSocketHandshake.acceptance(of: "dGhlIHNhbXBsZSBub25jZQ=="),
        ]
        headers.merge(changes) { $1 }
        let lines = headers.compactMap { name, value in value.map { "\(name): \($0)\r\n" } }.joined()
        return Array("\(status)\r\n\(lines)\r\n".utf8)
    }

    @Test("the key of RFC 6455's example is answered as the example does")
    func sample() {
        #expect(WebSocketHandshake.acceptance(of: "dGhlIHNhbXBsZSBub25jZQ==") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
        let request = String(decoding: handshake.request(host: "h:1", path: "/?v=10", agent: "a"), as: UTF8.self)
        #expect(request.hasPrefix("GET /?v=10 HTTP/1.1\r\nHost: h:1\r\n") && request.hasSuffix("\r\n\r\n"))
        #expect(request.contains("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"))
    }

    @Test("a proper answer is accepted once it is whole, and what follows it is kept")
    func accepted() {
        let bytes = answer()
        #expect(handshake.judge(bytes + [0x81]) == .accepted(consumed: bytes.count))
        #expect(handshake.judge(Array(bytes.dropLast())) == .incomplete)
    }

    @Test(
        "an answer that lacks something is refused",
        arguments: [
            ["Upgrade": nil], ["Connection": "close"], ["Sec-WebSocket-Accept": "c29tZXRoaW5nIGVsc2U="],
            ["Sec-WebSocket-Extensions": "permessage-deflate"], ["Sec-WebSocket-Protocol": "chat"],
        ] as [[String: String?]])
    func refused(changes: [String: String?]) {
        guard case .refused = handshake.judge(answer(changes)) else {
            Issue.record("was not refused")
            return
        }
    }

    @Test("another status and an endless head are refused")
    func strange() {
        guard case .refused(let words) = handshake.judge(answer(status: "HTTP/1.1 403 Forbidden")) else {
            Issue.record("was not refused")
            return
        }
        #expect(words.contains("403"))
        #expect(handshake.judge([UInt8](repeating: 65, count: 20_000)) == .refused("the server's answer has no end"))
    }
}
