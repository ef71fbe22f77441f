internal import Kit
internal import Shared

extension Activity {
    /// A changed decay or streak window counts for every day there was, so all standings are folded again, some at a time.
    static let refoldOnChange = Listener.news("activity.refold.changed", SettingChanged.self) { turn, change in
        guard [decay.name, window.name, "house.zone"].contains(change.name) else { return }
        let guilds = change.place.map { [$0] } ?? turn.house.directory.guilds().map(\.id)
        for guild in guilds { try turn.start(refold, key: guild.description, RefoldState(guild: guild.number, after: 0)) }
    }

    struct RefoldState: Codable, Sendable {
        var guild: Int64
        var after: Int64
    }

    static let refold = LongJob<RefoldState>("activity.refold", "Works out standings anew after a rule changed") {
        turn, state in
        guard let guild = ID<Guild>(state.guild) else { return .finished("no such server") }
        let local = turn.inside(guild)
        let rules = local.activityRules
        let book = turn.hot(ActivityBook.self)
        try book.settle(to: turn.store)
        let members = try turn.store.all(
            "SELECT member FROM activity_standings WHERE guild = \(guild) AND member > \(state.after) ORDER BY member LIMIT 200"
        ) { $0.int(0) }
        var folded: [(ActivityBook.Person, Standing, Double)] = []
        for member in members {
            let person = ActivityBook.Person(guild: state.guild, member: member)
            var standing = try Standing.read(person, from: turn.store) ?? Standing()
            try standing.fold(person, decay: rules.decay, window: rules.window, from: turn.store)
            folded.append((person, standing, rules.decay))
            book.forget(person)
        }
        try Standing.write(folded.count, to: turn.store) { folded[$0] }
        guard let last = members.last else { return .finished("done") }
        let whole = try turn.store.first(
            """
            SELECT COUNT(*), SUM(CASE WHEN member <= \(last) THEN 1 ELSE 0 END) FROM activity_standings WHERE guild = \(guild)
            """
        ) { (Int($0.int(0)), Int($0.int(1))) }
        return .more(RefoldState(guild: state.guild, after: last), done: whole?.1 ?? 0, of: whole?.0 ?? 0)
    }
}
