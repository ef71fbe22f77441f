internal import CZstd

/// `zstd-stream`: one frame that never ends; what a WebSocket message holds unpacks to one gateway message.
final class ZstdStream: Inflater {
    private let stream: OpaquePointer
    private let message: InflatedMessage

    init(messageCap: Int) throws(InflateFailure) {
        guard let stream = ZSTD_createDStream() else { throw InflateFailure("zstd does not start") }
        self.stream = stream
        message = InflatedMessage(cap: messageCap)
    }

    deinit { ZSTD_freeDStream(stream) }

    func inflate(_ bytes: UnsafeBufferPointer<UInt8>) throws(InflateFailure) -> UnsafeBufferPointer<UInt8>? {
        message.clear()
        var input = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
        var isDrained = false
        while input.pos < input.size || !isDrained {
            message.grow()
            let spare = message.spare
            var output = ZSTD_outBuffer(dst: spare.baseAddress, size: spare.count, pos: 0)
            let answer = ZSTD_decompressStream(stream, &output, &input)
            guard ZSTD_isError(answer) == 0 else {
                throw InflateFailure("broken zstd data: \(String(cString: ZSTD_getErrorName(answer)))")
            }
            try message.fill(output.pos)
            isDrained = output.pos < output.size
        }
        return message.bytes
    }
}
