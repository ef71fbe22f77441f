package import Shared

/// A flood of messages: how many, how fast, and among whom.
package struct LoadPlan: Sendable {
    package var events: Int
    /// Events a second; nil is as fast as the socket takes them.
    package var rate: Double?
    package var guilds: [ID<Guild>]
    package var channels: Int
    package var members: Int
    package var seed: UInt64
    /// The share of messages that answer another.
    package var replies = 0.2

    package init(
        events: Int, rate: Double? = nil, guilds: [ID<Guild>], channels: Int = 5, members: Int = 100, seed: UInt64 = 1
    ) {
        self.events = events
        self.rate = rate
        self.guilds = guilds
        self.channels = max(1, channels)
        self.members = max(1, members)
        self.seed = seed
    }
}

/// A message made beforehand; only its ids and its time are still open.
struct LoadTemplate: Sendable {
    let bytes: [UInt8]
    let ids: [Int]
    let references: [Int]
    let times: [Int]

    static let idMark = "1000000000000000001"
    static let referenceMark = "1000000000000000002"
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
        ids = places(Self.idMark)
        references = places(Self.referenceMark)
        times = places(Self.timeMark)
    }

    /// The frame, open at its end for the sequence.
    func frame(id: [UInt8], reference: [UInt8], time: [UInt8]) -> [UInt8] {
        var frame = bytes
        frame.reserveCapacity(bytes.count + 28)
        for at in ids { frame.replaceSubrange(at..<at + id.count, with: id) }
        for at in references { frame.replaceSubrange(at..<at + reference.count, with: reference) }
        for at in times { frame.replaceSubrange(at..<at + time.count, with: time) }
        return frame
    }
}

/// A load under way.
struct LoadRun: Sendable {
    struct Line: Sendable {
        let guild: ID<Guild>
        let channel: ID<Channel>
        let author: ID<Member>
        let content: String
        let plain: LoadTemplate
        let reply: LoadTemplate
        let bare: LoadTemplate
        let bareReply: LoadTemplate
    }

    var lines: [[Line]] = []
    /// Authors by Zipf's law: the first speaks most.
    var authors: [Int] = []
    var dice: Dice
    var left: Int
    var sent = 0
    let rate: Double?
    let replies: Double
    let began: Instant
    var last: [ID<Channel>: ID<Message>] = [:]

    func budget(at now: Instant) -> Int {
        guard let rate else { return left }
        return min(left, Int(rate * Double((now - began).milliseconds) / 1000) - sent)
    }
}
