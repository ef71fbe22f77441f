internal import Kit
internal import Shared

extension Activity {
    /// Minutes in voice, where a guild pays for them: muted, alone and AFK count only where a setting says so. Time is settled
    /// whenever somebody in the channel moves, and every minute, so that a crash costs a minute at most.
    static let countVoice = Listener.event("activity.voice", .voice, order: 0) { turn, event in
        guard case .voice(let state) = event, !state.isBot else { return }
        let before =
            try turn.store.first(
                "SELECT channel FROM activity_voice WHERE guild = \(state.guild) AND member = \(state.member)"
            ) { $0.id(0, Channel.self) } ?? nil
        for channel in Set([before, state.channel].compactMap(\.self)) { try settle(channel, state.guild, at: turn.now, turn) }
        try place(state, at: turn.now, turn)
    }

    /// When a guild comes into view, its voice channels are as Discord shows them; who is gone has left some time before.
    static let seeVoice = Listener.event("activity.voice.seen", .guilds, order: 0) { turn, event in
        guard case .guildSeen(let seen) = event else { return }
        let present = seen.voice.filter { !$0.isBot && $0.channel != nil }
        let known = try turn.store.all("SELECT member FROM activity_voice WHERE guild = \(seen.profile.id)") {
            $0.id(0, Member.self)
        }
        for case let member? in known where !present.contains(where: { $0.member == member }) {
            try turn.store.run("DELETE FROM activity_voice WHERE guild = \(seen.profile.id) AND member = \(member)")
        }
        for state in present { try place(state, at: turn.now, turn) }
    }

    static let settleVoice = Routine("activity.settle_voice", every: 1.minutes) { turn in
        let channels = try turn.store.all("SELECT DISTINCT guild, channel FROM activity_voice") {
            ($0.id(0, Guild.self), $0.id(1, Channel.self))
        }
        for case (let guild?, let channel?) in channels { try settle(channel, guild, at: turn.now + turn.late, turn) }
    }

    /// Time is settled every minute; a longer stretch means that nobody was watching, and what cannot be known is not paid.
    private static let longestUnwatched = 5.minutes

    private static func place(_ state: VoiceState, at now: Instant, _ turn: Turn) throws {
        guard let channel = state.channel else {
            try turn.store.run("DELETE FROM activity_voice WHERE guild = \(state.guild) AND member = \(state.member)")
            return
        }
        try turn.store.run(
            """
            INSERT INTO activity_voice (guild, member, channel, quiet, counted)
            VALUES (\(state.guild), \(state.member), \(channel), \(state.isMuted || state.isDeaf), \(now))
            ON CONFLICT (guild, member) DO UPDATE SET channel = excluded.channel, quiet = excluded.quiet,
                counted = excluded.counted
            """)
    }

    /// Pays everybody in a channel for the time since it was last settled, by who was there in that time.
    private static func settle(_ channel: ID<Channel>, _ guild: ID<Guild>, at now: Instant, _ turn: Turn) throws {
        let here = try turn.store.all(
            "SELECT member, quiet, counted FROM activity_voice WHERE guild = \(guild) AND channel = \(channel)"
        ) {
            (member: $0.id(0, Member.self), isQuiet: $0.flag(1), since: $0.instant(2))
        }
        try turn.store.run("UPDATE activity_voice SET counted = \(now) WHERE guild = \(guild) AND channel = \(channel)")
        let local = turn.inside(guild)
        let rules = local.activityRules
        guard rules.voice > 0, local.value(of: counts, channel: channel) else { return }
        guard here.count > 1 || local[voiceAlone] else { return }
        if turn.house.directory.guild(guild)?.afkChannel == channel, !local[voiceAFK] { return }
        for case let (member?, isQuiet, since) in here where now > since && (!isQuiet || local[voiceMuted]) {
            if rules.uncounted.covers(member, in: channel, at: now) { continue }
            try pay(member, min(now - since, longestUnwatched).milliseconds, channel, guild, at: now, rules, turn)
        }
    }

    private static func pay(
        _ member: ID<Member>, _ spent: Int64, _ channel: ID<Channel>, _ guild: ID<Guild>, at now: Instant,
        _ rules: ActivityRules,
        _ turn: Turn
    ) throws {
        let book = turn.hot(ActivityBook.self)
        let day = rules.zone.day(of: now)
        let person = ActivityBook.Person(guild: guild.number, member: member.number)
        let seat = try book.seat(person, on: day, from: turn.store)
        var tally = Tally()
        tally.voice = spent
        tally.points = spent * rules.voice / 60_000
        tally.voicePoints = tally.points
        let before = seat.standing.points
        book.owe()
        book.addHour(
            tally, of: person, at: now.milliseconds, isFirst: seat.standing.lastAt / 3_600_000 < now.milliseconds / 3_600_000)
        try book.add(tally, to: seat, on: day, in: channel.number, turn.store)
        book.change(seat, rules.decay) { standing in
            standing.add(points: tally.points, on: day, decay: rules.decay)
            standing.beActive(on: day, window: rules.window)
            standing.momentum.add(Double(tally.points), at: now.milliseconds, rules.momentum)
            standing.lastAt = max(standing.lastAt, now.milliseconds)
        }
        turn.announce(
            PointsChanged(
                guild: guild, member: member, channel: channel, day: day, before: before, after: seat.standing.points))
    }
}
