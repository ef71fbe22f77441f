import Discord
import Testing

@Suite("Unpacking")
struct InflateTests {
    private let zlib = [
        "789caa56ca2f50b23234d0514a51b2aa56ca484d2c2a494a4d2c89cfcc2b492d2a4bcc51b23231343235a8ad05000000ffff",
        "aa86a834ac05000000ffff",
        "8230803a4a94ac94229474948a81c250fd25a91520d1f4a2c37b0ecf4f5518acb4526d2d000000ffff",
    ]
    private let zstd = [
        "28b52ffd00585001007b226f70223a31302c2264223a7b226865617274626561745f696e74657276616c223a34313235307d7d",
        "4800007b226f70223a31317d",
    ]
    private let hello = #"{"op":10,"d":{"heartbeat_interval":41250}}"#

    private func unpack(_ inflater: any Inflater, _ bytes: [UInt8]) throws -> String? {
        try bytes.withUnsafeBufferPointer { bytes throws(InflateFailure) in
            try inflater.inflate(bytes).map { String(decoding: $0, as: UTF8.self) }
        }
    }

    @Test("one zlib stream serves a whole connection")
    func zlibStream() throws {
        let inflater = try #require(try Compression.zlib.makeInflater())
        #expect(try unpack(inflater, hex(zlib[0])) == hello)
        #expect(try unpack(inflater, hex(zlib[1])) == #"{"op":11}"#)
        #expect(try unpack(inflater, hex(zlib[2]))?.contains("grüße grüße") == true)
    }

    @Test("a zlib message split over several frames is whole at 00 00 FF FF, also when that is split")
    func zlibSplit() throws {
        let bytes = hex(zlib[0])
        for cut in [1, 10, bytes.count - 4, bytes.count - 3, bytes.count - 1] {
            let inflater = try #require(try Compression.zlib.makeInflater())
            #expect(try unpack(inflater, Array(bytes[..<cut])) == nil)
            #expect(try unpack(inflater, Array(bytes[cut...])) == hello)
            #expect(try unpack(inflater, hex(zlib[1])) == #"{"op":11}"#)
        }
    }

    @Test("a zstd message is whole with its frame, and the stream goes on")
    func zstdStream() throws {
        let inflater = try #require(try Compression.zstd.makeInflater())
        #expect(try unpack(inflater, hex(zstd[0])) == hello)
        #expect(try unpack(inflater, hex(zstd[1])) == #"{"op":11}"#)
    }

    @Test("garbage is refused", arguments: [Compression.zlib, .zstd])
    func garbage(kind: Compression) throws {
        let inflater = try #require(try kind.makeInflater())
        #expect(throws: InflateFailure.self) { try unpack(inflater, Array("this is not packed at all".utf8)) }
    }

    @Test("what would grow beyond the cap is refused")
    func bomb() throws {
        let packed =
            hex("789cecc13101000000c2a0aceb5fc20cfe40010000") + [UInt8](repeating: 0, count: 170)
        let inflater = try #require(try Compression.zlib.makeInflater(messageCap: 100))
        #expect(throws: InflateFailure.self) { try unpack(inflater, packed) }
    }
}
