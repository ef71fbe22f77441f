import Shared

/// What the world wants to happen on a gateway socket.
package enum Outbound: Sendable, Equatable {
    case text([UInt8])
    /// The frame goes wrong on its way.
    case mangled(Fault, [UInt8])
    case close(Int, String)
    /// The network breaks: no close frame, no goodbye.
    case reset
}

/// One open gateway socket.
struct ConnectionRecord: Sendable {
    let id: Int
    let isResumeAddress: Bool
    var session: String?
    var hasIdentified = false
    var lastBeat: Instant
    var sends: [Instant] = []
    var presences: [Instant] = []
    var outbound: [Outbound] = []
    var isClosed = false
    /// Nothing comes back any more, though the socket stands.
    var isHalfOpen = false
    var silentSince: Instant?
    var dropAfter: Int?
}

/// What a resume can bring back.
struct SessionRecord: Sendable {
    let id: String
    let shard: Int
    let shards: Int
    let intents: Intents
    let largeThreshold: Int
    var sequence: Int64 = 0
    var acknowledged: Int64 = 0
    /// The dispatches that may be asked for again; the first one has the sequence after `forgotten`.
    var replay = Replay()
    var connection: Int?
    var droppedAt: Instant?
}

/// A queue of dispatches that forgets from the front without moving what stays.
struct Replay: Sendable {
    private var frames: [[UInt8]] = []
    private var start = 0
    private(set) var forgotten: Int64 = 0
    var count: Int { frames.count - start }

    mutating func append(_ frame: [UInt8], keeping limit: Int) {
        frames.append(frame)
        if count > limit { forget(through: forgotten + Int64(count - limit)) }
    }

    mutating func forget(through sequence: Int64) {
        let drop = Int(min(max(0, sequence - forgotten), Int64(count)))
        for index in start..<start + drop { frames[index] = [] }
        start += drop
        forgotten += Int64(drop)
        if start > 4096, start * 2 > frames.count {
            frames.removeFirst(start)
            start = 0
        }
    }

    /// All after this sequence, or nil when some of them are gone.
    func after(_ sequence: Int64) -> ArraySlice<[UInt8]>? {
        guard sequence >= forgotten, sequence - forgotten <= Int64(count) else { return nil }
        return frames[(start + Int(sequence - forgotten))...]
    }
}
