internal import Kit
internal import Shared

extension Activity {
    /// MOD-07: sets a figure of a member. What was counted stays as it is; the difference is a line of its own, with its reason,
    /// that `why` shows and that can be withdrawn.
    static let override = Command(
        "activity.override", "Sets a member's score, points or streak, with a reason", access: .guildOwner, also: ["override"],
        changes: true, returns: overrideShape, example: "member: @somebody figure: score value: 100 reason: lost in the move",
        .member("member", "Whose figure"), .oneOf("figure", "What is set: score, points or streak", default: Figure.score),
        .decimal("value", "What it becomes", 0...1_000_000_000),
        .text("reason", "Why, for the member and the audit", longest: 300)
    ) { turn, member, figure, value, reason in
        let guild = try turn.requireGuild()
        if let profile = turn.house.directory.member(member, in: guild), profile.isBot {
            throw Refusal.invalid("\(profile.name) is a bot, and bots have no figures.", field: "member")
        }
        let before = try Profile(of: member, turn)
        let today = turn.zone.day(of: turn.now)
        let person = ActivityBook.Person(guild: guild.number, member: member.number)
        let goal = Int64((value * 1000).rounded())
        var correction = Correction(
            id: 0, person: person, day: today, deed: .points(goal - before.thousandths(of: figure)), reason: reason,
            author: author(of: turn), at: turn.now)
        if figure == .streak {
            guard let days = Int(exactly: value), days <= 100_000 else {
                throw Refusal.invalid("A streak is a whole number of days.", field: "value")
            }
            correction.deed = .streak(days)
            if before.standing.activeDay < today { correction.day = today - 1 }
        }
        correction.id = try correction.insert(in: turn.store)
        try apply(correction, sign: 1, turn)
        let after = try Profile(of: member, turn)
        turn.change(
            "\(figure.rawValue) of member \(member)", from: decimal(before.thousandths(of: figure)),
            to: decimal(after.thousandths(of: figure)))
        return .done(
            ActivityText.overridden(member, figure, before, after), data: overrideRow(correction.id, after),
            undo: Invocation(command: "activity.withdraw", arguments: ["id": .int(correction.id)]))
    }

    static let withdraw = Command(
        "activity.withdraw", "Takes back a figure that staff have set", access: .guildOwner, changes: true,
        returns: overrideShape, example: "1", .whole("id", "Its number, as activity corrections shows it", 1...Int.max)
    ) { turn, id in
        let guild = try turn.requireGuild()
        guard let one = try Correction.find(Int64(id), in: guild, turn.store), let member = ID<Member>(one.person.member) else {
            throw Refusal.notFound("There is no correction \(id) here.", hint: "See them with activity corrections.")
        }
        let before = try Profile(of: member, turn)
        try turn.store.run("DELETE FROM activity_corrections WHERE id = \(one.id)")
        try apply(one, sign: -1, turn)
        let after = try Profile(of: member, turn)
        let figure: Figure = if case .streak = one.deed { .streak } else { .points }
        turn.change(
            "\(figure.rawValue) of member \(member)", from: decimal(before.thousandths(of: figure)),
            to: decimal(after.thousandths(of: figure)))
        return .done(ActivityText.overridden(member, figure, before, after), data: overrideRow(one.id, after))
    }

    static let corrections = Command(
        "activity.corrections", "The figures that staff have set, newest first", access: .moderate, changes: false,
        returns: .record(["rows": .list(correctionShape)]), .limit(50)
    ) { turn, limit in
        let all = try Correction.latest(in: try turn.requireGuild(), limit, turn.store)
        return .done(ActivityText.corrections(all), data: ["rows": .array(all.map { $0.json(turn) })])
    }

    enum Figure: String, CaseIterable, Sendable { case score, points, streak }

    /// The days are folded again: a correction may lie on one that has gone.
    static func apply(_ correction: Correction, sign: Int64, _ turn: Turn) throws {
        let rules = turn.activityRules
        let book = turn.hot(ActivityBook.self)
        let today = rules.zone.day(of: turn.now)
        let seat = try book.seat(correction.person, on: today, from: turn.store)
        let before = seat.standing.points
        book.owe()
        if case .points(let points) = correction.deed {
            var tally = Tally()
            tally.points = sign * points
            try book.add(tally, to: seat, on: correction.day, in: 0, turn.store)
            book.change(seat, rules.decay) { $0.points += sign * points }
        }
        try book.foldAgain(correction.person, rules, turn.store)
        try book.settle(to: turn.store)
        guard let guild = ID<Guild>(correction.person.guild), let member = ID<Member>(correction.person.member) else { return }
        let after = book.seats[correction.person]?.standing.points ?? seat.standing.points
        turn.announce(
            PointsChanged(
                guild: guild, member: member, channel: nil, day: correction.day, before: before, after: after,
                isPast: correction.batch > 0))
    }

    static func author(of turn: Turn) -> String {
        switch turn.asker {
        case .member(let member): member.id.description
        case .unix(let person): person.name
        case .job(let name): name
        }
    }

    private static let overrideShape = Shape.record([
        "id": .whole, "member": .id, "score": .decimal, "points": .decimal, "streak": .whole,
    ])

    private static let correctionShape = Shape.record([
        "id": .whole, "member": .named, "day": .text, "points": .decimal, "streak": .whole, "reason": .text, "by": .text,
        "at_ms": .instant,
    ])

    private static func overrideRow(_ id: Int64, _ after: Profile) -> JSON {
        [
            "id": .int(id), "member": .id(after.member), "score": decimal(after.score),
            "points": decimal(after.standing.points), "streak": .int(Int64(after.streak)),
        ]
    }
}

extension Profile {
    /// A streak counts in thousandths as well here, so that all figures are alike.
    func thousandths(of figure: Activity.Figure) -> Int64 {
        switch figure {
        case .score: score
        case .points: standing.points
        case .streak: Int64(streak) * 1000
        }
    }
}

extension Correction {
    func json(_ turn: Turn) -> JSON {
        let (points, streak): (JSON?, JSON?) =
            switch deed {
            case .points(let points): (Activity.decimal(points), nil)
            case .streak(let streak): (nil, .int(Int64(streak)))
            }
        return .fields([
            "id": .int(id), "member": ID<Member>(person.member).map { turn.named($0) }, "day": .string(day.description),
            "points": points, "streak": streak, "reason": .string(reason), "by": .string(author),
            "at_ms": .int(at.milliseconds),
        ])
    }
}
