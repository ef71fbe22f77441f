internal import Kit
internal import Machine
internal import Shared

extension ControlLoop {
    private static let lastWords = 2_000
    private static let linesAtOnce = 64
    private static let mostDiscarded = 8 << 20

    // MARK: - Coming

    func welcome(_ socket: Descriptor, by entrance: Entrance, _ now: MonotonicTime) {
        let peer: Sockets.Peer
        do throws(SystemError) {
            peer = try setting.world.peer(socket)
        } catch {
            setting.log(.warn, "The kernel does not say who a client of the control socket is. \(error.description).")
            return
        }
        let name = setting.world.name(peer.user) ?? "uid \(peer.user)"
        guard let role = entrance.role(of: peer) else {
            let sentence = "User \(name) has no role on this socket."
            noteRefusal(Asker.Operator(user: peer.user, name: name, role: .viewer, client: ""), "connect", sentence, now)
            turnAway(
                socket,
                Failure(.notPermitted, sentence, hint: "An owner can give one in the configuration, under control.roles."))
            return
        }
        if let objection = admission.objection(to: peer.user, descriptor: socket.number) {
            return turnAway(socket, Failure(.busy, objection))
        }
        let client = Client(
            tag: nextTag(), socket: socket, peer: peer, name: name, role: role, since: now,
            sinceWall: setting.world.wall())
        do throws(SystemError) {
            try poller.watch(socket.number, for: .readable, tag: client.tag)
        } catch {
            return turnAway(socket, Failure(.busy, "The daemon cannot watch another connection. \(error.description)."))
        }
        admission.enter(peer.user)
        clients[client.tag] = client
        setting.board.count { $0.accepted += 1 }
        setting.board.pin(client.tag, client.report, since: now)
    }

    /// One readable line, then the end. What has been sent already is read, so that the line is not lost to a reset.
    private func turnAway(_ socket: Descriptor, _ failure: Failure) {
        setting.board.count { $0.refused += 1 }
        _ = ReplyLine.failure(failure, id: .null).withUnsafeBytes(socket.write)
        socket.finishWriting()
        _ = room.withUnsafeMutableBytes(socket.read)
    }

    func noteRefusal(_ person: Asker.Operator, _ method: String, _ sentence: String, _ now: MonotonicTime) {
        guard let skipped = budget.spend(person.user, now: now) else { return }
        let more = skipped > 0 ? " (\(skipped) more before it were not written down)" : ""
        setting.desk.noteRefusal(person, method: method, sentence: sentence + more)
    }

    // MARK: - Hearing

    func attend(_ client: Client, _ readiness: Readiness, _ now: MonotonicTime) {
        let isCutOff = !readiness.isDisjoint(with: .hungUp)
        if readiness.contains(.readable) || isCutOff { hear(client, untilEnd: isCutOff, now) }
        if isCutOff {
            client.isDeaf = true
            client.hasEnded = true
            client.queue.abandonAll()
            poller.forget(client.socket.number)
        }
        serve(client, now)
    }

    private func hear(_ client: Client, untilEnd: Bool, _ now: MonotonicTime) {
        repeat {
            switch room.withUnsafeMutableBytes(client.socket.read) {
            case .moved(let count):
                client.received += Int64(count)
                if client.closing != nil {
                    client.discarded += count
                } else {
                    client.reader.take(room[0..<count], now: now)
                }
            case .wouldBlock: return
            case .ended, .failed:
                client.hasEnded = true
                return
            }
        } while untilEnd && client.reader.size <= 2 * LineReader.longest && client.discarded <= Self.mostDiscarded
    }

    // MARK: - Serving

    /// Does for a client whatever can be done now: take requests, hand over changes, write, or hang up.
    func serve(_ client: Client, _ now: MonotonicTime) {
        guard clients[client.tag] === client else { return }
        takeRequests(client, now)
        handOver(client, now)
        write(client, now)
        judge(client, now)
        guard clients[client.tag] === client else { return }
        if isOver(client, now) { return close(client, now) }
        watch(client)
        remind(client, now)
        setting.board.pin(client.tag, client.report, since: client.since)
    }

