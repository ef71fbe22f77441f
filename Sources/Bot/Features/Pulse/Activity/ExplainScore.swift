internal import Kit
internal import Shared

extension Activity {
    /// Lists each event, weight and rule behind a score: the answer to "why?".
    static let why = Command(
        "activity.why", "Where a member's score comes from, event by event", changes: false,
        returns: .record([
            "member": .id, "score": .decimal, "points": .decimal, "streak": .whole, "decay": .decimal,
            "days": .list(.record(["day": .text, "points": .decimal, "share": .decimal, "worth": .decimal])),
            "rows": .list(
                .record([
                    "at_ms": .instant, "what": .text, "channel": .id, "message": .id, "points": .decimal,
                    "rules": .list(.record(["rule": .text, "points": .decimal])),
                ])),
            "gaps": .list(.record(["began_ms": .instant, "ended_ms": .instant, "not_counted": .list(.text)])),
        ]), example: "member: me days: 7",
        .memberOrSelf("member", "Whose score; yours when left out"),
        .whole("days", "How many days back events are listed", 1...400, default: 7),
        .limit(50)
    ) { turn, member, days, limit in
        try turn.requireSight(of: member)
        let why = try Explanation(of: member, days: days, top: limit, turn)
        return .done(ActivityText.why(why), data: why.data)
    }
}

/// A score taken apart.
struct Explanation {
    struct DayLine {
        var day: Day
        var points: Int64
        var share: Double
        var worth: Int64 { Int64((Double(points) * share).rounded()) }
    }

    struct Deed {
        var at: Instant
        var what: String
        var channel: ID<Channel>?
        var message: Int64?
        var points: Int64
        var rules: [(rule: String, points: Int64)]
    }

    let member: ID<Member>
    let profile: Profile
    let decay: Double
    let days: [DayLine]
    let deeds: [Deed]
    /// Times in these days of which not everything counts.
    let gaps: [Gap]

    init(of member: ID<Member>, days count: Int, top: Int, _ turn: Turn) throws {
        let guild = try turn.requireGuild()
        let rules = turn.activityRules
        let today = rules.zone.day(of: turn.now)
        self.member = member
        decay = rules.decay
        profile = try Profile(of: member, turn)
        days = try turn.store.all(
            """
            SELECT day, points FROM activity_ledger WHERE guild = \(guild) AND member = \(member) ORDER BY day DESC LIMIT 400
            """
        ) { row in
            let day = Day(number: Int32(truncatingIfNeeded: row.int(0)))
            return DayLine(day: day, points: row.int(1), share: power(rules.decay, max(0, today - day)))
        }
        let first = today - (count - 1)
        let all =
            try Self.messages(member, guild, first, top, turn) + Self.reactions(member, guild, first, top, turn)
            + Self.voice(member, guild, first, rules.zone, turn) + Self.corrections(member, guild, first, turn)
        deeds = Array(all.sorted { $0.at > $1.at }.prefix(top))
        gaps = try turn.gaps(since: rules.zone.start(of: first))
    }

    private static func messages(_ member: ID<Member>, _ guild: ID<Guild>, _ first: Day, _ top: Int, _ turn: Turn) throws
        -> [Deed]
    {
        let since = ID<Message>(firstAt: turn.activityRules.zone.start(of: first))
        return try turn.store.all(
            """
            SELECT f.message, f.channel, f.kinds, f.points, w.base, w.reply, w.starter, w.further FROM activity_facts f
            JOIN activity_weights w ON w.id = f.weights
            WHERE f.message >= \(since) AND f.guild = \(guild) AND f.author = \(member) ORDER BY f.message DESC LIMIT \(top)
            """
        ) { row in
            let kinds = Kinds(rawValue: row.int(2))
            var parts: [(rule: String, points: Int64)] = [("message", row.int(4))]
            if kinds.contains(.reply) { parts.append(("reply", row.int(5))) }
            if kinds.contains(.starter) { parts.append(("starter", row.int(6))) }
            if kinds.contains(.further) { parts.append(("further channel", row.int(7))) }
            return Deed(
                at: row.id(0, Message.self)?.created ?? turn.now,
                what: kinds.contains(.past) ? "message, from history" : "message", channel: row.id(1), message: row.int(0),
                points: row.int(3), rules: parts)
        }
    }

