internal import Kit
internal import Machine
internal import Shared

/// What watchers are told, and when panels run.
extension ControlLoop {
    // MARK: - Running panels

    func look(_ feed: Feed, _ now: MonotonicTime) {
        feed.beginLook(now: now)
        setting.desk.look(feed.look) { [slot, number = feed.number] in slot.put(.looked(feed: number, $0)) }
    }

    func noteCommits(_ now: MonotonicTime) {
        let touched = commits.take()
        for feed in feeds.values where !feed.panel.tables.isDisjoint(with: touched) {
            feed.isDirty = true
            lookIfDue(feed, now)
        }
    }

    private func lookIfDue(_ feed: Feed, _ now: MonotonicTime) {
        guard let due = feed.due(now: now) else { return }
        if due <= now { look(feed, now) } else { remind(at: due) }
    }

    func tendFeeds(_ now: MonotonicTime) {
        for feed in Array(feeds.values) {
            if let idle = feed.idleSince {
                let end = idle.adding(milliseconds: Watching.memory)
                if end <= now { forget(feed) } else { remind(at: end) }
            } else {
                lookIfDue(feed, now)
            }
        }
    }

    func takeLook(_ number: Int, _ result: Result<[Panel.Line], Refusal>, _ now: MonotonicTime) {
        guard let feed = feedsByNumber[number] else { return }
        feed.endLook()
        switch result {
        case .success(let lines):
            let tooLong = feed.take(lines)
            if !tooLong.isEmpty {
                setting.log(.warn, "\(feed.panel.topic) has rows too long to be sent: \(tooLong.joined(separator: ", ")).")
            }
        case .failure(let refusal):
            setting.log(.info, "\(feed.panel.topic) cannot be shown. \(refusal.sentence)")
        }
        for watcher in feed.watchers.keys {
            guard let client = clients[watcher.client] else { continue }
            switch result {
            case .success: settle(watcher.subscription, of: client, now)
            case .failure(let refusal): refuse(watcher.subscription, of: client, refusal, now)
            }
            serve(client, now)
        }
        lookIfDue(feed, now)
    }

    // MARK: - Opening

    /// Answers `sub.open` and says where the lines begin: after a bookmark, or with a snapshot.
    func settle(_ number: Int, of client: Client, _ now: MonotonicTime) {
        guard var subscription = client.subscriptions[number], case .opening(let id, let from) = subscription.stage,
            let rows = subscription.feed.rows
        else { return }
        let feed = subscription.feed
        client.inFlight -= 1
        let result: JSON = [
            "sub": WatchLine.name(number), "topic": .string(feed.panel.topic), "columns": feed.panel.columnsJSON,
        ]
        client.say(ReplyLine.result(result, id: id), now: now)
        if let from, from.epoch == feed.ring.epoch, feed.ring.changes(after: from.seq) != nil {
            subscription.stage = .live
            subscription.cursor = from.seq
        } else {
            if from != nil { client.say(WatchLine.gone(number), of: number, now: now) }
            subscription.stage = .snapshot(rows: rows, next: 0, seq: feed.ring.seq)
        }
        client.subscriptions[number] = subscription
    }

    /// Who is watching already keeps what there is; who only wants to is told why not.
    private func refuse(_ number: Int, of client: Client, _ refusal: Refusal, _ now: MonotonicTime) {
        guard var subscription = client.subscriptions[number], case .opening(let id, _) = subscription.stage else { return }
        client.inFlight -= 1
        client.say(ReplyLine.failure(Failure(refusal), id: id), now: now)
        subscription.stage = .live
        client.subscriptions[number] = subscription
        unsubscribe(number, of: client, now)
    }

    // MARK: - Handing over

    /// Gives each subscription what it lacks, as long as the client's queue has room.
    func handOver(_ client: Client, _ now: MonotonicTime) {
        guard client.closing == nil, !client.isDeaf else { return }
        for number in client.subscriptions.keys.sorted() {
            guard client.queue.isRoomy, var subscription = client.subscriptions[number] else { return }
            handOver(&subscription, number, client, now)
            client.subscriptions[number] = subscription
        }
    }

    private func handOver(_ subscription: inout Subscription, _ number: Int, _ client: Client, _ now: MonotonicTime) {
        if case .behind(let reason, let dropped) = subscription.stage {
            setting.board.count { $0.resyncs += 1 }
            client.say(WatchLine.resync(reason, dropped: dropped, of: number), of: number, now: now)
            subscription.stage = .snapshot(
                rows: subscription.feed.rows ?? [], next: 0, seq: subscription.feed.ring.seq)
        }
        if case .snapshot = subscription.stage { handOverSnapshot(&subscription, number, client, now) }
        if case .live = subscription.stage { handOverChanges(&subscription, number, client, now) }
    }

    private func handOverSnapshot(_ subscription: inout Subscription, _ number: Int, _ client: Client, _ now: MonotonicTime) {
        guard case .snapshot(let rows, var next, let seq) = subscription.stage else { return }
        while next < rows.count && client.queue.isRoomy {
            client.say(WatchLine.snapshot(rows[next], at: next, of: number), of: number, now: now)
            next += 1
        }
        guard next == rows.count else {
            subscription.stage = .snapshot(rows: rows, next: next, seq: seq)
            return
        }
        client.say(WatchLine.live(subscription.feed.ring.epoch, seq, of: number), of: number, now: now)
        subscription.stage = .live
        subscription.cursor = seq
        subscription.nextTick = now.adding(milliseconds: Watching.tick)
    }

    private func handOverChanges(_ subscription: inout Subscription, _ number: Int, _ client: Client, _ now: MonotonicTime) {
        let ring = subscription.feed.ring
        if subscription.cursor < ring.seq && subscription.nextBatch <= now {
            guard let changes = ring.changes(after: subscription.cursor) else {
                subscription.stage = .behind(reason: "too far behind", dropped: ring.seq - subscription.cursor)
                return handOver(&subscription, number, client, now)
            }
            for change in changes where client.queue.isRoomy {
                client.say(WatchLine.change(change, of: number), of: number, now: now)
                subscription.cursor += 1
            }
            if subscription.cursor == ring.seq { subscription.nextBatch = now.adding(milliseconds: subscription.pace) }
        }
        if subscription.nextTick <= now && client.queue.isRoomy {
            client.say(WatchLine.tick(ring.epoch, subscription.cursor, of: number), of: number, now: now)
            subscription.nextTick = now.adding(milliseconds: Watching.tick)
        }
    }

    /// A slow reader's changes are thrown away; the newest rows come once there is room again.
    func conflate(_ client: Client, _ now: MonotonicTime) {
        let live = Set(client.subscriptions.filter { $0.value.isSettled }.keys)
        let dropped = client.queue.drop(live.contains, now: now)
        for number in live {
            guard var subscription = client.subscriptions[number] else { continue }
            let left = Int64(dropped[number] ?? 0) + subscription.feed.ring.seq - subscription.cursor
            if left == 0 { continue }
            subscription.stage = .behind(reason: "you read too slowly", dropped: left)
            client.subscriptions[number] = subscription
        }
    }
}
