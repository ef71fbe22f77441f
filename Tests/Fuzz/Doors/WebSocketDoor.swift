import Discord

extension Door {
    /// A server's frames: what comes out does not depend on how the network cut them, and nothing exceeds the cap.
    static let webSocket = Door("websocket", longest: 1 << 16) { bytes in
        var choices = Choices(bytes)
        let size = choices.next() + 1
        let whole = Heard(choices.rest, pieces: .max)
        let cut = Heard(choices.rest, pieces: size)
        try expect(whole == cut, "in pieces of \(size) bytes: \(cut), at once: \(whole)")
        try expect(whole.longest <= Heard.cap, "a message of \(whole.longest) bytes came through a cap of \(Heard.cap)")
    }

    /// The server's answer to the opening handshake, which may come in pieces too.
    static let handshake = Door("handshake", longest: 1 << 15) { bytes in
        let handshake = WebSocketHandshake(nonce: Array(0..<16))
        let answer = handshake.judge(bytes)
        guard case .accepted(let consumed) = answer else { return }
        try expect(consumed <= bytes.count, "\(consumed) of \(bytes.count) bytes were consumed")
        try expect(handshake.judge(Array(bytes[..<consumed])) == answer, "without its frames the answer is judged differently")
        try expect(handshake.judge(Array(bytes[..<(consumed - 1)])) == .incomplete, "accepted before its end")
    }
}

/// What a reader made of a stream of bytes.
private struct Heard: Equatable {
    static let cap = 4096
    var events: [String] = []
    var longest = 0
    var violation: WebSocketReader.Violation?

    init(_ bytes: [UInt8], pieces: Int) {
        var reader = WebSocketReader(messageCap: Self.cap)
        var rest = bytes[...]
        do throws(WebSocketReader.Violation) {
            while !rest.isEmpty {
                let piece = Array(rest.prefix(pieces))
                rest = rest.dropFirst(piece.count)
                try piece.withUnsafeBufferPointer { buffer throws(WebSocketReader.Violation) in
                    try reader.read(buffer) { note($0) }
                }
            }
        } catch {
            violation = error
        }
    }

    private mutating func note(_ event: WebSocketReader.Event) {
        switch event {
        case .text(let bytes):
            longest = max(longest, bytes.count)
            events.append("text " + String(decoding: bytes, as: UTF8.self))
        case .binary(let bytes):
            longest = max(longest, bytes.count)
            events.append("binary \(Array(bytes))")
        case .ping(let payload): events.append("ping \(payload)")
        case .pong: events.append("pong")
        case .close(let code, let reason): events.append("close \(code ?? 0) \(reason)")
        }
    }
}
