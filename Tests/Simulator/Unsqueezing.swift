import CZlib
import CZstd

/// Reads a zlib-stream: bytes pile up until a sync flush ends a message.
final class Inflater {
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    private var pile: [UInt8] = []

    init() {
        stream.initialize(to: z_stream())
        _ = inflateInit_(stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    func message(_ bytes: [UInt8]) -> [UInt8]? {
        pile += bytes
        guard pile.suffix(4).elementsEqual([0, 0, 0xFF, 0xFF]) else { return nil }
        var out = [UInt8](repeating: 0, count: 1 << 20)
        let count = out.count
        pile.withUnsafeMutableBufferPointer { input in
            out.withUnsafeMutableBufferPointer { output in
                stream.pointee.next_in = input.baseAddress
                stream.pointee.avail_in = UInt32(input.count)
                stream.pointee.next_out = output.baseAddress
                stream.pointee.avail_out = UInt32(count)
                _ = inflate(stream, Z_SYNC_FLUSH)
            }
        }
        pile = []
        return Array(out[..<(count - Int(stream.pointee.avail_out))])
    }
}

/// Reads a zstd-stream: each frame is one message, and the stream never ends.
final class Unzstd {
    private let context = ZSTD_createDCtx()
    deinit { ZSTD_freeDCtx(context) }

    func message(_ bytes: [UInt8]) -> [UInt8]? {
        var out = [UInt8](repeating: 0, count: 1 << 20)
        let made = bytes.withUnsafeBytes { input in
            out.withUnsafeMutableBytes { output in
                var source = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
                var target = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
                return ZSTD_isError(ZSTD_decompressStream(context, &target, &source)) == 0 ? target.pos : 0
            }
        }
        return made == 0 ? nil : Array(out[..<made])
    }
}
