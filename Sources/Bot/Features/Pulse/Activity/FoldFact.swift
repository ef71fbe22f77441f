internal import Kit
internal import Shared

extension ActivityBook {
    /// Adds a fact to all that is folded from facts, now or after a crash: it says everything that is needed.
    func fold(_ fact: Fact, _ rules: ActivityRules, from store: any Connection) throws {
        let seat = try seat(Person(guild: fact.guild, member: fact.author), on: fact.day, from: store)
        try fold(fact, seat, try room(fact.channel, from: store), rules, store)
    }

    /// The seat is its author's, whose day is the fact's or a later one; the room is its channel's.
    func fold(_ fact: Fact, _ seat: Seat, _ room: Room, _ rules: ActivityRules, _ store: any Connection) throws {
        let isLate = fact.day < seat.today.day || fact.day < seat.standing.activeDay
        let at = ID<Message>.milliseconds(fact.message)
        note(room, last: fact.message)
        let tally = Tally(fact.kinds, points: fact.points)
        addHour(tally, of: seat.person, at: at, isFirst: try isFirst(fact, of: seat, store))
        try add(tally, to: seat, on: fact.day, in: fact.channel, store)
        change(seat, rules.decay) { standing in
            standing.messages += 1
            standing.add(points: fact.points, on: fact.day, decay: rules.decay)
            standing.beActive(on: fact.day, window: rules.window)
            standing.momentum.add(Double(fact.points), at: at, rules.momentum)
            standing.lastAt = max(standing.lastAt, at)
        }
        if fact.message > newest { newest = fact.message }
        if fact.message <= mark { owe() }
        unwritten += 1
        if isLate { late[seat.person] = rules }
        if fact.answered != 0, fact.answered != fact.author {
            // ACT-07: being answered by others is influence.
            var tally = Tally()
            tally.answered = 1
            let answered = Person(guild: fact.guild, member: fact.answered)
            try receive(tally, answered, fact.day, in: fact.channel, at: at, rules, store)
        }
    }

    /// Answers and reactions of others.
    func receive(
        _ tally: Tally, _ person: Person, _ day: Day, in channel: Int64, at: Int64, _ rules: ActivityRules,
        _ store: any Connection
    ) throws {
        let seat = try seat(person, on: day, from: store)
        try add(tally, to: seat, on: day, in: channel, store)
        change(seat, rules.decay) { $0.influence.add(Double(tally.answered + tally.reacted), at: at, rules.influence) }
    }

    /// Whoever did something on an earlier day is folded again, once for all that came of theirs.
    func foldLate(to store: any Connection) throws {
        while let (person, rules) = late.popFirst() { try foldAgain(person, rules, store) }
    }

    /// Something of an earlier day changed: the streak and the score are folded again.
    func foldAgain(_ person: Person, _ rules: ActivityRules, _ store: any Connection) throws {
        late[person] = nil
        try writeFolds(to: store)
        let known =
            try seats[person] ?? Standing.read(person, from: store).map { try seat(person, on: $0.activeDay, from: store) }
        guard let seat = known else { return }
        var standing = seat.standing
        try standing.fold(person, decay: rules.decay, window: rules.window, from: store)
        change(seat, rules.decay) { $0 = standing }
        owe()
    }

    /// Folds the facts above the mark: they are on disk, and what they were folded into was in memory only.
    func open(_ turn: Turn) throws {
        guard !isOpen else { return }
        isOpen = true
        mark = try turn.store.first("SELECT message FROM activity_folded") { $0.int(0) } ?? 0
        newest = mark
        let behind = try turn.store.all(
            """
            SELECT message, guild, channel, author, kinds, points, weights, answered, day FROM activity_facts
            WHERE message > \(mark) ORDER BY message
            """
        ) { row in
            Fact(
                message: row.int(0), guild: row.int(1), channel: row.int(2), author: row.int(3),
                kinds: Kinds(rawValue: row.int(4)), points: row.int(5), weights: row.int(6), answered: row.int(7),
                day: Day(number: Int32(truncatingIfNeeded: row.int(8))))
        }
        for fact in behind {
            guard let guild = ID<Guild>(fact.guild) else { continue }
            try fold(fact, turn.inside(guild).activityRules, from: turn.store)
        }
        if !behind.isEmpty { owe() }
    }
}

extension ID<Message> {
    /// When a message was written.
    static func milliseconds(_ message: Int64) -> Int64 { (message >> 22) + 1_420_070_400_000 }
}
