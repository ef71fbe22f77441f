internal import Kit
internal import Machine
internal import Shared

extension ControlLoop {
    /// `sub.open`: the answer comes with the first look, since only then it is known whether the panel can be shown.
    func open(_ params: VerbParams, _ id: JSON, _ client: Client, _ now: MonotonicTime) throws(Failure) {
        let panel = try introspection.panel(try params.required("topic"))
        try check(panel.access, for: panel.topic, client, now)
        guard client.subscriptions.count < setting.limits.subscriptions else {
            throw Failure(
                .busy, "A client watches \(setting.limits.subscriptions) tables at most.", hint: "Close one with sub.close.")
        }
        let choice = try RowChoice(
            filter: try params.text("filter"), sort: try params.text("sort"),
            limit: try params.whole("limit", in: 1...Watching.mostRows) ?? Watching.mostRows, of: panel)
        let rate = try params.decimal("rate_hz", in: Watching.rates) ?? Watching.usualRate
        let from = try Self.bookmark(params["from"])
        let feed = try feed(panel, try Self.look(panel, params["params"], client), choice, client, now)
        let number = client.nextSubscription()
        let pace = Int((1000 / rate).rounded())
        client.subscriptions[number] = Subscription(
            feed: feed, pace: pace, stage: .opening(id: id, from: from), nextBatch: now, nextTick: now)
        client.inFlight += 1
        let isFresh = feed.isFresh
        feed.enter(Feed.Watcher(client: client.tag, subscription: number), pace: pace)
        watchTables()
        if isFresh { settle(number, of: client, now) } else if !feed.isLooking { look(feed, now) }
    }

    private static func look(_ panel: Panel, _ params: JSON?, _ client: Client) throws(Failure) -> Look {
        guard let own = (params ?? .object(JSON.Object())).object else {
            throw .invalid("params is an object of names and values.", field: "params")
        }
        let envelope = try Envelope(splitting: own, beside: panel.parameters)
        let names = panel.parameters.map(\.name)
        for name in own.keys where name != "guild" && !names.contains(name) {
            throw Envelope.unknown(name, among: names + ["guild"])
        }
        if panel.scope == .guild && envelope.guild == nil && !names.contains("guild") {
            throw .invalid("\(panel.topic) shows a server.", field: "guild", hint: "Name one with `guild` in params.")
        }
        return Look(panel, params: envelope.own, guild: envelope.guild, person: client.person())
    }

    private static func bookmark(_ from: JSON?) throws(Failure) -> Subscription.Bookmark? {
        guard let from else { return nil }
        guard let epoch = from["epoch"]?.text, let seq = from["seq"]?.int, seq >= 0 else {
            throw .invalid(
                "from names the epoch and seq of a line that was seen.", field: "from",
                hint: "Such as {\"epoch\":\"…\",\"seq\":12}; leave it out to begin with a snapshot.")
        }
        return Subscription.Bookmark(epoch: epoch, seq: seq)
    }

    private func feed(
        _ panel: Panel, _ look: Look, _ choice: RowChoice, _ client: Client, _ now: MonotonicTime
    ) throws(Failure) -> Feed {
        let sorted = look.params.members.sorted { $0.key < $1.key }
        let key = FeedKey(
            topic: panel.topic, params: JSON.object(JSON.Object(sorted)).line, guild: look.guild, choice: choice,
            role: client.role)
        if let feed = feeds[key] { return feed }
        if feeds.count >= setting.limits.feeds { forgetIdleFeeds(keeping: 0, now) }
        guard feeds.count < setting.limits.feeds else {
            throw Failure(.busy, "\(feeds.count) different tables are watched, which is all there may be.", hint: "Close some.")
        }
        lastFeed += 1
        let feed = Feed(number: lastFeed, key: key, look: look, epoch: setting.desk.facts.epoch)
        feeds[key] = feed
        feedsByNumber[lastFeed] = feed
        return feed
    }

    // MARK: - Closing

    func close(_ params: VerbParams, _ client: Client, _ now: MonotonicTime) throws(Failure) -> JSON {
        let name = try params.required("sub")
        guard let number = Int(name), client.subscriptions[number] != nil else {
            throw Failure(.notFound, "You have no subscription \"\(name)\".", field: "sub")
        }
        unsubscribe(number, of: client, now)
        return ["sub": WatchLine.name(number)]
    }

    func unsubscribe(_ number: Int, of client: Client, _ now: MonotonicTime) {
        guard let subscription = client.subscriptions.removeValue(forKey: number) else { return }
        _ = client.queue.drop({ $0 == number }, now: now)
        if case .opening(let id, _) = subscription.stage {
            client.inFlight -= 1
            client.say(ReplyLine.failure(Failure(.conflict, "The subscription was closed while it opened."), id: id), now: now)
        }
        let feed = subscription.feed
        feed.leave(Feed.Watcher(client: client.tag, subscription: number), now: now)
        watchTables()
        guard feed.watchers.isEmpty else { return }
        if feed.rows == nil { forget(feed) } else { forgetIdleFeeds(keeping: Watching.mostIdle, now) }
        remind(at: now.adding(milliseconds: Watching.memory))
    }

    func unsubscribeAll(_ client: Client, _ now: MonotonicTime) {
        for number in client.subscriptions.keys.sorted() { unsubscribe(number, of: client, now) }
    }

    // MARK: - Feeds

    func forget(_ feed: Feed) {
        feeds[feed.key] = nil
        feedsByNumber[feed.number] = nil
    }

    /// Those that nobody watches, the longest left first.
    private func forgetIdleFeeds(keeping count: Int, _ now: MonotonicTime) {
        let idle = feeds.values.filter { $0.watchers.isEmpty }.sorted { ($0.idleSince ?? now) < ($1.idleSince ?? now) }
        for feed in idle.dropLast(count) { forget(feed) }
    }

    private func watchTables() {
        commits.watch(feeds.values.reduce(into: []) { if !$1.watchers.isEmpty { $0.formUnion($1.panel.tables) } })
    }
}
