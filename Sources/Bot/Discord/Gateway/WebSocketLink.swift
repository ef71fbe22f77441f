import Machine

/// One WebSocket over one connection: shakes hands, cuts the stream into messages, unpacks them, answers pings and closes
/// properly. It reads and writes what the socket takes now and never waits.
package final class WebSocketLink {
    package enum News {
        case opened
        /// One whole message, unpacked; the bytes are valid inside the call.
        case message(UnsafeBufferPointer<UInt8>, isText: Bool)
        case garbled(String)
        case closed(code: Int?, reason: String)
    }

    private let socket: CurlSocket
    private let handshake: WebSocketHandshake
    private let mask: () -> UInt32
    private let compression: Compression
    private var inflater: (any Inflater)?
    private var reader: WebSocketReader
    private var head: [UInt8]? = []
    private var unsent: [UInt8] = []
    /// How much of it the socket has taken.
    private var written = 0
    private var isClosing = false
    /// A sign of life, also on a link so slow that a frame takes minutes.
    private(set) var bytesHeard = 0
    /// Nothing more will be heard.
    package private(set) var isOver = false
    /// The connection itself has ended.
    package private(set) var isGone = false

    package var descriptor: Int32 { socket.descriptor }
    package var wantsToWrite: Bool { !unsent.isEmpty }

    /// `host` as the Host header wants it; `messageCap` is the longest message that is taken.
    package init(
        _ socket: CurlSocket, host: String, path: String, agent: String, compression: Compression = .none,
        messageCap: Int = 16 << 20, mask: @escaping () -> UInt32
    ) {
        self.socket = socket
        reader = WebSocketReader(messageCap: messageCap)
        self.mask = mask
        self.compression = compression
        handshake = WebSocketHandshake(
            nonce: (0..<4).flatMap { _ in
                let word = mask()
                return (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32(8 * $0)) }
            })
        unsent = handshake.request(host: host, path: path, agent: agent)
    }

    // MARK: - Saying

    package func say(_ message: [UInt8], isText: Bool = true) {
        guard !isClosing else { return }
        unsent += isText ? WebSocketWriter.text(message, mask: mask()) : WebSocketWriter.binary(message, mask: mask())
        write()
    }

    /// Says goodbye; the socket goes when this object does.
    package func close(_ code: Int, _ reason: String) { close(with: WebSocketWriter.close(code, reason, mask: mask())) }

    private func close(with frame: [UInt8]) {
        guard !isClosing, !isOver else { return }
        if head == nil { unsent += frame }
        isClosing = true
        write()
    }

    package func write() {
        while written < unsent.count {
            switch unsent.withUnsafeBytes({ socket.send(UnsafeRawBufferPointer(rebasing: $0[written...])) }) {
            case .moved(let count): written += count
            case .wouldBlock: return
            case .ended, .failed: written = unsent.count
            }
        }
        unsent.removeAll(keepingCapacity: unsent.capacity < 1 << 16)
        written = 0
    }

    // MARK: - Hearing

    /// Reads once. True when more may be there already.
    package func read(into room: UnsafeMutableRawBufferPointer, _ hear: (News) -> Void) -> Bool {
        guard !isOver else { return false }
        switch socket.receive(into: room) {
        case .moved(let count):
            bytesHeard += count
            take(UnsafeBufferPointer(rebasing: UnsafeRawBufferPointer(room).bindMemory(to: UInt8.self)[..<count]), hear)
            return !isOver
        case .wouldBlock: return false
        case .ended: lose("", hear)
        case .failed(let reason): lose(reason, hear)
        }
        return false
    }

    /// After the goodbye: reads on without listening, so that the last words are not taken back by hanging up on unread ones.
    /// True when more may be there already.
    package func drain(into room: UnsafeMutableRawBufferPointer) -> Bool {
        guard !isGone else { return false }
        switch socket.receive(into: room) {
        case .moved: return true
        case .wouldBlock: return false
        case .ended, .failed:
            isGone = true
            return false
        }
    }

    private func lose(_ reason: String, _ hear: (News) -> Void) {
        isGone = true
        end(nil, reason, hear)
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
        case .text(let bytes): hear(.message(bytes, isText: true))
        case .binary(let bytes):
            guard let inflater else { return hear(.message(bytes, isText: false)) }
            do throws(InflateFailure) {
                if let message = try inflater.inflate(bytes) { hear(.message(message, isText: true)) }
            } catch {
                isOver = true
                hear(.garbled(error.description))
            }
        case .ping(let payload):
            unsent += WebSocketWriter.pong(payload, mask: mask())
            write()
        case .pong: break
        case .close(let code, let reason):
            close(with: code.map { WebSocketWriter.close($0, mask: mask()) } ?? WebSocketWriter.close(mask: mask()))
            end(code, reason, hear)
        }
    }

    private func end(_ code: Int?, _ reason: String, _ hear: (News) -> Void) {
        guard !isOver else { return }
        isOver = true
        hear(.closed(code: code, reason: reason))
    }
}
