import Kit
import Machine
import Shared

/// What the net thread does, one turn after the other: hear what others want, read, beat, sleep until something is due.
final class GatewayLoop {
    let parts: GatewayThread.Parts
    let poller: Poller
    let post: @Sendable (GatewayCommand) -> Void
    var shards: [Shard] = []
    var gate: IdentifyGate
    var address: String?
    var intents: Intents
    /// What an admin should know as long as it is so, by what it is about.
    var troubles: [String: String] = [:]
    /// Links that were told goodbye and may still have something to say.
    private var leaving: [WebSocketLink] = []
    private var leavingUntil: MonotonicTime?
    private var isHeld = false
    private(set) var isDone = false
    private let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)

    /// Reads in a row on one shard before the next one gets its turn.
    private static let fairReads = 32
    private static let batchWeight = 256 << 10
    private static let heldMilliseconds = 5

    init(_ parts: GatewayThread.Parts, poller: Poller, post: @escaping @Sendable (GatewayCommand) -> Void) {
        self.parts = parts
        self.poller = poller
        self.post = post
        gate = IdentifyGate(record: parts.ledger.record(), now: parts.clock.now(), wall: parts.clock.wall())
        intents = parts.configuration.intents
    }

    deinit { room.deallocate() }

    var now: MonotonicTime { parts.clock.now() }

    func turn(_ commands: [GatewayCommand], committed: [Int: Int64]) {
        for (shard, sequence) in committed where shards.indices.contains(shard) {
            shards[shard].session.report(committed: sequence)
        }
        for command in commands { obey(command) }
        holdOrRead()
        for shard in shards {
            if let wake = shard.session.wake, wake <= now { act(shard, .tick) }
            if isHeld { shard.link?.write() } else if shard.hasMore { read(shard) }
        }
        finishLeaving()
        if !isDone { sleep() }
    }

    // MARK: - Waiting

    private func sleep() {
        _ = poller.wait(milliseconds: pause()) { tag, readiness in
            guard let shard = shards.first(where: { $0.number == Int(tag) }), let link = shard.link else { return }
            if readiness.contains(.writable) { link.write() }
            if !isHeld, !readiness.isDisjoint(with: [.readable, .hungUp]) { read(shard) }
            if shard.link === link { watch(shard, link) }
        }
    }

    private func pause() -> Int {
        if shards.contains(where: \.hasMore), !isHeld { return 0 }
        let due = (shards.compactMap(\.session.wake) + [leavingUntil].compactMap { $0 }).min()
        let wait = due.map { max(0, min($0.milliseconds(since: now) + 1, 60_000)) } ?? 60_000
        return min(Int(wait), isHeld || !leaving.isEmpty ? Self.heldMilliseconds : 60_000)
    }

    /// While the engine has more than it can take, the sockets are left alone; hearts go on beating.
    private func holdOrRead() {
        let isFull = parts.inbox.isFull
        guard isFull != isHeld else { return }
        isHeld = isFull
        for shard in shards {
            act(shard, .held(isFull))
            guard let link = shard.link else { continue }
            if isFull { poller.forget(link.descriptor) } else { attach(shard, link) }
            shard.hasMore = !isFull
        }
    }

    func attach(_ shard: Shard, _ link: WebSocketLink) {
        guard !isHeld else { return }
        let wanted: Readiness = link.wantsToWrite ? [.readable, .writable] : .readable
        do throws(SystemError) {
            try poller.watch(link.descriptor, for: wanted, tag: UInt64(shard.number))
        } catch {
            act(shard, .closed(code: nil, reason: error.description))
        }
    }

    func watch(_ shard: Shard, _ link: WebSocketLink) {
        guard !isHeld else { return }
        poller.change(
            link.descriptor, to: link.wantsToWrite ? [.readable, .writable] : .readable, tag: UInt64(shard.number))
    }

    // MARK: - Reading

    private func read(_ shard: Shard) {
        guard let link = shard.link else {
            shard.hasMore = false
            return
        }
        for _ in 0..<Self.fairReads where shard.link === link {
            // What was full may have been emptied by the next turn, which looks again.
            shard.hasMore = true
            if parts.inbox.isFull { break }
            let received = now
            let before = link.bytesHeard
            shard.hasMore = link.read(into: room) { news in
                guard shard.link === link else { return }
                hear(shard, link, news, at: received)
            }
            if link.bytesHeard > before, shard.link === link { shard.session.hearSomething() }
            if shard.weight > Self.batchWeight { deliver(shard) }
            if !shard.hasMore { break }
        }
        if shard.link == nil { shard.hasMore = false }
        deliver(shard)
    }

    private func hear(_ shard: Shard, _ link: WebSocketLink, _ news: WebSocketLink.News, at received: MonotonicTime) {
        switch news {
        case .opened: act(shard, .connected)
        case .message(let bytes, _):
            guard let input = shard.take(bytes, at: received) else { return }
            act(shard, input)
            if case .ready(let sequence, _, _) = input { begin(shard, sequence, size: bytes.count, at: received) }
            if case .resumed(let sequence) = input, shard.session.phase == .connected {
                shard.append(.sessionResumed, sequence, bytes.count, received)
                CrashPoint.sessionResumed.passed()
            }
        case .garbled(let reason): act(shard, .garbled(reason))
        case .closed(let code, let reason): act(shard, .closed(code: code, reason: reason))
        }
    }

    func deliver(_ shard: Shard) {
        guard !shard.batch.isEmpty else { return }
        CrashPoint.framesRead.passed()
        parts.inbox.deliver(shard.batch, weight: shard.weight)
        CrashPoint.framesDelivered.passed()
        shard.batch.removeAll(keepingCapacity: true)
        shard.weight = 0
    }

    // MARK: - Leaving

    /// A goodbye is worth a moment: hanging up with words unread would take it back.
    func leave(_ link: WebSocketLink) {
        leaving.append(link)
        leavingUntil = leavingUntil ?? now.adding(milliseconds: 1_000)
    }

    private func finishLeaving() {
        guard isStopping else { return }
        for link in leaving {
            link.write()
            while link.read(into: room, { _ in }) {}
        }
        leaving.removeAll(where: \.isOver)
        isDone = leaving.isEmpty || leavingUntil.map { $0 <= now } ?? true
    }

    var isStopping = false
}
