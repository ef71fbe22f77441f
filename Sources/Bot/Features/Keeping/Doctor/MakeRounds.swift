internal import Kit
internal import Shared

extension Doctor {
    /// Looks everywhere by itself: a turn for each server, so that many of them hold nothing up.
    static let round: Routine = Routine("doctor.round", every: 15.minutes) { turn in
        for guild in turn.house.directory.guilds() where turn.house.isOn(feature, guild.id) {
            try turn.schedule(visit, key: guild.id.description, guild.id, at: turn.now + turn.late)
        }
    }

    /// Roles, channels and rights have changed: what follows from that is known some seconds later, once for many changes.
    static let lookAgain = Listener.event("doctor.changes", .channels, order: 900) { turn, event in
        if let guild = event.guild { try comeBy(guild, turn) }
    }

    /// At the start, when Discord tells what there is, and when a server is joined.
    static let lookAtNewServers = Listener.event("doctor.servers", .guilds, order: 900) { turn, event in
        switch event {
        case .guildSeen(let seen): try comeBy(seen.profile.id, turn)
        default: break
        }
    }

    static let lookAfterCommands = Listener.news("doctor.commands", CommandDone.self, order: 900) { turn, done in
        guard done.access > .everyone else { return }
        try comeBy(done.guild, turn)
    }

    /// Changes that come together are looked at together, and those that never end at the next round.
    private static let calm = 5.seconds

    private static func comeBy(_ guild: ID<Guild>, _ turn: Turn) throws {
        try turn.schedule(visit, key: guild.description, guild, at: turn.now + turn.late + calm)
    }

    /// Remembers since when something is wrong in a server, and tells staff of what is new and bad, once.
    static let visit: Job<ID<Guild>> = Job("doctor.visit", late: .once) { turn, guild in
        let local = turn.inside(guild)
        let found = try here(local)
        let known = Set(try turn.store.all("SELECT key FROM doctor_findings WHERE guild = \(guild)") { $0.text(0) })
        let news = found.filter { !known.contains($0.finding.key) }
        for key in known where !found.contains(where: { $0.finding.key == key }) {
            try turn.store.run("DELETE FROM doctor_findings WHERE guild = \(guild) AND key = \(key)")
        }
        for one in news.map(\.finding) {
            try turn.store.run(
                """
                INSERT INTO doctor_findings (guild, key, state, what, fix, since)
                VALUES (\(guild), \(one.key), \(one.state.rawValue), \(one.what), \(one.fix), \(turn.now))
                ON CONFLICT DO NOTHING
                """)
        }
        let bad = news.filter { $0.finding.state == .bad }
        guard let place = local[channel], !bad.isEmpty else { return }
        turn.emit(.post(channel: .known(place), Post(DoctorText.findings(bad, local))))
    }
}
