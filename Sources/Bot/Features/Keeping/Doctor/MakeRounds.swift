internal import Kit
internal import Shared

extension Doctor {
    /// Looks everywhere by itself, remembers since when something is wrong, and tells staff of what is new and bad, once.
    static let round = Routine("doctor.round", every: 15.minutes) { turn in
        for guild in turn.house.directory.guilds() {
            let local = turn.inside(guild.id)
            let found = try here(local)
            let known = Set(try turn.store.all("SELECT key FROM doctor_findings WHERE guild = \(guild.id)") { $0.text(0) })
            let news = found.filter { !known.contains($0.finding.key) }
            for key in known where !found.contains(where: { $0.finding.key == key }) {
                try turn.store.run("DELETE FROM doctor_findings WHERE guild = \(guild.id) AND key = \(key)")
            }
            for one in news.map(\.finding) {
                try turn.store.run(
                    """
                    INSERT INTO doctor_findings (guild, key, state, what, fix, since)
                    VALUES (\(guild.id), \(one.key), \(one.state.rawValue), \(one.what), \(one.fix), \(turn.now))
                    """)
            }
            let bad = news.filter { $0.finding.state == .bad }
            if let place = local[channel], !bad.isEmpty {
                turn.emit(.post(channel: .known(place), Post(DoctorText.findings(bad, local))))
            }
        }
    }
}
