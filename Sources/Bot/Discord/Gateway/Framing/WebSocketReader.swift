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

    private struct Header {
        var opcode: WebSocketOpcode
        var isFinal: Bool
        /// Of the header itself, and of the payload after it.
        var size: Int
        var length: Int
    }

    /// A control frame's header and payload: the longest thing that is waited for before anything is done with it.
    private static let longestControl = 127

    private let messageCap: Int
    /// The beginning of a header or of a control frame whose rest has not come yet.
    private var held: [UInt8] = []
    /// The message that is being put together, of which kind it is, and up to where it is known to be UTF-8.
    private var message: [UInt8] = []
    private var kind: WebSocketOpcode?
    private var checked = 0
    /// What the present frame of it still lacks, and whether it is the last one; nil between frames.
    private var frame: (lacks: Int, isFinal: Bool)?
    private var hasEnded = false

    package init(messageCap: Int = 16 << 20) { self.messageCap = messageCap }

    package mutating func read(
        _ input: UnsafeBufferPointer<UInt8>, _ hear: (Event) -> Void
    ) throws(Violation) {
        var at = 0
        while at < input.count, !hasEnded {
            let rest = UnsafeBufferPointer(rebasing: input[at...])
            if frame != nil {
                at += try absorb(rest, hear)
            } else if held.isEmpty {
                at += try begin(rest, hear)
            } else {
                at += try goOn(rest, hear)
            }
        }
    }

    // MARK: - Frames

    /// Joins what was held with what it lacks. Answers how many of the new bytes were used.
    private mutating func goOn(_ rest: UnsafeBufferPointer<UInt8>, _ hear: (Event) -> Void) throws(Violation) -> Int {
        let before = held.count
        let joined = held + rest.prefix(Self.longestControl)
        held = []
        let used = try joined.withUnsafeBufferPointer { whole throws(Violation) in try begin(whole, hear) }
        return used - before
    }

    /// Reads a frame from its header on, as far as it is there. Answers how many bytes that took.
    private mutating func begin(_ bytes: UnsafeBufferPointer<UInt8>, _ hear: (Event) -> Void) throws(Violation) -> Int {
        guard let header = try header(of: bytes) else { return hold(bytes) }
        let end = header.size + header.length
        if header.opcode.isControl {
            guard end <= bytes.count else { return hold(bytes) }
            hear(try control(header.opcode, UnsafeBufferPointer(rebasing: bytes[header.size..<end])))
            return end
        }
        if header.isFinal, header.opcode != .continuation, end <= bytes.count {
            try hand(header.opcode, UnsafeBufferPointer(rebasing: bytes[header.size..<end]), hear)
            return end
        }
        if header.opcode != .continuation { kind = header.opcode }
        frame = (header.length, header.isFinal)
        return header.size + (try absorb(UnsafeBufferPointer(rebasing: bytes[header.size...]), hear))
    }

    private mutating func hold(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        held = Array(bytes)
        return bytes.count
    }

    /// Checked as soon as it is there: whoever may not say this need not be listened to until the end.
    private func header(of bytes: UnsafeBufferPointer<UInt8>) throws(Violation) -> Header? {
        guard let first = bytes.first else { return nil }
        guard first & 0x70 == 0 else { throw Violation("reserved bits are set") }
        guard let opcode = WebSocketOpcode(rawValue: first & 0x0F) else { throw Violation("unknown opcode \(first & 0x0F)") }
        let isFinal = first & 0x80 != 0
        switch opcode {
        case .continuation: if kind == nil { throw Violation("a continuation of nothing") }
        case .text, .binary: if kind != nil { throw Violation("a new message inside another") }
        case .close, .ping, .pong: if !isFinal { throw Violation("a control frame is fragmented") }
        }
        guard bytes.count >= 2 else { return nil }
        guard bytes[1] & 0x80 == 0 else { throw Violation("a server's frame is masked") }
        let short = Int(bytes[1] & 0x7F)
        guard short <= 125 || !opcode.isControl else { throw Violation("a control frame is longer than 125 bytes") }
        guard let (length, size) = try length(short, in: bytes) else { return nil }
        guard opcode.isControl || length + message.count <= messageCap else { throw tooLong }
        return Header(opcode: opcode, isFinal: isFinal, size: size, length: length)
    }

    private var tooLong: Violation { Violation(code: 1009, "a message is longer than \(messageCap) bytes") }

    /// The payload's length and where it starts; lengths that no message may have are refused before they are added up.
    private func length(
        _ short: Int, in bytes: UnsafeBufferPointer<UInt8>
    ) throws(Violation) -> (length: Int, size: Int)? {
        guard short >= 126 else { return (short, 2) }
        let width = short == 126 ? 2 : 8
        guard bytes.count >= 2 + width else { return nil }
        let wide = bytes[2..<2 + width].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard wide >> 63 == 0 else { throw Violation("a length of more than 63 bits") }
        guard wide >= (width == 2 ? 126 : 0x1_0000) else { throw Violation("a length is written too long") }
        guard wide <= UInt64(messageCap) else { throw tooLong }
        return (Int(wide), 2 + width)
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

    /// Adds what has come of the present frame to the message; hands it over when it is whole.
    private mutating func absorb(_ bytes: UnsafeBufferPointer<UInt8>, _ hear: (Event) -> Void) throws(Violation) -> Int {
        guard let (lacks, isFinal) = frame else { return 0 }
        let count = min(lacks, bytes.count)
        message.append(contentsOf: bytes.prefix(count))
        frame = lacks == count ? nil : (lacks - count, isFinal)
        if kind == .text {
            guard let good = message.withUnsafeBufferPointer({ [checked] in UTF8Check.advance($0, from: checked) }) else {
                throw notText
            }
            checked = good
        }
        guard lacks == count, isFinal, let kind else { return count }
        guard kind == .binary || checked == message.count else { throw notText }
        let whole = message
        (message, checked, self.kind) = ([], 0, nil)
        whole.withUnsafeBufferPointer { hear(kind == .text ? .text($0) : .binary($0)) }
        return count
    }

    private var notText: Violation { Violation(code: 1007, "a text message that is not UTF-8") }

    private func hand(
        _ kind: WebSocketOpcode, _ bytes: UnsafeBufferPointer<UInt8>, _ hear: (Event) -> Void
    ) throws(Violation) {
        guard kind == .text else { return hear(.binary(bytes)) }
        guard UTF8Check.accepts(bytes) else { throw notText }
        hear(.text(bytes))
    }
}