    private static func reactions(_ member: ID<Member>, _ guild: ID<Guild>, _ first: Day, _ top: Int, _ turn: Turn) throws
        -> [Deed]
    {
        try turn.store.all(
            """
            SELECT MIN(at), channel, message, MAX(points), MIN(emoji) FROM activity_reactions
            WHERE guild = \(guild) AND giver = \(member) AND day >= \(first) GROUP BY message, channel ORDER BY 1 DESC LIMIT \(top)
            """
        ) { row in
            Deed(
                at: row.instant(0), what: "reaction", channel: row.id(1), message: row.int(2), points: row.int(3),
                rules: [("reaction, once a message", row.int(3))])
        }
    }

    private static func corrections(_ member: ID<Member>, _ guild: ID<Guild>, _ first: Day, _ turn: Turn) throws -> [Deed] {
        let person = ActivityBook.Person(guild: guild.number, member: member.number)
        return try Correction.all(of: person, since: first, in: turn.store).map { one in
            let (points, rule): (Int64, String) =
                switch one.deed {
                case .points(let points): (points, one.reason)
                case .streak(let days): (0, "streak set to \(days): \(one.reason)")
                }
            return Deed(
                at: one.at, what: one.batch > 0 ? "import" : "correction", channel: nil, message: nil, points: points,
                rules: [(rule, points)])
        }
    }

    private static func voice(_ member: ID<Member>, _ guild: ID<Guild>, _ first: Day, _ zone: Zone, _ turn: Turn) throws
        -> [Deed]
    {
        let days = try turn.store.all(
            """
            SELECT day, places FROM activity_ledger
            WHERE guild = \(guild) AND member = \(member) AND day >= \(first) AND voice > 0
            """
        ) { (start: zone.start(of: Day(number: Int32(truncatingIfNeeded: $0.int(0)))), places: DayPlaces($0.bytes(1))) }
        return days.flatMap { day in
            day.places.all.filter { $0.tally.voice > 0 }.map { channel, tally in
                Deed(
                    at: day.start, what: "voice", channel: ID(channel), message: nil, points: tally.voicePoints,
                    rules: [("\(tally.voice / 60_000) min in voice", tally.voicePoints)])
            }
        }
    }

    var data: JSON {
        .fields([
            "member": .id(member), "score": Activity.decimal(profile.score),
            "points": Activity.decimal(profile.standing.points),
            "streak": .int(Int64(profile.streak)), "decay": .double(decay),
            "days": .array(
                days.map {
                    .fields([
                        "day": .string($0.day.description), "points": Activity.decimal($0.points), "share": .double($0.share),
                        "worth": Activity.decimal($0.worth),
                    ])
                }),
            "rows": .array(deeds.map(\.data)),
            "gaps": .array(
                gaps.map { gap in
                    .fields([
                        "began_ms": .int(gap.began.milliseconds), "ended_ms": gap.ended.map { .int($0.milliseconds) },
                        "not_counted": .array(gap.notCounted.map(JSON.string)),
                    ])
                }),
        ])
    }
}

extension Explanation.Deed {
    var data: JSON {
        .fields([
            "at_ms": .int(at.milliseconds), "what": .string(what), "channel": channel.map { .id($0) },
            "message": message.map { .string(String($0)) }, "points": Activity.decimal(points),
            "rules": .array(rules.map { .fields(["rule": .string($0.rule), "points": Activity.decimal($0.points)]) }),
        ])
    }
}
