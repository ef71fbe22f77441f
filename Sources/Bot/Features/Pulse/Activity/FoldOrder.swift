internal import Kit
internal import Shared

extension Activity {
    /// Messages that were missed are counted late, channel after channel. Which of them started a conversation, and which was
    /// the first in a further channel of the day, follows from the order in which they were written, and so it does for those
    /// that were counted after them: from the gap on, all of it is worked out again.
    static let foldMissed = Listener.news("activity.fold_missed", MissedMessagesHeard.self) { turn, missed in
        let state = FoldState(guild: missed.guild.number, since: missed.since.milliseconds, isPast: missed.isPast)
        try turn.start(foldOrder, key: "\(missed.guild).\(missed.since.milliseconds)", state)
    }

    struct FoldState: Codable, Sendable {
        var guild: Int64
        var since: Int64
        /// Of what was read of the past nobody is told. What was begun by an earlier version was missed.
        var isPast: Bool?
    }

    /// Facts that are corrected in one slice, and the time that it looks at.
    private static let most = 500
    private static let stretch = 7.days

    static let foldOrder = LongJob<FoldState>("activity.fold_order", "Puts messages that were missed into their place") {
        turn, state in
        guard let guild = ID<Guild>(state.guild) else { return .finished("no such server") }
        let local = turn.inside(guild)
        let rules = local.activityRules
        let book = turn.hot(ActivityBook.self)
        try book.settle(to: turn.store)
        let since = Instant(milliseconds: state.since)
        let wrong = try misplaced(in: guild, since..<since + stretch, rules, turn.store)
        book.owe()
        for one in wrong { try one.correct(rules, book, turn.store) }
        for (author, theirs) in Dictionary(grouping: wrong, by: \.author) {
            let person = ActivityBook.Person(guild: guild.number, member: author)
            let before = book.seats[person]?.standing.points ?? 0
            try book.foldAgain(person, rules, turn.store)
            guard let member = ID<Member>(author), let after = book.seats[person]?.standing.points else { continue }
            for one in theirs {
                turn.announce(
                    PointsChanged(
                        guild: guild, member: member, channel: one.channel, day: one.day, before: before, after: after,
                        isPast: state.isPast ?? false))
            }
        }
        var next = state
        if wrong.count < most { next.since = (since + stretch).milliseconds }
        return Instant(milliseconds: next.since) < turn.now + turn.late ? .more(next, done: 0, of: 0) : .finished("done")
    }

    /// A counted message whose kinds are not those of its place in the order.
    private struct Misplaced {
        var message: Int64
        var author: Int64
        var guild: Int64
        var channel: ID<Channel>
        var day: Day
        var had: (kinds: Kinds, points: Int64)
        var has: (kinds: Kinds, points: Int64)

        func correct(_ rules: ActivityRules, _ book: ActivityBook, _ store: any Connection) throws {
            try store.run(
                "UPDATE activity_facts SET kinds = \(has.kinds.rawValue), points = \(has.points) WHERE message = \(message)")
            let person = ActivityBook.Person(guild: guild, member: author)
            let seat = try book.seat(person, on: day, from: store)
            var difference = Tally(has.kinds, points: has.points)
            difference.take(Tally(had.kinds, points: had.points))
            try book.add(difference, to: seat, on: day, in: channel.number, store)
            let at = ID<Message>.milliseconds(message)
            book.addHour(difference, of: person, at: at, isFirst: false)
            book.change(seat, rules.decay) { $0.momentum.add(Double(difference.points), at: at, rules.momentum) }
        }
    }

    private static func misplaced(
        in guild: ID<Guild>, _ stretch: Range<Instant>, _ rules: ActivityRules, _ store: any Connection
    ) throws -> [Misplaced] {
        let since = stretch.lowerBound
        let (first, end) = (ID<Message>(firstAt: since), ID<Message>(firstAt: stretch.upperBound))
        let dayBegan = ID<Message>(firstAt: min(rules.zone.start(of: rules.zone.day(of: since)), since))
        let quietBegan = ID<Message>(firstAt: since - .milliseconds(rules.silence))
        return try store.all(
            """
            SELECT message, author, channel, day, kinds, points, starts, goes_on, base, reply, starter, further FROM (
                SELECT f.message, f.author, f.channel, f.day, f.kinds, f.points, f.weights,
                    CASE WHEN (f.message >> 22) - COALESCE(LAG(f.message) OVER (PARTITION BY f.channel ORDER BY f.message) >> 22,
                        -\(rules.silence) - 1) > \(rules.silence) THEN 1 ELSE 0 END AS starts,
                    CASE WHEN ROW_NUMBER() OVER (PARTITION BY f.author, f.day, f.channel ORDER BY f.message) = 1
                        AND ROW_NUMBER() OVER (PARTITION BY f.author, f.day ORDER BY f.message) > 1 THEN 1 ELSE 0 END AS goes_on
                FROM activity_facts AS f WHERE f.guild = \(guild) AND f.message >= \(min(dayBegan, quietBegan))
                    AND f.message < \(end)) AS placed
            JOIN activity_weights AS w ON w.id = placed.weights
            WHERE message >= \(first) AND kinds <> (kinds & 9) + 2 * starts + 4 * goes_on ORDER BY message LIMIT \(most)
            """
        ) { row -> Misplaced? in
            guard let channel: ID<Channel> = row.id(2) else { return nil }
            let kinds = Kinds(rawValue: row.int(4) & 9 | row.int(6) << 1 | row.int(7) << 2)
            let weights = Weights(base: row.int(8), reply: row.int(9), starter: row.int(10), further: row.int(11))
            return Misplaced(
                message: row.int(0), author: row.int(1), guild: guild.number, channel: channel,
                day: Day(number: Int32(truncatingIfNeeded: row.int(3))),
                had: (Kinds(rawValue: row.int(4)), row.int(5)), has: (kinds, kinds.points(weights)))
        }.compactMap(\.self)
    }
}
