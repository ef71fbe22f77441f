internal import Kit
internal import Shared

extension Events {
    /// Who is in which voice channel, so that an event knows who was there when it began.
    static let watchVoice = Listener.event("events.voice", .voice, order: 200) { turn, event in
        guard case .voice(let state) = event, !state.isBot else { return }
        let before = try whereabouts(of: state.member, in: state.guild, turn)
        guard before != state.channel else { return }
        try seat(state.member, in: state.channel, of: state.guild, turn)
        for one in try OccurrenceRows.running(in: state.guild, turn.store) {
            guard let voice = try MeetingRows.find(one.meeting, in: turn.store)?.voice else { continue }
            if voice == before { try leave(state.member, one, at: turn.now, turn) }
            if voice == state.channel { try enter(state.member, one, at: turn.now, turn) }
        }
    }

    /// When a guild comes into view, its voice channels are as Discord shows them. Time that nobody watched does not count.
    static let seeVoice = Listener.event("events.voice.seen", .guilds, order: 200) { turn, event in
        guard case .guildSeen(let seen) = event else { return }
        let guild = seen.profile.id
        try turn.store.run("DELETE FROM events_presence WHERE guild = \(guild)")
        let present = seen.voice.filter { !$0.isBot && $0.channel != nil }
        for state in present { try seat(state.member, in: state.channel, of: guild, turn) }
        for one in try OccurrenceRows.running(in: guild, turn.store) {
            guard let voice = try MeetingRows.find(one.meeting, in: turn.store)?.voice else { continue }
            let lastSeen = try turn.inside(guild).gaps(since: one.starts).first?.began ?? turn.now
            for member in try inVoice(one, turn) { try leave(member, one, at: lastSeen, turn) }
            for state in present where state.channel == voice { try enter(state.member, one, at: turn.now, turn) }
        }
    }

    static func watchThosePresent(in voice: ID<Channel>, _ one: Occurrence, _ turn: Turn) throws {
        let here = try turn.store.all(
            "SELECT member FROM events_presence WHERE guild = \(one.guild) AND channel = \(voice)"
        ) { $0.id(0, Member.self) }
        for case let member? in here { try enter(member, one, at: turn.now + turn.late, turn) }
    }

    /// Everybody leaves; answers how much of the event nobody watched.
    static func stopWatching(_ one: Occurrence, _ turn: Turn) throws -> Duration {
        for member in try inVoice(one, turn) { try leave(member, one, at: min(one.ends, turn.now + turn.late), turn) }
        let gaps = try turn.inside(one.guild).gaps(since: one.starts)
        return gaps.reduce(.zero) { sum, gap in
            let (from, to) = (max(gap.began, one.starts), min(gap.ended ?? one.ends, one.ends))
            return to > from ? sum + (to - from) : sum
        }
    }

    private static func whereabouts(of member: ID<Member>, in guild: ID<Guild>, _ turn: Turn) throws -> ID<Channel>? {
        try turn.store.first("SELECT channel FROM events_presence WHERE guild = \(guild) AND member = \(member)") {
            $0.id(0)
        } ?? nil
    }

    private static func seat(
        _ member: ID<Member>, in channel: ID<Channel>?, of guild: ID<Guild>, _ turn: Turn
    ) throws {
        guard let channel else {
            try turn.store.run("DELETE FROM events_presence WHERE guild = \(guild) AND member = \(member)")
            return
        }
        try turn.store.run(
            """
            INSERT INTO events_presence (guild, member, channel) VALUES (\(guild), \(member), \(channel))
            ON CONFLICT (guild, member) DO UPDATE SET channel = excluded.channel
            """)
    }

    private static func inVoice(_ one: Occurrence, _ turn: Turn) throws -> [ID<Member>] {
        try turn.store.all(
            """
            SELECT member FROM events_attendance
            WHERE meeting = \(one.meeting) AND at = \(one.at) AND since IS NOT NULL ORDER BY member
            """
        ) { $0.id(0) }.compactMap(\.self)
    }

    private static func enter(_ member: ID<Member>, _ one: Occurrence, at now: Instant, _ turn: Turn) throws {
        guard try !turn.declines(member, .counting) else { return }
        try turn.store.run(
            """
            INSERT INTO events_attendance (meeting, guild, at, member, starts, held, since, expected, came)
            VALUES (\(one.meeting), \(one.guild), \(one.at), \(member), \(one.starts), 0, \(now), 0, 0)
            ON CONFLICT (meeting, at, member) DO UPDATE SET since = excluded.since
            """)
    }

    private static func leave(_ member: ID<Member>, _ one: Occurrence, at now: Instant, _ turn: Turn) throws {
        try turn.store.run(
            """
            UPDATE events_attendance SET held = held + CASE WHEN \(now) > since THEN \(now) - since ELSE 0 END, since = NULL
            WHERE meeting = \(one.meeting) AND at = \(one.at) AND member = \(member) AND since IS NOT NULL
            """)
    }
}
