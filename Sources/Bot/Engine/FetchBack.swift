internal import Kit
internal import Shared

/// Fetching back what was said while no session stood. It is heard by those that count, at the message's own time, and by
/// nobody who would answer: an answer to something said an hour ago is worse than none.
extension Engine {
    /// Has the next pages fetched. Called whenever something was handled.
    func fetchBack() {
        guard backfill.hasRows, houseVitals.degraded == nil, backfill.flying.count < Backfill.most else { return }
        guard let missed = try? Gaps.next(Backfill.most * 2, in: store),
            let past = missed.count < Backfill.most ? try? PastPages.next(Backfill.most * 16, in: store) : []
        else { return }
        // What was missed comes before what is only old; and the past waits while nobody counts it.
        let heard = past.filter { hearsMissed(in: $0.channel, of: $0.guild) }
        for page in missed + heard where backfill.fly(page.channel) { courier.fetch(page) }
        backfill.hasRows = !(missed.isEmpty && heard.isEmpty)
    }

    func noteGap(_ shard: Int, _ reason: String, _ attempt: Attempt) throws {
        try Gaps.open(shard, reason, newest: attempt.newest[shard] ?? 0, at: clocks.wall(), in: store)
        sessions[shard] = nil
    }

    // MARK: - What is to be fetched

    /// Threads that we know of a guild which is about to be shown again: those that were archived meanwhile are not shown.
    func threadsBefore(_ event: Event) throws -> [ChannelProfile] {
        guard case .guildSeen(let seen) = event, try isAwaited(seen.profile.id) else { return [] }
        return storedDirectory.channels(in: seen.profile.id).filter(\.isThread)
    }

    private func isAwaited(_ guild: ID<Guild>) throws -> Bool {
        if let known = backfill.awaited { return known.contains(guild.number) }
        let awaited = try Gaps.awaitedGuilds(in: store)
        backfill.awaited = awaited
        return awaited.contains(guild.number)
    }

    /// The guild has come into view again: its channels in which something was said since are written down. Answers whether
    /// that is so after a gap.
    func listMissed(_ seen: GuildSeen, and hidden: [ChannelProfile]) throws -> Bool {
        let guild = seen.profile.id
        guard try isAwaited(guild), let wanted = try Gaps.takeGuild(guild, in: store) else { return false }
        backfill.forget()
        let cursor = max(wanted.cursor, seen.joined.map { ID<Message>(firstAt: $0).number } ?? 0)
        let shown = Set(seen.channels.map(\.id))
        var unread = 0
        for channel in seen.channels + hidden.filter({ !shown.contains($0.id) }) where channel.holdsMessages {
            guard channel.lastMessage?.number ?? .max > cursor, hearsMissed(in: channel.id, of: guild) else { continue }
            switch reach(channel) {
            case .readable:
                let until = channel.lastMessage.map { $0.number + 1.minutes.milliseconds << 22 } ?? .max
                try Gaps.want(
                    guild, channel: channel.id.number, shard: wanted.shard, gap: wanted.gap, cursor: cursor, until: until,
                    in: store)
            case .withoutHistory: unread += 1
            case .hidden: break
            }
        }
        try Gaps.count(0, unread: unread, in: wanted.gap, store)
        try Gaps.noteFilled(wanted.shard, at: clocks.wall(), in: store)
        return true
    }

    private enum Reach { case readable, withoutHistory, hidden }

    /// Without the right to read history Discord answers with an empty list, which would look as if nothing had been said.
    private func reach(_ channel: ChannelProfile) -> Reach {
        guard let bot else { return .readable }
        let rights = Rights(directory: storedDirectory).permissions(of: bot, in: channel.guild, channel: channel.id)
        guard rights.contains(.viewChannel), !channel.isVoice || rights.contains(.connect) else { return .hidden }
        return rights.contains(.readMessageHistory) ? .readable : .withoutHistory
    }

    /// Does anybody count what is said here?
    private func hearsMissed(in channel: ID<Channel>, of guild: ID<Guild>) -> Bool {
        let turn = Turn(
            cause: .job("house.fetch_back", key: channel.description, due: clocks.wall()), now: clocks.wall(),
            guild: guild, channel: channel, asker: .job("message"), door: .event, store: store, house: self)
        return ears(of: guild).messages.contains { $0.listener.catchesUp(turn, channel) }
    }

