internal import Kit
internal import Shared

extension Levels {
    /// Whoever passes the points of a level has reached it, in the transaction that counted them. Each level is told once, also
    /// when points are taken back and earned again.
    static let hearPoints = Listener.news("levels.points", PointsChanged.self) { turn, story in
        guard story.after > story.before else { return }
        // At each message: no turn is made where this one looks at the server already.
        let local = turn.guild == story.guild ? turn : turn.inside(story.guild)
        let curve = local.levelCurve
        let start = turn.hot(FreshStarts.self).start(of: story.member, in: story.guild)
        let level = curve.level(at: story.after - start)
        guard level > curve.level(at: story.before - start) else { return }
        let told = try turn.store.first(
            "SELECT level FROM levels_told WHERE guild = \(story.guild) AND member = \(story.member)"
        ) { $0.int(0) }
        guard level > told ?? 0 else { return }
        try turn.store.run(
            """
            INSERT INTO levels_told (guild, member, level, at) VALUES (\(story.guild), \(story.member), \(level), \(turn.now))
            ON CONFLICT (guild, member) DO UPDATE SET level = excluded.level, at = excluded.at
            """)
        turn.announce(LevelReached(guild: story.guild, member: story.member, level: level, channel: story.channel))
        if !story.isPast { try tell(level, story, local, on: turn) }
    }

    /// Quietly: nobody is pinged, and nowhere is said anything unless a setting says where.
    private static func tell(_ level: Int, _ story: PointsChanged, _ local: Turn, on turn: Turn) throws {
        let place: ID<Channel>? =
            switch local[telling] {
            case .nowhere: nil
            case .here: story.channel
            case .channel: local[tellingChannel]
            }
        guard let place, local.whyNotPost(in: place) == nil, try !local.declines(story.member, .pings) else { return }
        let server = turn.house.directory.guild(story.guild)?.name ?? ""
        let words = local[text].filled([
            "member": "\(story.member)", "level": "\(level)", "points": "\(points: story.after)", "server": "\(server)",
        ])
        turn.emit(.post(channel: .known(place), Post(Card(text: words))))
    }

    /// A new curve asks anew which levels were reached: what was told on the old one says nothing.
    static let hearSettings = Listener.news("levels.settings", SettingChanged.self) { turn, change in
        guard [preset.name, own.name, perPoint.name, most.name].contains(change.name) else { return }
        let which: SQL = change.place.map { "WHERE guild = \($0)" } ?? ""
        try turn.store.run("DELETE FROM levels_told \(which)")
    }
}
