import Kit
import Machine
import Shared

/// One shard as the net thread sees it: its session, its connection, and the batch that is being read.
final class Shard {
    let number: Int
    var session: Session
    var decoder: GatewayDecoder
    var link: WebSocketLink?
    /// Counts connections, so that a late one of an earlier try is known as such.
    var attempt = 0
    /// Wants the main address, which is not known yet.
    var wantsAddress = false
    /// What it connects to, or is connected to.
    var address = ""
    /// No session of this shard is known, neither from before the start nor since.
    var isFirstSession: Bool
    /// What the last READY said, until the session has taken it.
    var fresh: Ready?
    /// What was last told of it.
    var state: LinkState
    var connectors: [Int: Thread] = [:]
    /// The last read may have left something that no poller can see.
    var hasMore = false
    var batch: [Dispatch] = []
    var weight = 0
    /// Frames that were valid JSON but could not be used.
    private(set) var unreadable = 0
    let shards: Int

    init(_ number: Int, of shards: Int, session: Session, decoder: GatewayDecoder) {
        self.number = number
        self.shards = shards
        self.session = session
        self.decoder = decoder
        state = LinkState(shard: number, phase: .connecting)
        isFirstSession = !session.hasHadSession
    }

    /// What the session has to be told of a message; numbered frames go into the batch by themselves.
    func take(_ bytes: UnsafeBufferPointer<UInt8>, at now: MonotonicTime) -> Session.Input? {
        let frame: GatewayFrame
        do throws(JSONScanner.Malformed) {
            frame = try decoder.decode(bytes)
        } catch {
            unreadable += 1
            return .garbled(error.description)
        }
        switch frame {
        case .dispatch(let sequence, let event):
            if session.hear(sequence: sequence) { append(event, sequence, bytes.count, now) }
            return nil
        case .ready(let sequence, let ready):
            fresh = ready
            return .ready(sequence: sequence, session: ready.session, resumeURL: ready.resumeURL)
        case .resumed(let sequence): return .resumed(sequence: sequence)
        case .hello(let interval): return .hello(milliseconds: interval)
        case .heartbeatAsked: return .heartbeatAsked
        case .acknowledged: return .acknowledged
        case .reconnectAsked: return .reconnectAsked
        case .invalidSession(let resumable): return .invalid(resumable: resumable)
        case .unknown:
            session.hearSomething()
            return nil
        }
    }

    func append(_ event: Event?, _ sequence: Int64, _ size: Int, _ now: MonotonicTime) {
        batch.append(
            Dispatch(shard: number, sequence: sequence, event: event, receivedNanoseconds: now.nanoseconds))
        weight += size + MemoryLayout<Dispatch>.stride
    }
}
