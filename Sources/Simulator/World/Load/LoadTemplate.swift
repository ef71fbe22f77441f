import Shared

/// A message made beforehand; only its channel, its ids and its time are still open, and each keeps its width.
struct LoadTemplate: Sendable {
    /// What a message's open places are filled with.
    struct Filling {
        var channel: [UInt8]
        var id: [UInt8]
        var reference: [UInt8]
        var time: [UInt8]
    }

    private let bytes: [UInt8]
    private let channels: [Int]
    private let ids: [Int]
    private let references: [Int]
    private let times: [Int]

    static let idMark = "1000000000000000001"
    static let referenceMark = "1000000000000000002"
    static let channelMark = "1000000000000000003"
    static let timeMark = "2001-01-01T00:00:00.000000+00:00"

    init(_ name: String, _ data: JSON) {
        var bytes = Array("{\"t\":\"\(name)\",\"op\":0,\"d\":".utf8)
        data.write(into: &bytes)
        self.bytes = bytes
        func places(_ mark: String) -> [Int] {
            var found: [Int] = []
            while let next = Multipart.find(Array(mark.utf8), in: bytes, from: found.last.map { $0 + 1 } ?? 0) {
                found.append(next)
            }
            return found
        }
        channels = places(Self.channelMark)
        ids = places(Self.idMark)
        references = places(Self.referenceMark)
        times = places(Self.timeMark)
    }

    /// The whole frame.
    func frame(_ filling: Filling, sequence: [UInt8]) -> [UInt8] {
        let tail = 5 + sequence.count + 1
        return [UInt8](unsafeUninitializedCapacity: bytes.count + tail) { room, count in
            func put(_ part: [UInt8], at place: Int) {
                _ = UnsafeMutableBufferPointer(rebasing: room[place..<place + part.count]).update(fromContentsOf: part)
            }
            put(bytes, at: 0)
            for place in channels { put(filling.channel, at: place) }
            for place in ids { put(filling.id, at: place) }
            for place in references { put(filling.reference, at: place) }
            for place in times { put(filling.time, at: place) }
            put(Self.sequenceMember, at: bytes.count)
            put(sequence, at: bytes.count + 5)
            room[bytes.count + tail - 1] = UInt8(ascii: "}")
            count = bytes.count + tail
        }
    }

    private static let sequenceMember = Array(",\"s\":".utf8)
}
