internal import Kit
internal import Shared

extension Topics {
    /// Once a day: what one person alone said, what is a name, and what is old is forgotten, and so are the salts of past days.
    static let sweep = Routine("topics.sweep", every: 1.days) { turn in
        let guilds = try turn.store.all("SELECT DISTINCT guild FROM topics_days UNION SELECT guild FROM topics_salts") {
            $0.id(0, Guild.self)
        }
        for case let guild? in guilds {
            let here = turn.inside(guild)
            let today = here.zone.day(of: turn.now)
            let oldest = here.zone.day(of: turn.now - here[keep])
            try turn.store.run("DELETE FROM topics_salts WHERE guild = \(guild) AND day < \(today)")
            try turn.store.run("DELETE FROM topics_words WHERE guild = \(guild) AND day < \(oldest)")
            try turn.store.run("DELETE FROM topics_days WHERE guild = \(guild) AND day < \(oldest)")
            // One bit alone is at most a few people, mostly one.
            try turn.store.run(
                "DELETE FROM topics_words WHERE guild = \(guild) AND day < \(today) AND (voices & (voices - 1)) = 0")
            try forgetNames(of: guild, before: today, turn)
            try forgetSilentChannels(of: guild, turn)
        }
        try turn.store.run("DELETE FROM topics_said WHERE at < \(turn.now - 400.days)")
        try turn.store.run("DELETE FROM topics_posts WHERE at < \(turn.now - 90.days)")
        try turn.store.run("DELETE FROM topics_stock WHERE made < \(turn.now - Stock.lasts(""))")
        try turn.store.run(
            "DELETE FROM topics_stock WHERE category = \(Starters.trending) AND made < \(turn.now - Stock.lasts(Starters.trending))"
        )
        let past = Day(number: Int32(clamping: (turn.now - 90.days).milliseconds / 86_400_000))
        try turn.store.run("DELETE FROM topics_spending WHERE day < \(past)")
    }

    /// Members' names are no topics, and nobody's are to be read here.
    private static func forgetNames(of guild: ID<Guild>, before today: Day, _ turn: Turn) throws {
        let fresh = try turn.store.all(
            "SELECT DISTINCT word FROM topics_words WHERE guild = \(guild) AND day >= \(today - 2) AND day < \(today)"
        ) { $0.text(0) }
        for name in turn.house.directory.names(among: Set(fresh), in: guild) {
            try turn.store.run("DELETE FROM topics_words WHERE guild = \(guild) AND word = \(name)")
        }
    }
}
