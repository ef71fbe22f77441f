internal import CZlib

/// `zlib-stream`: one deflate stream for the whole connection; a message ends where the stream was flushed, at 00 00 FF FF.
final class ZlibStream: Inflater {
    private let stream: UnsafeMutablePointer<z_stream>
    private let message: InflatedMessage
    private var isFresh = true
    /// The last four packed bytes, also across WebSocket messages.
    private var tail: UInt32 = .max

    init(messageCap: Int) throws(InflateFailure) {
        message = InflatedMessage(cap: messageCap)
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard hearth_inflate_init(stream) == Z_OK else { throw InflateFailure("zlib does not start") }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    func inflate(_ bytes: UnsafeBufferPointer<UInt8>) throws(InflateFailure) -> UnsafeBufferPointer<UInt8>? {
        if isFresh { message.clear() }
        stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
        stream.pointee.avail_in = UInt32(bytes.count)
        repeat {
            message.grow()
            let spare = message.spare
            stream.pointee.next_out = spare.baseAddress
            stream.pointee.avail_out = UInt32(spare.count)
            let answer = CZlib.inflate(stream, Z_SYNC_FLUSH)
            try message.fill(spare.count - Int(stream.pointee.avail_out))
            guard answer == Z_OK || answer == Z_BUF_ERROR else { throw InflateFailure("broken zlib data (\(answer))") }
        } while stream.pointee.avail_in > 0 || stream.pointee.avail_out == 0
        for byte in bytes.suffix(4) { tail = tail << 8 | UInt32(byte) }
        isFresh = tail == 0x0000_FFFF
        return isFresh ? message.bytes : nil
    }
}
