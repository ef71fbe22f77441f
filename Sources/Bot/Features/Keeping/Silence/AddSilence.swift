internal import Kit
internal import Shared

extension Silence {
    /// MOD-07: stops counting and pinging a member or a channel, for a time or until it is ended.
    static let add = Command(
        "silence.add", "Stops counting and mentioning a member, or what happens in a channel", access: .moderate,
        also: ["silence"], changes: true, returns: spanShape, example: "member: @somebody for: 7d reason: spam",
        member, span, channel, why, until
    ) { turn, member, span, channel, reason, until in
        let guild = try turn.requireGuild()
        let target = try target(member, channel)
        try requireKnown(target, turn)
        let now = turn.now + turn.late
        let ends = try end(span, until, now)
        let standing = try SilentSpan.standing(in: guild, at: now, of: target, turn.store)
        for one in standing { try turn.store.run("UPDATE silence_spans SET ends = \(now) WHERE id = \(one.id)") }
        let id = try insert(target, guild, now, ends, reason, turn.store)
        turn.house.settingsChanged()
        turn.change(
            "silence of \(target.kind) \(target.number)", from: standing.isEmpty ? .bool(false) : standing[0].json(turn),
            to: .fields(["until": ends.map { .string($0.rfc3339) } ?? "it is ended", "reason": .string(reason)]))
        let new = SilentSpan(id: id, target: target, began: now, ends: ends, reason: reason)
        return .done(
            SilenceText.added(new), data: new.json(turn),
            undo: standing.first.map(again)
                ?? Invocation(command: "silence.end", arguments: [target.kind: .string(String(target.number))]))
    }

    static let end = Command(
        "silence.end", "Counts and mentions a member or a channel again", access: .moderate, changes: true, returns: spanShape,
        example: "member: @somebody", member, channel
    ) { turn, member, channel in
        let guild = try turn.requireGuild()
        let target = try target(member, channel)
        let now = turn.now + turn.late
        guard let one = try SilentSpan.standing(in: guild, at: now, of: target, turn.store).first else {
            throw Refusal.notFound("There is no silence of that \(target.kind).", hint: "See them with silence list.")
        }
        try turn.store.run("UPDATE silence_spans SET ends = \(now) WHERE id = \(one.id)")
        turn.house.settingsChanged()
        turn.change("silence of \(target.kind) \(target.number)", from: one.json(turn), to: .bool(false))
        return .done(SilenceText.ended(one), data: one.json(turn), undo: again(one))
    }

    /// What silences again, to the same end.
    private static func again(_ one: SilentSpan) -> Invocation {
        Invocation(
            command: "silence.add",
            arguments: .object(
                JSON.Object([
                    (one.target.kind, .string(String(one.target.number))), ("reason", .string(one.reason)),
                    ("until", one.ends.map { .string($0.rfc3339) } ?? "none"),
                ])))
    }

    private static func end(_ span: Duration?, _ until: Instant??, _ now: Instant) throws(Refusal) -> Instant? {
        guard let until else { return span.map { now + $0 } }
        guard span == nil else {
            throw .invalid("It ends after a time or at one, not both.", field: "until", hint: "Leave one of them out.")
        }
        if let until, until <= now {
            throw .invalid("\(until.rfc3339) is over.", field: "until", hint: "Give a time that is still to come, or none.")
        }
        return until
    }

    static let why: Parameter<String> = .text("reason", "Why, for staff and the audit", longest: 300, default: "")
    /// A time, or none: until it is ended.
    static let until: Parameter<Instant??> = {
        let date = Parameter<Instant>.date("until", "Until when, instead of how long; or none")
        return .optional(
            Parameter<Instant?>(date.outline) { raw, context throws(Refusal) in
                raw.text.map { trimmed($0).lowercased() } == "none" ? nil : try date.parse(raw, context)
            })
    }()
    private static let member: Parameter<ID<Member>?> = .optional(.member("member", "Who"))
    private static let channel: Parameter<ID<Channel>?> = .optional(.channel("channel", "Or where"))
    private static let span: Parameter<Duration?> = .optional(
        .duration("for", "How long; until it is ended when left out", 1.minutes...3650.days, bare: .minutes))

    private static func target(_ member: ID<Member>?, _ channel: ID<Channel>?) throws(Refusal) -> SilentSpan.Target {
        switch (member, channel) {
        case (let member?, nil): return .member(member)
        case (nil, let channel?): return .channel(channel)
        default:
            throw .invalid(
                "Say either a member or a channel.", field: "member", hint: "Such as silence add member: @somebody for: 7d.")
        }
    }

    private static func requireKnown(_ target: SilentSpan.Target, _ turn: Turn) throws {
        let guild = try turn.requireGuild()
        let directory = turn.house.directory
        let isKnown =
            switch target {
            case .member(let id): directory.member(id, in: guild) != nil
            case .channel(let id): directory.channels(in: guild).contains { $0.id == id }
            }
        guard !isKnown else { return }
        throw Refusal(
            .notFound, "There is no \(target.kind) \(target.number) in this server.",
            hint: "A mention, an id or the exact name works.", field: target.kind)
    }

    private static func insert(
        _ target: SilentSpan.Target, _ guild: ID<Guild>, _ began: Instant, _ ends: Instant?, _ reason: String,
        _ store: any Connection
    ) throws -> Int64 {
        try store.first(
            """
            INSERT INTO silence_spans (guild, target, kind, began, ends, reason)
            VALUES (\(guild), \(target.number), \(target.kind), \(began), \(ends), \(reason)) RETURNING id
            """
        ) { $0.int(0) } ?? 0
    }
}