    private func takeRequests(_ client: Client, _ now: MonotonicTime) {
        var taken = 0
        while client.isFree(setting.limits) {
            if taken == Self.linesAtOnce {
                if client.reader.hasLine { unfinished.insert(client.tag) }
                return
            }
            guard let framed = client.reader.next(now: now) else { break }
            taken += 1
            switch framed {
            case .line(let line): handle(line, from: client, now)
            case .endless:
                let failure = Failure(.invalidRequest, "A line has at most \(LineReader.longest) bytes; this one goes on.")
                dismiss(client, with: ReplyLine.failure(failure, id: .null), now)
            }
        }
        if client.hasEnded && client.closing == nil && !client.reader.hasLine && !client.reader.isEmpty {
            explainLastLine(client, now)
        }
    }

    private func explainLastLine(_ client: Client, _ now: MonotonicTime) {
        client.reader = LineReader()
        let failure = Failure(
            .invalidRequest, "The last line does not end with a line feed, so it was not run.",
            hint: "End every request with \\n.")
        client.say(ReplyLine.failure(failure, id: .null), now: now)
    }

    private func write(_ client: Client, _ now: MonotonicTime) {
        guard !client.isDeaf else { return client.queue.abandonAll() }
        guard let count = client.queue.flush(now: now, client.socket.write) else {
            client.isDeaf = true
            return client.queue.abandonAll()
        }
        client.sent += Int64(count)
        if client.closing != nil && client.queue.isEmpty && !client.hasFinished {
            client.hasFinished = true
            client.socket.finishWriting()
        }
    }

    /// Who reads too slowly is told less, then nothing.
    private func judge(_ client: Client, _ now: MonotonicTime) {
        guard client.closing == nil else { return }
        // While we do not listen, nobody can be late.
        if !client.isFree(setting.limits) { client.reader.waitAgain(now) }
        if let since = client.reader.waitingSince, !client.hasEnded,
            now.milliseconds(since: since) >= LineReader.patience
        {
            let failure = Failure(.timeout, "A line must be complete within \(LineReader.patience / 1000) s.")
            return dismiss(client, with: ReplyLine.failure(failure, id: .null), now)
        }
        switch client.queue.verdict(now: now) {
        case .fine: return
        case .conflate: conflate(client, now)
        case .overflow:
            setting.board.count { $0.overflows += 1 }
            client.queue.abandon()
            dismiss(client, with: ReplyLine.overflow, now)
        }
    }

    // MARK: - Going

    /// Says a last line; the connection is closed once it is read, or soon after.
    func dismiss(_ client: Client, with line: [UInt8], _ now: MonotonicTime) {
        guard client.closing == nil else { return }
        client.say(line, now: now)
        client.closing = now.adding(milliseconds: Self.lastWords)
        client.reader = LineReader()
        unsubscribeAll(client, now)
        serve(client, now)
    }

    private func isOver(_ client: Client, _ now: MonotonicTime) -> Bool {
        guard let closing = client.closing else { return client.isDone }
        return now >= closing || client.hasEnded && client.queue.isEmpty || client.discarded > Self.mostDiscarded
    }

    private func close(_ client: Client, _ now: MonotonicTime) {
        guard clients[client.tag] === client else { return }
        unsubscribeAll(client, now)
        poller.forget(client.socket.number)
        client.socket.finishWriting()
        clients[client.tag] = nil
        if client.isConsole { setting.desk.noteDeparture(client.person()) }
        admission.leave(client.peer.user)
        setting.board.remove(client.tag)
    }

    private func watch(_ client: Client) {
        guard !client.isDeaf else { return }
        var wanted: Readiness = []
        let listens = client.closing != nil || client.isFree(setting.limits) && !client.reader.hasLine
        if listens && !client.hasEnded { wanted.insert(.readable) }
        if !client.queue.isEmpty { wanted.insert(.writable) }
        guard wanted != client.watched else { return }
        client.watched = wanted
        poller.change(client.socket.number, to: wanted, tag: client.tag)
    }

    private func remind(_ client: Client, _ now: MonotonicTime) {
        if let closing = client.closing { return remind(at: closing) }
        if client.isDeaf { return }
        if client.isFree(setting.limits), !client.hasEnded {
            remind(at: client.reader.waitingSince?.adding(milliseconds: LineReader.patience))
        }
        remind(at: client.queue.deadline)
        for subscription in client.subscriptions.values where subscription.isSettled && client.queue.isRoomy {
            remind(at: subscription.nextTick)
            if subscription.cursor < subscription.feed.ring.seq { remind(at: subscription.nextBatch) }
        }
    }
}
