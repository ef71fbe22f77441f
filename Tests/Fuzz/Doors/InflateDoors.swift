import Discord
import Simulator

extension Door {
    static let zlib = Door("zlib", longest: 1 << 16) { try unpack($0, .zlib, ZlibSqueezer()) }
    static let zstd = Door("zstd", longest: 1 << 16) { try unpack($0, .zstd, ZstdSqueezer()) }

    /// An even first byte: the rest is what a server sends, in messages of that size. An odd one: the rest is packed as a server
    /// packs it, and comes out as it was.
    private static func unpack(_ bytes: [UInt8], _ compression: Compression, _ squeezer: any Squeezer) throws {
        var choices = Choices(bytes)
        let choice = choices.next()
        guard let inflater = try compression.makeInflater() else { return }
        var rest = choices.rest[...]
        while !rest.isEmpty {
            let piece = Array(rest.prefix(choice < 16 ? .max : choice * 8))
            rest = rest.dropFirst(piece.count)
            guard choice % 2 == 0 else {
                let message = try squeezer.squeeze(piece).withUnsafeBufferPointer { try inflater.inflate($0).map(Array.init) }
                try expect(message == piece, "\(piece.count) bytes came back as \(message?.count ?? -1)")
                continue
            }
            let count: Int?
            do {
                count = try piece.withUnsafeBufferPointer { try inflater.inflate($0)?.count }
            } catch is InflateFailure {
                return
            }
            try expect(count ?? 0 <= Compression.messageCap, "\(count ?? 0) bytes were unpacked")
        }
    }
}
