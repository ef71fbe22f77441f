/// How the gateway packs what it sends.
package enum Compression: String, Hashable, Sendable, CaseIterable {
    case none
    case zlib = "zlib-stream"
    case zstd = "zstd-stream"
}

/// What a packed stream may not do: be broken, or grow beyond what a message may hold.
package struct InflateFailure: Error, Equatable, CustomStringConvertible, Sendable {
    package let description: String
    init(_ description: String) { self.description = description }
}

/// Unpacks one connection's stream. Both kinds keep their window from message to message, so a new connection needs a new one.
package protocol Inflater: AnyObject {
    /// Unpacks one WebSocket message; nil while the gateway's message goes on in the next. The bytes live until the next call.
    func inflate(_ bytes: UnsafeBufferPointer<UInt8>) throws(InflateFailure) -> UnsafeBufferPointer<UInt8>?
}

extension Compression {
    /// As much as a message may hold that comes unpacked.
    package static let messageCap = 16 << 20

    package func makeInflater(messageCap: Int = Compression.messageCap) throws(InflateFailure) -> (any Inflater)? {
        switch self {
        case .none: nil
        case .zlib: try ZlibStream(messageCap: messageCap)
        case .zstd: try ZstdStream(messageCap: messageCap)
        }
    }
}

/// Room for one unpacked message. It grows up to the cap, and forgets what an unusually large message made it take.
final class InflatedMessage {
    private static let usual = 256 << 10
    private var room: UnsafeMutablePointer<UInt8>
    private var capacity = InflatedMessage.usual
    private(set) var count = 0
    private let cap: Int

    init(cap: Int) {
        self.cap = cap
        room = .allocate(capacity: capacity)
    }

    deinit { room.deallocate() }

    var spare: UnsafeMutableBufferPointer<UInt8> { UnsafeMutableBufferPointer(start: room + count, count: capacity - count) }
    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: room, count: count) }

    func fill(_ more: Int) throws(InflateFailure) {
        count += more
        guard count <= cap else { throw InflateFailure("an unpacked message is longer than \(cap) bytes") }
    }

    func grow() { if capacity == count { resize(to: capacity * 2) } }

    func clear() {
        count = 0
        if capacity > Self.usual * 4 { resize(to: Self.usual) }
    }

    private func resize(to size: Int) {
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
        larger.update(from: room, count: count)
        room.deallocate()
        (room, capacity) = (larger, size)
    }
}
