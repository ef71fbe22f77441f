internal import Kit
internal import Machine
internal import Shared

/// One connection, as the server's thread keeps it.
final class Client {
    let tag: UInt64
    let socket: Descriptor
    let peer: Sockets.Peer
    let name: String
    let since: MonotonicTime
    let sinceWall: Int64
    /// Never rises above what the peer's account gave.
    var role: Access.Role
    /// Who they say they are; empty until they do.
    var alias = ""
    var program = ""
    var zone = ""

    var reader = LineReader()
    var queue = WriteQueue()
    var received: Int64 = 0
    var sent: Int64 = 0
    var inFlight = 0
    /// How long this client's answers are lately, in bytes.
    private var usualAnswer = 4 << 10
    /// They will say nothing more.
    var hasEnded = false
    /// They hear nothing more either: what they asked is still done, as if they had waited.
    var isDeaf = false
    /// We have said our last word; by then the connection is closed, heard or not.
    var closing: MonotonicTime?
    var hasFinished = false
    var discarded = 0
    var watched: Readiness = .readable

    var subscriptions: [Int: Subscription] = [:]
    private var lastSubscription = 0

    init(
        tag: UInt64, socket: Descriptor, peer: Sockets.Peer, name: String, role: Access.Role, since: MonotonicTime,
        sinceWall: Int64
    ) {
        self.tag = tag
        self.socket = socket
        self.peer = peer
        self.name = name
        self.role = role
        self.since = since
        self.sinceWall = sinceWall
    }

    func nextSubscription() -> Int {
        lastSubscription += 1
        return lastSubscription
    }

    func person(as member: ID<Member>? = nil) -> Asker.Operator {
        Asker.Operator(user: peer.user, name: name, alias: alias, role: role, client: program, member: member)
    }

    func say(_ line: [UInt8], of subscription: Int? = nil, now: MonotonicTime) {
        if closing == nil && !isDeaf { queue.append(line, of: subscription, now: now) }
    }

    /// The answer to a request that was waited for.
    func answer(_ line: [UInt8], now: MonotonicTime) {
        inFlight -= 1
        usualAnswer = max(line.count, usualAnswer - usualAnswer / 8)
        say(line, now: now)
    }

    /// Room to take on another request: as many as one likes while their answers are short, few while they are long.
    func isFree(_ limits: ControlLimits) -> Bool {
        guard closing == nil && inFlight < limits.requestsInFlight else { return false }
        return isDeaf || queue.isRoomy && (inFlight == 0 || queue.bytes + inFlight * usualAnswer < WriteQueue.hard / 2)
    }

    /// They have ended, and everything they asked for is answered.
    var isDone: Bool {
        hasEnded && !reader.hasLine && inFlight == 0 && queue.isEmpty
            && (isDeaf || subscriptions.values.allSatisfy(\.isSettled))
    }

    /// Somebody looks at a screen there; programs come and go and are not missed.
    var isConsole: Bool { program == "console" || program.hasPrefix("console-") }

    var report: ClientReport {
        ClientReport(
            id: String(tag), user: peer.user, name: name, alias: alias, process: peer.process, role: role, client: program,
            zone: zone,
            sinceMilliseconds: sinceWall, ageMilliseconds: 0, received: received, sent: sent, queued: Int64(queue.bytes),
            subscriptions: subscriptions.count)
    }
}
