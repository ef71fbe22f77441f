internal import Kit
internal import Shared

extension Activity {
    /// Reactions are a state, not a stream: the giver's first one on a message pays, and taking the last one back takes the
    /// points back on the day that they were given.
    static let countReaction = Listener.event("activity.reactions", .reactions, order: 0) { turn, event in
        switch event {
        case .reactionAdded(let reaction): try add(reaction, turn)
        case .reactionRemoved(let reaction):
            guard let guild = reaction.guild else { return }
            try remove(
                "message = \(reaction.message) AND giver = \(reaction.giver) AND emoji = \(reaction.emoji)", guild, turn)
        case .reactionsCleared(let message, _, let guild?, let emoji?):
            try remove("message = \(message) AND emoji = \(emoji)", guild, turn)
        case .reactionsCleared(let message, _, let guild?, nil): try remove("message = \(message)", guild, turn)
        default: break
        }
    }

    private static func add(_ reaction: ReactionSeen, _ turn: Turn) throws {
        guard let guild = reaction.guild, !reaction.giverIsBot, turn.value(of: counts, channel: reaction.channel) else {
            return
        }
        if turn.house.directory.member(reaction.giver, in: guild)?.isBot == true { return }
        let rules = turn.activityRules
        let writer = try reaction.author ?? writer(of: reaction.message, turn)
        guard writer != reaction.giver else { return }
        // Whoever is not counted gains nothing by it either.
        let author = writer.flatMap { rules.uncounted.covers($0, in: reaction.channel, at: turn.now) ? nil : $0 }
        guard !rules.uncounted.covers(reaction.giver, in: reaction.channel, at: turn.now) else { return }
        let standing = try turn.store.first(
            "SELECT points, day, at FROM activity_reactions WHERE message = \(reaction.message) AND giver = \(reaction.giver)"
        ) { (points: $0.int(0), day: $0.int(1), at: $0.int(2)) }
        let weight = Int64((turn.value(of: Activity.reaction, channel: reaction.channel) * 1000).rounded())
        let today = rules.zone.day(of: turn.now)
        let written = try turn.store.run(
            """
            INSERT INTO activity_reactions (message, giver, emoji, guild, channel, author, at, day, points)
            VALUES (\(reaction.message), \(reaction.giver), \(reaction.emoji), \(guild), \(reaction.channel),
                \(author?.number ?? 0), \(standing?.at ?? turn.now.milliseconds), \(standing?.day ?? Int64(today.number)),
                \(standing?.points ?? weight)) ON CONFLICT DO NOTHING
            """)
        guard written > 0, standing == nil else { return }
        try pay(weight, sign: 1, reaction.giver, author, guild, reaction.channel, today, at: turn.now.milliseconds, rules, turn)
    }

    private static func writer(of message: ID<Message>, _ turn: Turn) throws -> ID<Member>? {
        try turn.hot(ActivityBook.self).write(to: turn.store)
        return try turn.store.first("SELECT author FROM activity_facts WHERE message = \(message)") { $0.id(0) } ?? nil
    }

    private static func remove(_ which: SQL, _ guild: ID<Guild>, _ turn: Turn) throws {
        let rules = turn.activityRules
        let gone = try turn.store.all(
            "SELECT message, giver, emoji, channel, author, at, day, points FROM activity_reactions WHERE \(which)"
        ) { row in
            (
                message: row.int(0), giver: row.id(1, Member.self), emoji: row.text(2), channel: row.id(3, Channel.self),
                author: row.id(4, Member.self), at: row.int(5), day: Day(number: Int32(truncatingIfNeeded: row.int(6))),
                points: row.int(7)
            )
        }
        for one in gone {
            guard let giver = one.giver, let channel = one.channel else { continue }
            try turn.store.run(
                "DELETE FROM activity_reactions WHERE message = \(one.message) AND giver = \(giver) AND emoji = \(one.emoji)")
            let left = try turn.store.first(
                "SELECT COUNT(*) FROM activity_reactions WHERE message = \(one.message) AND giver = \(giver)"
            ) { $0.int(0) }
            guard left == 0 else { continue }
            try pay(one.points, sign: -1, giver, one.author, guild, channel, one.day, at: one.at, rules, turn)
        }
    }

    /// Gives the points of a reaction, or takes them back as if they had never been given.
    private static func pay(
        _ weight: Int64, sign: Int64, _ giver: ID<Member>, _ author: ID<Member>?, _ guild: ID<Guild>, _ channel: ID<Channel>,
        _ day: Day, at: Int64, _ rules: ActivityRules, _ turn: Turn
    ) throws {
        let book = turn.hot(ActivityBook.self)
        let person = ActivityBook.Person(guild: guild.number, member: giver.number)
        let seat = try book.seat(person, on: rules.zone.day(of: turn.now), from: turn.store)
        let isLate = day < seat.standing.activeDay
        var tally = Tally()
        tally.points = sign * weight
        tally.reactions = sign
        let before = seat.standing.points
        book.owe()
        book.addHour(tally, of: person, at: at, isFirst: sign > 0 && seat.standing.lastAt / 3_600_000 < at / 3_600_000)
        try book.add(tally, to: seat, on: day, in: channel.number, turn.store)
        book.change(seat, rules.decay) { standing in
            standing.add(points: sign * weight, on: day, decay: rules.decay)
            standing.momentum.add(Double(sign * weight), at: at, rules.momentum)
            if sign > 0 {
                standing.beActive(on: day, window: rules.window)
                standing.lastAt = max(standing.lastAt, at)
            }
        }
        if sign < 0 || isLate { try book.foldAgain(person, rules, turn.store) }
        let after = book.seats[person]?.standing.points ?? seat.standing.points
        turn.announce(PointsChanged(guild: guild, member: giver, channel: channel, day: day, before: before, after: after))
        guard let author else { return }
        var received = Tally()
        received.reacted = sign
        let writer = ActivityBook.Person(guild: guild.number, member: author.number)
        try book.receive(received, writer, day, in: channel.number, at: at, rules, turn.store)
        book.owe()
    }
}
