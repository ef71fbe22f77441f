/// Turns a server's bytes into messages and control frames, and refuses what RFC 6455 forbids. A message that came in one
/// frame and one read is handed over where it lies; only what is cut or fragmented is copied together.
package struct WebSocketReader {
    package enum Event {
        /// The bytes live as long as the call that hands them over.
        case text(UnsafeBufferPointer<UInt8>)
        case binary(UnsafeBufferPointer<UInt8>)
        case ping([UInt8])
        case pong
        case close(code: Int?, reason: String)
    }

    /// Something the server may not do; the code is the one to close with.
    package struct Violation: Error, Equatable, Sendable {
        package let code: Int
        package let reason: String
        package init(code: Int = 1002, _ reason: String) {
            self.code = code
            self.reason = reason
        }
    }

    private struct Frame {
        var opcode: WebSocketOpcode
        var isFinal: Bool
        var payload: Range<Int>
    }

    private let messageCap: Int
    /// The beginning of a frame whose rest has not come yet.
    private var cut: [UInt8] = []
    /// The fragments so far of a message, and of which kind it is.
    private var fragments: [UInt8] = []
    private var fragmented: WebSocketOpcode?
    private var hasEnded = false

    package init(messageCap: Int = 16 << 20) { self.messageCap = messageCap }

    package mutating func read(
        _ input: UnsafeBufferPointer<UInt8>, _ hear: (Event) -> Void
    ) throws(Violation) {
        guard !cut.isEmpty else {
            let used = try frames(in: input, hear)
            cut = Array(input[used...])
            return
        }
        var bytes = cut
        cut = []
        bytes.append(contentsOf: input)
        let used = try bytes.withUnsafeBufferPointer { whole throws(Violation) in try frames(in: whole, hear) }
        cut = used == 0 ? bytes : Array(bytes[used...])
    }

    /// Hands over all whole frames and answers how many bytes they took.
    private mutating func frames(
        in bytes: UnsafeBufferPointer<UInt8>, _ hear: (Event) -> Void
    ) throws(Violation) -> Int {
        var at = 0
        while !hasEnded, let frame = try header(in: bytes, from: at) {
            at = frame.payload.upperBound
            let payload = UnsafeBufferPointer(rebasing: bytes[frame.payload])
            if let event = frame.opcode.isControl ? try control(frame.opcode, payload) : nil { hear(event) }
            if !frame.opcode.isControl { try data(frame, payload, hear) }
        }
        return hasEnded ? bytes.count : at
    }

    // MARK: - Frames

    private func header(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) throws(Violation) -> Frame? {
        guard start + 2 <= bytes.count else { return nil }
        let (first, second) = (bytes[start], bytes[start + 1])
        guard first & 0x70 == 0 else { throw Violation("reserved bits are set") }
        guard let opcode = WebSocketOpcode(rawValue: first & 0x0F) else { throw Violation("unknown opcode \(first & 0x0F)") }
        guard second & 0x80 == 0 else { throw Violation("a server's frame is masked") }
        let isFinal = first & 0x80 != 0
        let short = Int(second & 0x7F)
        if opcode.isControl {
            guard isFinal else { throw Violation("a control frame is fragmented") }
            guard short <= 125 else { throw Violation("a control frame is longer than 125 bytes") }
        }
        guard let (count, body) = try length(short, in: bytes, from: start + 2) else { return nil }
        guard count + fragments.count <= messageCap || opcode.isControl else {
            throw Violation(code: 1009, "a message is longer than \(messageCap) bytes")
        }
        guard body + count <= bytes.count else { return nil }
        return Frame(opcode: opcode, isFinal: isFinal, payload: body..<body + count)
    }

    /// The payload's length and where it starts; lengths that no message may have are refused before they are added up.
    private func length(
        _ short: Int, in bytes: UnsafeBufferPointer<UInt8>, from at: Int
    ) throws(Violation) -> (count: Int, body: Int)? {
        guard short >= 126 else { return (short, at) }
        let width = short == 126 ? 2 : 8
        guard at + width <= bytes.count else { return nil }
        let wide = bytes[at..<at + width].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard wide >> 63 == 0 else { throw Violation("a length of more than 63 bits") }
        guard wide >= (width == 2 ? 126 : 0x1_0000) else { throw Violation("a length is written too long") }
        guard wide <= UInt64(messageCap) else { throw Violation(code: 1009, "a message is longer than \(messageCap) bytes") }
        return (Int(wide), at + width)
    }

    private mutating func control(_ opcode: WebSocketOpcode, _ payload: UnsafeBufferPointer<UInt8>) throws(Violation) -> Event {
        switch opcode {
        case .ping: return .ping(Array(payload))
        case .pong: return .pong
        default:
            hasEnded = true
            guard !payload.isEmpty else { return .close(code: nil, reason: "") }
            guard payload.count >= 2 else { throw Violation("a close code of one byte") }
            let code = Int(payload[0]) << 8 | Int(payload[1])
            guard (1000...1003).contains(code) || (1007...1014).contains(code) || (3000...4999).contains(code) else {
                throw Violation("close code \(code) is not for sending")
            }
            let reason = UnsafeBufferPointer(rebasing: payload[2...])
            guard UTF8Check.accepts(reason) else { throw Violation(code: 1007, "a close reason that is not UTF-8") }
            return .close(code: code, reason: String(decoding: reason, as: UTF8.self))
        }
    }

    // MARK: - Messages

    private mutating func data(
        _ frame: Frame, _ payload: UnsafeBufferPointer<UInt8>, _ hear: (Event) -> Void
    ) throws(Violation) {
        if frame.opcode == .continuation {
            guard let kind = fragmented else { throw Violation("a continuation of nothing") }
            fragments.append(contentsOf: payload)
            guard frame.isFinal else { return }
            let whole = fragments
            (fragments, fragmented) = ([], nil)
            try whole.withUnsafeBufferPointer { all throws(Violation) in try message(kind, all, hear) }
        } else {
            guard fragmented == nil else { throw Violation("a new message inside another") }
            if frame.isFinal { return try message(frame.opcode, payload, hear) }
            fragmented = frame.opcode
            fragments = Array(payload)
        }
    }

    private func message(
        _ kind: WebSocketOpcode, _ bytes: UnsafeBufferPointer<UInt8>, _ hear: (Event) -> Void
    ) throws(Violation) {
        guard kind == .text else { return hear(.binary(bytes)) }
        guard UTF8Check.accepts(bytes) else { throw Violation(code: 1007, "a text message that is not UTF-8") }
        hear(.text(bytes))
    }
}
