internal import Kit
internal import Shared

extension Rewards {
    static let list = Command(
        "rewards.list", "The rewards of this server and who may have them", also: ["list_rewards"], changes: false,
        returns: .record(["rows": .list(rowShape)])
    ) { turn in
        let rows = try RewardRows.all(of: try turn.requireGuild(), in: turn.store).map { try row(of: $0, turn) }
        return .done(RewardText.list(rows), data: ["rows": .array(rows)])
    }

    static let show = Command(
        "rewards.show", "A reward: its rule, its channels, its holders, and what stands in its way", changes: false,
        returns: rowShape, example: "Regular", which
    ) { turn, which in
        let reward = try RewardRows.require(which, turn)
        let row = try row(of: reward, turn)
        return .done(RewardText.shown(reward, row), data: row)
    }

    static let holders = Command(
        "rewards.holders", "Who holds what, since when and until when", access: .moderate, changes: false,
        returns: .record(["rows": .list(holderShape), "next": .text]),
        .optional(which), .limit(25), .cursor
    ) { turn, which, limit, cursor in
        let reward = try which.map { try RewardRows.require($0, turn) }
        let rows = try holderRows(of: reward?.id, from: cursor.offset, limit: limit + 1, turn)
        return paged(rows, cursor, limit, RewardText.holders)
    }

    static let history = Command(
        "rewards.history", "Which roles were given and taken, why, and what Discord said", access: .moderate, changes: false,
        returns: .record(["rows": .list(changeShape), "next": .text]),
        .optional(.member("member", "Only what concerns them")), .optional(.whole("run", "Only this run", 1...Int.max)),
        .limit(25), .cursor
    ) { turn, member, run, limit, cursor in
        let rows = try changeRows(member, run.map { Int64($0) }, from: cursor.offset, limit: limit + 1, turn)
        if let member, rows.isEmpty, turn.house.directory.member(member, in: try turn.requireGuild()) == nil {
            throw Refusal(
                .notFound, "I know of no member with the id \(member) in this server.",
                hint: "Who left may still be named by their id.",
                field: "member")
        }
        return paged(rows, cursor, limit, RewardText.history)
    }

    static let runs = Command(
        "rewards.runs", "What each run has done, newest first", access: .moderate, changes: false,
        returns: .record(["rows": .list(runShape), "next": .text]), .limit(20), .cursor
    ) { turn, limit, cursor in
        paged(try runRows(from: cursor.offset, limit: limit + 1, turn), cursor, limit, RewardText.runs)
    }

    static func paged(_ rows: [JSON], _ cursor: Cursor, _ limit: Int, _ card: ([JSON]) -> Card) -> Reply {
        let next = rows.count > limit ? Cursor(offset: cursor.offset + limit).text : nil
        let page = Array(rows.prefix(limit))
        return .page(
            card(page), data: .fields(["rows": .array(page), "next": next.map { .string($0) }]), next: next)
    }

    // MARK: - Shapes

    static let rowShape = Shape.record([
        "id": .whole, "name": .text, "role": .named, "ladder": .text, "tier": .whole, "criteria": .text, "for": .text,
        "grace": .text, "keep": .flag, "state": .text, "trouble": .text, "holders": .whole, "channels": .list(.named),
        "last_ms": .instant, "next_ms": .instant, "version": .whole,
    ])
    private static let holderShape = Shape.record([
        "member": .named, "role": .named, "reward": .whole, "source": .text, "state": .text, "since_ms": .instant,
        "until_ms": .instant,
    ])
    private static let changeShape = Shape.record([
        "id": .whole, "at_ms": .instant, "run": .whole, "member": .named, "role": .named, "deed": .text, "why": .text,
        "outcome": .text, "note": .text,
    ])
    private static let runShape = Shape.record([
        "id": .whole, "at_ms": .instant, "cause": .text, "state": .text, "gains": .whole, "losses": .whole, "keeps": .whole,
        "blocked": .whole, "finished": .whole, "refused": .whole, "note": .text,
    ])

    // MARK: - Rows

