internal import Shared

extension Model {
    private static let guildsFeed = FeedKey("house.guilds")

    /// The tables that the current screen shows, and which servers there are.
    var wantedFeeds: [FeedKey] { shownFeeds.contains(Self.guildsFeed) ? shownFeeds : shownFeeds + [Self.guildsFeed] }

    private var shownFeeds: [FeedKey] {
        switch place {
        case .overview:
            return ["house.overview", "house.guilds", "house.faults", "activity.hours"].map { FeedKey($0) } + [Self.peopleFeed]
        case .leaderboard: return [boardFeed].compactMap { $0 }
        case .panel(let topic): return [panelFeed(topic)].compactMap { $0 }
        }
    }

    var boardFeed: FeedKey? {
        guild.map { FeedKey("activity.leaderboard", ["guild": .string($0), "period": .string(period)]) }
    }

    private func panelFeed(_ topic: String) -> FeedKey? {
        guard let panel = panels.first(where: { $0.topic == topic }) else { return nil }
        var params: [(key: String, value: JSON)] = []
        if panel.scope == .guild {
            guard let guild else { return nil }
            params.append(("guild", .string(guild)))
        }
        for parameter in panel.parameters where parameter.required || choices[topic]?[parameter.name] != nil {
            if let value = value(of: parameter, in: panel) { params.append((parameter.name, value)) }
        }
        return FeedKey(topic, .object(JSON.Object(params)))
    }

    func feed(of place: Place) -> Feed? {
        let key: FeedKey? =
            switch place {
            case .overview: FeedKey("house.guilds")
            case .leaderboard: boardFeed
            case .panel(let topic): panelFeed(topic)
            }
        return key.flatMap { feeds[$0] }
    }

    /// Opens what the screen shows and closes what it does not; what was there is kept for the way back.
    mutating func openWhatIsShown() {
        guard isLive, hello != nil else { return }
        let wanted = wantedFeeds
        for key in wanted where feeds[key]?.subscription == nil && !isOpening(key) { open(key) }
        for (key, feed) in feeds where !wanted.contains(key) {
            guard let subscription = feed.subscription else {
                feeds[key]?.retry()
                continue
            }
            feeds[key]?.lose()
            ask("sub.close", ["sub": .string(subscription)], for: .closed)
        }
        if feeds.count > 12, let old = feeds.keys.first(where: { !wanted.contains($0) }) { feeds[old] = nil }
    }

    private func isOpening(_ key: FeedKey) -> Bool {
        if case .refused? = feeds[key]?.state { return true }
        return pending.values.contains(.open(key))
    }

    private mutating func open(_ key: FeedKey) {
        var feed = feeds[key] ?? Feed()
        if case .refused = feed.state { feed.state = .opening }
        var params: JSON = .fields(["topic": .string(key.topic), "params": key.params])
        if let position = feed.position, case .object(var object) = params {
            object["from"] = ["epoch": .string(position.epoch), "seq": .int(position.seq)]
            params = .object(object)
        }
        feeds[key] = feed
        ask("sub.open", params, for: .open(key))
    }

    /// The bot may come to a server, or hear of one, after it has greeted us.
    private mutating func learnGuilds() {
        let homes = (feeds[Self.guildsFeed]?.rows ?? []).compactMap { row in
            row.value["guild"]?.text.map { Hello.Home(id: $0, name: row.value["name"]?.text ?? $0) }
        }
        guard let known = hello?.guilds, Set(known) != Set(homes) else { return }
        hello?.guilds = homes
        if !homes.contains(where: { $0.id == guild }) { guild = homes.first?.id }
    }

    mutating func hear(_ event: ControlEvent, of subscription: String) {
        guard let key = feeds.first(where: { $0.value.subscription == subscription })?.key else { return }
        guard feeds[key]?.apply(event, now: clock.now) == false else {
            if key == Self.guildsFeed, feeds[key]?.state == .live { learnGuilds() }
            return
        }
        // Something is missing: what we have is shown until the whole has come again.
        feeds[key]?.lose()
        feeds[key]?.forgetPosition()
        ask("sub.close", ["sub": .string(subscription)], for: .closed)
    }
}
