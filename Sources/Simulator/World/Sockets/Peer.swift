internal import Machine

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
    var wantsToWrite = false
    private var outbound: [UInt8] = []
    private var written = 0
    private var sentMessages = 0

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

    func queueClose(_ code: Int, _ reason: String) { WebSocketWriter.appendClose(code, reason, to: &outbound) }
    func queuePong(_ payload: [UInt8]) { WebSocketWriter.append(payload, 10, to: &outbound) }

    /// Writes what the socket takes; false when it is gone.
    func flush() -> Bool {
        while written < outbound.count {
            let outcome = outbound.withUnsafeBytes { socket.write(UnsafeRawBufferPointer(rebasing: $0[written...])) }
            switch outcome {
            case .moved(let count): written += count
            case .wouldBlock:
                if written > 1 << 20 {
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
