import Machine

/// One WebSocket over one connection: shakes hands, cuts the stream into messages, unpacks them, answers pings and closes
/// properly. It reads and writes what the socket takes now and never waits.
final class WebSocketLink {
    enum News {
        case opened
        /// One message of the gateway, valid inside the call.
        case message(UnsafeBufferPointer<UInt8>)
        case garbled(String)
        case closed(code: Int?, reason: String)
    }

    private let socket: CurlSocket
    private let handshake: WebSocketHandshake
    private let mask: () -> UInt32
    private let compression: Compression
    private var inflater: (any Inflater)?
    private var reader = WebSocketReader()
    private var head: [UInt8]? = []
    private var unsent: [UInt8] = []
    private var isClosing = false
    private(set) var isOver = false

    var descriptor: Int32 { socket.descriptor }
    var wantsToWrite: Bool { !unsent.isEmpty }

    init(
        _ socket: CurlSocket, endpoint: Endpoint, path: String, agent: String, compression: Compression,
        mask: @escaping () -> UInt32
    ) {
        self.socket = socket
        self.mask = mask
        self.compression = compression
        handshake = WebSocketHandshake(
            nonce: (0..<4).flatMap { _ in
                let word = mask()
                return (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32(8 * $0)) }
            })
        unsent = handshake.request(host: endpoint.authority, path: path, agent: agent)
    }

    // MARK: - Saying

    func say(_ text: [UInt8]) {
        guard !isClosing else { return }
        unsent += WebSocketWriter.text(text, mask: mask())
        write()
    }

    /// Says goodbye; the socket goes when this object does.
    func close(_ code: Int, _ reason: String) {
        guard !isClosing, !isOver else { return }
        if head == nil { unsent += WebSocketWriter.close(code, reason, mask: mask()) }
        isClosing = true
        write()
    }

    func write() {
        while !unsent.isEmpty, !isOver {
            switch unsent.withUnsafeBytes({ socket.send($0) }) {
            case .moved(let count): unsent.removeFirst(count)
            case .wouldBlock: return
            case .ended, .failed: unsent = []
            }
        }
    }

    // MARK: - Hearing

    /// Reads once. True when more may be there already.
    func read(into room: UnsafeMutableRawBufferPointer, _ hear: (News) -> Void) -> Bool {
        guard !isOver else { return false }
        switch socket.receive(into: room) {
        case .moved(let count):
            take(UnsafeBufferPointer(rebasing: UnsafeRawBufferPointer(room).bindMemory(to: UInt8.self)[..<count]), hear)
            return !isOver
        case .wouldBlock: return false
        case .ended: end(nil, "", hear)
        case .failed(let reason): end(nil, reason, hear)
        }
        return false
    }

    private func take(_ bytes: UnsafeBufferPointer<UInt8>, _ hear: (News) -> Void) {
        guard var start = head else { return frames(bytes, hear) }
        start += bytes
        switch handshake.judge(start) {
        case .incomplete: head = start
        case .refused(let reason): end(nil, reason, hear)
        case .accepted(let consumed):
            head = nil
            do { inflater = try compression.makeInflater() } catch { return hear(.garbled(error.description)) }
            hear(.opened)
            Array(start[consumed...]).withUnsafeBufferPointer { frames($0, hear) }
        }
    }

    private func frames(_ bytes: UnsafeBufferPointer<UInt8>, _ hear: (News) -> Void) {
        do throws(WebSocketReader.Violation) {
            try reader.read(bytes) { event in self.heard(event, hear) }
        } catch {
            close(error.code, error.reason)
            end(nil, error.reason, hear)
        }
    }

    private func heard(_ event: WebSocketReader.Event, _ hear: (News) -> Void) {
        guard !isOver else { return }
        switch event {
        case .text(let bytes): hear(.message(bytes))
        case .binary(let bytes):
            guard let inflater else { return hear(.message(bytes)) }
            do throws(InflateFailure) {
                if let message = try inflater.inflate(bytes) { hear(.message(message)) }
            } catch {
                isOver = true
                hear(.garbled(error.description))
            }
        case .ping(let payload):
            unsent += WebSocketWriter.pong(payload, mask: mask())
            write()
        case .pong: break
        case .close(let code, let reason):
            close(code ?? 1000, "")
            end(code, reason, hear)
        }
    }

    private func end(_ code: Int?, _ reason: String, _ hear: (News) -> Void) {
        guard !isOver else { return }
        isOver = true
        hear(.closed(code: code, reason: reason))
    }
}
