internal import Kit
internal import Machine
internal import Shared

/// The server's thread: everything in it is touched by that thread alone. What comes in is read, what goes out is queued;
/// nothing here ever waits for a client or for the engine.
final class ControlLoop {
    struct Setting: Sendable {
        let desk: any Desk
        let limits: ControlLimits
        let world: ControlWorld
        let log: @Sendable (LogLevel, String) -> Void
        let board: ClientBoard
    }

    let setting: Setting
    let slot: Slot
    let introspection: Introspection
    let commits = CommitWatch()
    let poller: Poller
    /// Their numbers here are their tags in the poller; clients have those above.
    private let entrances: [Entrance]
    private let notices: Mailbox<Notice>

    var clients: [UInt64: Client] = [:]
    var feeds: [FeedKey: Feed] = [:]
    var feedsByNumber: [Int: Feed] = [:]
    var lastFeed = 0
    var admission: Admission
    var budget = RefusalBudget()
    var room = [UInt8](repeating: 0, count: 64 << 10)
    private var lastTag: UInt64
    /// Clients who sent more requests than one turn of the loop takes.
    var unfinished: Set<UInt64> = []
    private var wakeAt: MonotonicTime?
    private var acceptAgainAt: MonotonicTime?
    private var isStopping = false

    private static let breather = 100
    /// Whoever waits at a door waits a moment longer than those who are in.
    private static let guestsAtOnce = 64

    var bell: Bell { poller.bell }

    init(_ setting: Setting, entrances: [Entrance], notices: Mailbox<Notice>) throws(SystemError) {
        self.setting = setting
        self.entrances = entrances
        lastTag = UInt64(entrances.count)
        self.notices = notices
        poller = try Poller()
        slot = Slot(notices: notices, bell: poller.bell)
        introspection = Introspection(catalogue: setting.desk.catalogue)
        admission = Admission(setting.limits)
        for (tag, entrance) in entrances.enumerated() {
            try poller.watch(entrance.socket.listener.number, for: .readable, tag: UInt64(tag))
        }
        let (commits, slot) = (commits, slot)
        setting.desk.whenCommitted { if commits.note($0) { slot.put(.committed) } }
    }

    func run() {
        while !isStopping {
            var ready: [(UInt64, Readiness)] = []
            let rang = poller.wait(milliseconds: timeout()) { ready.append(($0, $1)) }
            let now = setting.world.now()
            for (tag, readiness) in ready {
                if tag < entrances.count {
                    acceptAll(at: Int(tag), now)
                } else if let client = clients[tag] {
                    attend(client, readiness, now)
                }
            }
            if rang { for notice in notices.receive(within: 0) ?? [] { heed(notice, now) } }
            let waiting = unfinished
            unfinished = []
            for tag in waiting { if let client = clients[tag] { serve(client, now) } }
            if let wakeAt, wakeAt <= now { sweep(now) }
        }
        for client in clients.values {
            _ = client.queue.flush(now: setting.world.now(), client.socket.write)
            client.socket.finishWriting()
            if client.isConsole { setting.desk.noteDeparture(client.person()) }
            setting.board.remove(client.tag)
        }
        commits.watch([])
    }

    // MARK: - Time

    /// Asks to be woken no later than this.
    func remind(at moment: MonotonicTime?) {
        guard let moment else { return }
        wakeAt = wakeAt.map { min($0, moment) } ?? moment
    }

    private func timeout() -> Int {
        if !unfinished.isEmpty { return 0 }
        guard let wakeAt else { return -1 }
        return Int(max(0, wakeAt.milliseconds(since: setting.world.now()) + 1))
    }

    private func sweep(_ now: MonotonicTime) {
        wakeAt = nil
        if let again = acceptAgainAt {
            if again <= now {
                acceptAgainAt = nil
                listen(for: .readable)
            } else {
                remind(at: again)
            }
        }
        for client in Array(clients.values) { serve(client, now) }
        tendFeeds(now)
    }

    // MARK: - What comes

    private func acceptAll(at number: Int, _ now: MonotonicTime) {
        let entrance = entrances[number]
        do throws(SystemError) {
            for _ in 0..<Self.guestsAtOnce {
                guard let socket = try Sockets.admit(entrance.socket.listener) else { return }
                welcome(socket, by: entrance, now)
            }
        } catch {
            setting.log(.warn, "The control socket takes nobody for a moment. \(error.description).")
            listen(for: [])
            let again = now.adding(milliseconds: Self.breather)
            acceptAgainAt = again
            remind(at: again)
        }
    }

    private func listen(for readiness: Readiness) {
        for (tag, entrance) in entrances.enumerated() {
            poller.change(entrance.socket.listener.number, to: readiness, tag: UInt64(tag))
        }
    }

    func nextTag() -> UInt64 {
        lastTag += 1
        return lastTag
    }

    private func heed(_ notice: Notice, _ now: MonotonicTime) {
        switch notice {
        case .answered(let tag, let call, let answer): finish(tag, now) { self.line(for: answer, call) }
        case .completed(let tag, let id, let result): finish(tag, now) { self.line(for: result, id) }
        case .guilds(let tag, let id, let guilds):
            finish(tag, now) { ReplyLine.result(self.greeting($0, guilds), id: id) }
        case .looked(let number, let result): takeLook(number, result, now)
        case .committed: noteCommits(now)
        case .disconnect(let tag):
            if let client = clients[tag] {
                let failure = Failure(.failed, "Somebody closed this connection with house.disconnect.")
                dismiss(client, with: ReplyLine.failure(failure, id: .null), now)
            }
        case .wake: sweep(now)
        case .stop: isStopping = true
        }
    }

    /// Answers a request that was waited for; nobody minds if its client has gone.
    private func finish(_ tag: UInt64, _ now: MonotonicTime, _ line: (Client) -> [UInt8]) {
        guard let client = clients[tag] else { return }
        client.answer(line(client), now: now)
        serve(client, now)
    }

    private func finish(_ tag: UInt64, _ now: MonotonicTime, _ line: () -> [UInt8]) { finish(tag, now) { _ in line() } }
}