    // MARK: - What was fetched

    func hearMissed(_ message: MessageSeen, isPast: Bool, _ number: Int, _ attempt: inout Attempt) throws {
        try projection.meet(message, in: store)
        let turn = Turn(
            cause: isPast ? .past(message.id) : .missed(message.id), now: message.id.created,
            late: clocks.wall() - message.id.created,
            guild: message.guild, channel: message.channel, asker: .job("message"), door: .event, store: store, house: self)
        for ear in ears(of: message.guild).messages where ear.listener.catchesUp(turn, message.channel) {
            _ = try run(ear, turn, .event(.message(message)), number, &attempt)
        }
        attempt.events += 1
        try finish(turn, number, &attempt)
    }

    /// A page has been heard: the place in the channel moves on, or the channel is done.
    func turn(_ page: MissedPage, _ end: MissedPage.End, _ number: Int, _ attempt: inout Attempt) throws {
        attempt.releases.append { [self] in backfill.landed(page.channel) }
        guard !backfill.isSpoiled(page.channel) else { return }
        if page.before != nil { return try turnPast(page, end, number, &attempt) }
        guard let missing = try Gaps.row(of: page, in: store) else { return }
        switch end {
        case .read(let newest?, let count) where count >= MissedPage.size && newest.number < missing.until:
            try Gaps.count(count, in: missing.gap, store)
            return try Gaps.advance(missing, to: newest, in: store)
        case .read(_, let count): try Gaps.count(count, in: missing.gap, store)
        case .refused(let reason):
            log(EngineNote(.warning, "engine", "a channel cannot be read back: \(reason)", ["channel": "\(page.channel)"]))
            try Gaps.count(0, unread: 1, in: missing.gap, store)
        }
        try Gaps.finish(missing, in: store)
        try noteHeard(missing, number, &attempt)
        if let shard = try Gaps.shard(of: missing.gap, in: store) {
            try Gaps.noteFilled(shard, at: clocks.wall(), in: store)
        }
    }

    /// Tells the guild's features when nothing more is to come of this gap.
    private func noteHeard(_ missing: Gaps.Missing, _ number: Int, _ attempt: inout Attempt) throws {
        let guild = missing.page.guild
        guard try Gaps.isFilled(guild, upTo: missing.gap, in: store) else { return }
        let turn = Turn(
            cause: .job("house.fetch_back", key: "\(missing.gap).\(guild)", due: clocks.wall()), now: clocks.wall(),
            guild: guild, asker: .job("message"), door: .event, store: store, house: self)
        turn.announce(MissedMessagesHeard(guild: guild, since: try Gaps.beginning(of: missing.gap, in: store)))
        try finish(turn, number, &attempt)
    }

    // MARK: - The past

    /// As `turn`, of a channel's past. When nothing of its guild's is left, the features are told, and the list of members is asked
    /// for: who only spoke in the past may have left long ago.
    private func turnPast(_ page: MissedPage, _ end: MissedPage.End, _ number: Int, _ attempt: inout Attempt) throws {
        guard let before = page.before, try PastPages.stands(page, in: store) else { return }
        let now = clocks.wall()
        switch end {
        case .read(let newest?, let count) where count >= MissedPage.size && newest < before:
            try PastPages.advance(page, to: newest, count, in: store)
            return try PastPages.noteProgress(page.guild, outcome: nil, at: now, in: store)
        case .read(_, let count): try PastPages.finish(page, count, in: store)
        case .refused(let reason): try PastPages.refuse(page, reason, in: store)
        }
        guard let since = try PastPages.heard(page.guild, in: store) else {
            return try PastPages.noteProgress(page.guild, outcome: nil, at: now, in: store)
        }
        try PastPages.noteProgress(page.guild, outcome: "done", at: now, in: store)
        let turn = Turn(
            cause: .job("house.past", key: "\(page.guild)", due: now), now: now, guild: page.guild, asker: .job("message"),
            door: .event, store: store, house: self)
        turn.announce(MissedMessagesHeard(guild: page.guild, since: since, isPast: true))
        try callRoll(of: page.guild)
        try finish(turn, number, &attempt)
    }
}
