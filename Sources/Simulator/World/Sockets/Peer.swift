internal import Machine
internal import Shared

/// One accepted TCP connection: HTTP at first, a gateway socket after an upgrade.
final class Peer {
    enum Mode {
        case http(HTTPReader)
        case gateway(connection: Int, reader: WebSocketReader, squeezer: (any Squeezer)?)
    }

    let tag: UInt64
    let socket: Descriptor
    let isResumeAddress: Bool
    var mode = Mode.http(HTTPReader())
    /// Nothing more is said, and when all is written the connection ends.
    var isEnding = false
    /// All is written; only the other side's end is waited for.
    var hasEnded = false
    /// It broke the framing: nothing more is read from it.
    var isDeaf = false
    /// A request hangs: nothing is answered any more.
    var isMute = false
    /// What is queued waits for more.
    var isHeld = false
    var wantsToWrite = false
    private var outbound: [UInt8] = []
    private var written = 0
    private var sentMessages = 0
    /// A link of a byte a second, since when and until when.
    private var trickle: (since: Instant, until: Instant, written: Int)?

    init(tag: UInt64, socket: Descriptor, isResumeAddress: Bool) {
        self.tag = tag
        self.socket = socket
        self.isResumeAddress = isResumeAddress
    }

    var waiting: Int { outbound.count - written }

    func queue(_ bytes: some Sequence<UInt8>) { outbound.append(contentsOf: bytes) }

    /// Every fifth compressed message is cut in two frames, as large ones are in earnest.
    func queueMessage(_ message: [UInt8]) {
        guard case .gateway(_, _, let squeezer?) = mode else {
            return WebSocketWriter.append(message, WebSocketWriter.text, to: &outbound)
        }
        let bytes = squeezer.squeeze(message)
        sentMessages += 1
        if squeezer is ZlibSqueezer, sentMessages % 5 == 0, bytes.count > 8 {
            WebSocketWriter.append(bytes[..<(bytes.count / 2)], WebSocketWriter.binary, to: &outbound)
            WebSocketWriter.append(bytes[(bytes.count / 2)...], WebSocketWriter.binary, to: &outbound)
        } else {
            WebSocketWriter.append(bytes, WebSocketWriter.binary, to: &outbound)
        }
    }

    /// Whether the connection stands afterwards.
    func queue(_ message: [UInt8], mangledBy fault: Fault, at now: Instant) -> Bool {
        switch fault {
        case .cutFrame:
            let before = outbound.count
            queueMessage(message)
            outbound.removeLast((outbound.count - before + 1) / 2)
            return false
        case .badOpcode: outbound += [0x83, 0x00]
        case .oversized: outbound += [0x82, 127, 0, 0, 1, 0, 0, 0, 0, 0]
        case .garbage:
            guard case .gateway(_, _, _?) = mode else {
                WebSocketWriter.append(message.dropLast(), WebSocketWriter.text, to: &outbound)
                return true
            }
            WebSocketWriter.append([0xDE, 0xAD, 0xBE, 0xEF, 0, 0, 0xFF, 0xFF], WebSocketWriter.binary, to: &outbound)
        case .fragments: queueInFragments(message)
        case .halfOpen: outbound.removeSubrange(written...)
        default:
            trickle = trickle ?? (now, now + Self.longTrickle, 0)
            queueMessage(message)
        }
        return true
    }

    private static let longTrickle: Duration = .seconds(40)

    /// In as many frames as it takes, with a ping between each two.
    private func queueInFragments(_ message: [UInt8]) {
        var payload = message
        var opcode = WebSocketWriter.text
        if case .gateway(_, _, let squeezer?) = mode { (payload, opcode) = (squeezer.squeeze(message), WebSocketWriter.binary) }
        for start in stride(from: 0, to: payload.count, by: 7) {
            let end = min(start + 7, payload.count)
            let isFinal = end == payload.count
            outbound += [(isFinal ? 0x80 : 0) | (start == 0 ? opcode : 0), UInt8(end - start)] + payload[start..<end]
            if !isFinal { WebSocketWriter.append([UInt8(start & 0xFF)], 9, to: &outbound) }
        }
    }

    var trickles: Bool { trickle != nil }

    /// How many bytes the link takes by now.
    private func room(at now: Instant) -> Int {
        guard let link = trickle, now < link.until else {
            trickle = nil
            return .max
        }
        return Int((now - link.since).milliseconds / 1000) - link.written
    }

    func queueClose(_ code: Int, _ reason: String) { WebSocketWriter.appendClose(code, reason, to: &outbound) }
    func queuePong(_ payload: [UInt8]) { WebSocketWriter.append(payload, 10, to: &outbound) }

    /// Writes what the socket takes; false when it is gone.
    func flush(at now: Instant) -> Bool {
        while written < outbound.count {
            let room = min(room(at: now), outbound.count - written)
            guard room > 0 else { return true }
            let outcome = outbound.withUnsafeBytes {
                socket.write(UnsafeRawBufferPointer(rebasing: $0[written..<written + room]))
            }
            switch outcome {
            case .moved(let count):
                written += count
                trickle?.written += count
            case .wouldBlock:
                if written > 1 << 20, written * 2 > outbound.count {
                    outbound.removeFirst(written)
                    written = 0
                }
                return true
            case .ended, .failed: return false
            }
        }
        outbound.removeAll(keepingCapacity: true)
        written = 0
        return true
    }
}
