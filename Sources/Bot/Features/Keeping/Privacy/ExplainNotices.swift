internal import Kit
internal import Shared

extension Privacy {
    /// DEP-11: each decision is written down, so that nobody has to guess why nothing came.
    static let noted: @Sendable (Turn, ID<Member>, Notice) throws -> Void = { turn, member, notice in
        let row = NoticeRow(at: turn.now + turn.late, topic: turn.topic, notice: notice)
        try row.insert(try turn.requireGuild(), member, in: turn.store)
    }

    static let notices = Command(
        "privacy.notices", "What I told you of my own accord of late, and why I did not; staff may ask for others",
        isPrivate: true, changes: false, returns: .record(["rows": .list(noticeShape), "next": .text]),
        .optional(.member("member", "Whose; yours when left out")), .limit(20, most: 100)
    ) { turn, member, limit in
        let whose = try member ?? turn.requireMember()
        guard whose == turn.asker.member || turn.asker.may(.moderate) else {
            throw Refusal.forbidden("What others were told is for moderators.", hint: "Leave member out to see your own.")
        }
        let guild = try turn.requireGuild()
        let rows = try NoticeRow.all(of: whose, " AND guild = \(guild)", limit: limit, turn.store)
        guard !rows.isEmpty || whose == turn.asker.member || turn.house.directory.member(whose, in: guild) != nil else {
            throw Refusal(
                .notFound, "I have not seen a member with the id \(whose) in this server.",
                hint: "Members are known once they have said something.", field: "member")
        }
        return .done(PrivacyText.notices(rows, of: whose), data: ["rows": .array(rows.map { $0.json(turn) })])
    }

    private static let noticeShape = Shape.record([
        "at_ms": .instant, "topic": .text, "outcome": .text, "channel": .named, "reason": .text,
    ])
}

/// One decision about one member.
struct NoticeRow {
    var at: Instant
    var topic: String
    var notice: Notice

    private var outcome: (word: String, channel: ID<Channel>?, reason: String?) {
        switch notice {
        case .privately: ("private", nil, nil)
        case .mentioned(let channel, let reason): ("channel", channel, reason)
        case .unsaid(let reason): ("none", nil, reason)
        }
    }

    func insert(_ guild: ID<Guild>, _ member: ID<Member>, in store: any Connection) throws {
        try store.run(
            """
            INSERT INTO privacy_notices (guild, member, at, topic, outcome, channel, reason)
            VALUES (\(guild), \(member), \(at), \(topic), \(outcome.word), \(outcome.channel), \(outcome.reason))
            """)
    }

    static func all(of member: ID<Member>, _ place: SQL, limit: Int, _ store: any Connection) throws -> [NoticeRow] {
        try store.all(
            """
            SELECT at, topic, outcome, channel, reason FROM privacy_notices WHERE member = \(member)\(place)
            ORDER BY id DESC LIMIT \(limit)
            """
        ) { row in
            let reason = row.optionalText(4)
            let notice: Notice =
                switch (row.text(2), row.id(3, Channel.self)) {
                case ("private", _): .privately
                case ("channel", let channel?): .mentioned(channel, because: reason)
                default: .unsaid(because: reason ?? "")
                }
            return NoticeRow(at: row.instant(0), topic: row.text(1), notice: notice)
        }
    }

    func json(_ turn: Turn) -> JSON {
        .fields([
            "at_ms": .int(at.milliseconds), "topic": .string(topic), "outcome": .string(outcome.word),
            "channel": outcome.channel.map { turn.named($0) }, "reason": outcome.reason.map(JSON.string),
        ])
    }
}

extension Turn {
    /// What it was about, as far as whoever asks can tell: the job, or that somebody had asked for it.
    fileprivate var topic: String {
        switch asker {
        case .job(let name): name
        case .member, .unix: "a command"
        }
    }
}
