internal import Kit
internal import Shared

extension Activity {
    /// ACT-08: the Activity Intelligence Profile.
    static let profile = Command(
        "activity.profile", "How active a member is, and how lately", also: ["aip"], changes: false, returns: profileShape,
        example: "member: @somebody",
        .memberOrSelf("member", "Whose profile; yours when left out")
    ) { turn, member in
        try turn.requireSight(of: member)
        let profile = try Profile(of: member, turn)
        return .done(ActivityText.profile(profile), data: profile.data(turn))
    }

    static let profileShape = Shape.record([
        "member": .named, "rank": .whole, "score": .decimal, "points": .decimal, "today": .decimal,
        "streak": .whole, "best_streak": .whole, "momentum": .decimal, "influence": .decimal, "channels_today": .whole,
        "level": .whole, "badges": .whole,
        "messages": .whole, "replies": .whole, "starters": .whole, "reactions": .whole, "answered": .whole, "reacted": .whole,
        "voice_ms": .duration,
        "days": .list(.decimal), "last_ms": .instant,
    ])
}

/// What there is to say of one member's activity.
struct Profile {
    let member: ID<Member>
    let standing: Standing
    let rank: Int?
    let score: Int64
    let streak: Int
    let momentum: Int64
    let influence: Double
    let channelsToday: Int
    let week: [Int64]
    let sums: Tally
    /// What other features make of it, where there are such.
    let level: Int?
    let badges: Int?

    init(of member: ID<Member>, _ turn: Turn) throws {
        let guild = try turn.requireGuild()
        let rules = turn.activityRules
        let today = rules.zone.day(of: turn.now)
        let person = ActivityBook.Person(guild: guild.number, member: member.number)
        self.member = member
        let known = try Standing.read(person, from: turn.store)
        if known == nil, member != turn.asker.member, turn.house.directory.member(member, in: guild) == nil {
            throw Refusal(
                .notFound, "I have not seen a member with the id \(member) in this server.",
                hint: "Members are known once they have said something.", field: "member")
        }
        standing = known ?? Standing()
        rank = try Activity.rank(of: standing, member, guild, turn)
        score = Int64(standing.score(on: today, decay: rules.decay).rounded())
        streak = standing.streak(on: today, window: rules.window)
        momentum = Int64(standing.momentum.value(at: turn.now.milliseconds, rules.momentum).rounded())
        influence = standing.influence.value(at: turn.now.milliseconds, rules.influence)
        week = try Activity.lastDays(7, of: member, guild, today, turn)
        channelsToday = try DayRow.read(person, today, from: turn.store).places.spoken
        sums = try Tally.sum(of: member, guild, from: turn.store)
        level = try turn.measure("level", of: member)
        badges = try turn.measure("badges", of: member)
    }

    func data(_ turn: Turn) -> JSON {
        .fields([
            "member": turn.named(member),
            "rank": rank.map { .int(Int64($0)) } ?? .null, "score": Activity.decimal(score),
            "points": Activity.decimal(standing.points), "today": Activity.decimal(week.last ?? 0),
            "streak": .int(Int64(streak)), "best_streak": .int(Int64(standing.best)), "momentum": Activity.decimal(momentum),
            "influence": .double((influence * 1000).rounded() / 1000), "channels_today": .int(Int64(channelsToday)),
            "level": level.map { .int(Int64($0)) }, "badges": badges.map { .int(Int64($0)) },
            "messages": .int(sums.messages), "replies": .int(sums.replies), "starters": .int(sums.starters),
            "reactions": .int(sums.reactions), "answered": .int(sums.answered), "reacted": .int(sums.reacted),
            "voice_ms": .int(sums.voice), "days": .array(week.map(Activity.decimal)),
            "last_ms": standing.lastAt == 0 ? .null : .int(standing.lastAt),
        ])
    }
}

extension Turn {
    /// A whole figure of another feature's, where there is one.
    fileprivate func measure(_ name: String, of member: ID<Member>) throws -> Int? {
        try measures[name].map { Int(try $0.column(self, nil, member)[member]) }
    }
}

extension Tally {
    /// Everything a member did in a guild.
    static func sum(of member: ID<Member>, _ guild: ID<Guild>, from store: any Connection) throws -> Tally {
        let found = try store.first(
            """
            SELECT SUM(points), SUM(messages), SUM(replies), SUM(starters), SUM(further), SUM(reactions), SUM(answered),
                SUM(reacted), SUM(voice) FROM activity_ledger WHERE guild = \(guild) AND member = \(member)
            """
        ) { row in
            var tally = Tally()
            tally.points = row.int(0)
            tally.messages = row.int(1)
            tally.replies = row.int(2)
            tally.starters = row.int(3)
            tally.further = row.int(4)
            tally.reactions = row.int(5)
            tally.answered = row.int(6)
            tally.reacted = row.int(7)
            tally.voice = row.int(8)
            return tally
        }
        return found ?? Tally()
    }
}
