internal import CZlib
internal import CZstd

/// One compression context for one socket, from its first message to its last.
package protocol Squeezer: AnyObject {
    /// The message's bytes on the wire, flushed so that the other side can read it at once.
    func squeeze(_ message: [UInt8]) -> [UInt8]
}

/// zlib-stream: each message ends with a sync flush.
package final class ZlibSqueezer: Squeezer {
    private let stream: UnsafeMutablePointer<z_stream>
    private var room = [UInt8](repeating: 0, count: 16_384)

    package init() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        _ = hearth_deflate_init(stream, 6)
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    package func squeeze(_ message: [UInt8]) -> [UInt8] {
        var input = message
        var out: [UInt8] = []
        input.withUnsafeMutableBufferPointer { input in
            stream.pointee.next_in = input.baseAddress
            stream.pointee.avail_in = UInt32(input.count)
            repeat {
                room.withUnsafeMutableBufferPointer { room in
                    stream.pointee.next_out = room.baseAddress
                    stream.pointee.avail_out = UInt32(room.count)
                    _ = deflate(stream, Z_SYNC_FLUSH)
                    out.append(contentsOf: room[..<(room.count - Int(stream.pointee.avail_out))])
                }
            } while stream.pointee.avail_out == 0
        }
        return out
    }
}

/// zstd-stream: one frame that never ends, flushed after each message.
package final class ZstdSqueezer: Squeezer {
    private let context = ZSTD_createCCtx()
    private var room = [UInt8](repeating: 0, count: 16_384)

    package init() {}

    deinit { ZSTD_freeCCtx(context) }

    package func squeeze(_ message: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        message.withUnsafeBytes { input in
            var source = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
            var left = 1
            while left > 0 {
                room.withUnsafeMutableBytes { room in
                    var target = ZSTD_outBuffer(dst: room.baseAddress, size: room.count, pos: 0)
                    left = ZSTD_compressStream2(context, &target, &source, ZSTD_e_flush)
                    if ZSTD_isError(left) != 0 { left = 0 }
                    out.append(contentsOf: room[..<target.pos])
                }
            }
        }
        return out
    }
}