    static func row(of reward: Reward, _ turn: Turn) throws -> JSON {
        let words = try turn.rewardWords()
        let holders = try turn.store.first(
            """
            SELECT COUNT(*) FROM rewards_holdings
            WHERE guild = \(reward.guild) AND role = \(reward.role) AND state IN ('held', 'giving')
            """
        ) { $0.int(0) }
        let trouble = trouble(of: reward, RoleRights(reward.guild, turn), words)
        let channels = try unlockedChannels(of: reward, turn)
        return .fields([
            "id": .int(reward.id), "name": .string(reward.name), "role": turn.named(reward.role),
            "ladder": .string(reward.ladder), "tier": .int(Int64(reward.tier)),
            "criteria": .string(turn.spelled(rule: reward.rule, words)), "for": .string(reward.lasts?.spelled ?? "always"),
            "grace": .string(reward.grace.spelled), "keep": .bool(reward.stays), "state": .string(reward.state.rawValue),
            "trouble": (channels.compactMap(\.trouble).first ?? trouble).map { .string($0) }, "holders": .int(holders ?? 0),
            "channels": .array(channels.map { turn.named($0.channel) }),
            "last_ms": reward.lastRun.map { .int($0.milliseconds) },
            "next_ms": reward.state == .on && turn[rhythm] != .never ? .int(nextRun(turn).milliseconds) : nil,
            "version": .int(reward.version),
        ])
    }

    static func holderRows(of reward: Int64?, from offset: Int, limit: Int, _ turn: Turn) throws -> [JSON] {
        let guild = try turn.requireGuild()
        let which: SQL = reward.map { "AND reward = \($0)" } ?? ""
        return try HoldingRows.all(
            where: "guild = \(guild) \(which) ORDER BY changed DESC, member, role LIMIT \(limit) OFFSET \(offset)",
            in: turn.store
        ).map { holding in
            .fields([
                "member": turn.named(holding.member), "role": turn.named(holding.role), "reward": .int(holding.reward),
                "source": .string(holding.source.rawValue), "state": .string(holding.state.rawValue),
                "since_ms": .int(holding.since.milliseconds), "until_ms": holding.until.map { .int($0.milliseconds) },
            ])
        }
    }

    static func changeRows(
        _ member: ID<Member>?, _ run: Int64?, from offset: Int, limit: Int, _ turn: Turn
    ) throws -> [JSON] {
        let guild = try turn.requireGuild()
        let whose: SQL = member.map { "AND member = \($0)" } ?? ""
        let which: SQL = run.map { "AND run = \($0)" } ?? ""
        return try turn.store.all(
            """
            SELECT id, at, run, member, role, deed, why, outcome, note FROM rewards_changes
            WHERE guild = \(guild) \(whose) \(which) ORDER BY id DESC LIMIT \(limit) OFFSET \(offset)
            """
        ) { row in
            .fields([
                "id": .int(row.int(0)), "at_ms": .int(row.int(1)), "run": row.int(2) == 0 ? nil : .int(row.int(2)),
                "member": row.id(3, Member.self).map { turn.named($0) }, "role": row.id(4, Role.self).map { turn.named($0) },
                "deed": .string(row.text(5)), "why": .string(row.text(6)), "outcome": .string(row.text(7)),
                "note": row.optionalText(8).map { .string($0) },
            ])
        }
    }

    static func runRows(from offset: Int, limit: Int, _ turn: Turn) throws -> [JSON] {
        let guild = try turn.requireGuild()
        return try turn.store.all(
            """
            SELECT r.id, r.at, r.cause, r.state, r.gains, r.losses, r.keeps, r.blocked, r.note,
                (SELECT COUNT(*) FROM rewards_changes c WHERE c.run = r.id AND c.outcome = 'done'),
                (SELECT COUNT(*) FROM rewards_changes c WHERE c.run = r.id AND c.outcome IN ('refused', 'blocked'))
            FROM rewards_runs r WHERE r.guild = \(guild) ORDER BY r.id DESC LIMIT \(limit) OFFSET \(offset)
            """
        ) { row in
            .fields([
                "id": .int(row.int(0)), "at_ms": .int(row.int(1)), "cause": .string(row.text(2)), "state": .string(row.text(3)),
                "gains": .int(row.int(4)), "losses": .int(row.int(5)), "keeps": .int(row.int(6)), "blocked": .int(row.int(7)),
                "note": row.optionalText(8).map { .string($0) }, "finished": .int(row.int(9)), "refused": .int(row.int(10)),
            ])
        }
    }
}
