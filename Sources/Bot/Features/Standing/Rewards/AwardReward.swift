internal import Kit
internal import Shared

extension Rewards {
    /// RWD-05: for tournaments and their winners.
    static let award = Command(
        "rewards.award", "Gives a member a reward or a role by hand, for a time where you say so", access: .manageRoles,
        changes: true, returns: awardShape, example: "member: @somebody what: Champion for: 7d reason: won the cup",
        .member("member", "Who gets it"), what, .optional(span), .optional(reason)
    ) { turn, member, what, span, reason in
        let prize = try Prize(what, turn)
        let old = try give(prize, to: member, for: span ?? nil, reason, turn)
        return .done(
            RewardText.awarded([member], prize, until: old.until), data: try row(of: [old], turn),
            undo: Invocation(
                command: "rewards.revoke", arguments: ["member": .id(member), "what": .string(prize.words), "reason": "undo"]))
    }

    static let winners = Command(
        "rewards.winners", "Gives several members a reward or a role by hand", access: .manageRoles, changes: true,
        returns: awardShape, example: "what: Champion members: \"@ann @ben\" for: 7d",
        what, .text("members", "Who gets it: mentions, ids or names, with spaces between", longest: 2000), .optional(span),
        .optional(reason)
    ) { turn, what, words, span, reason in
        let prize = try Prize(what, turn)
        let members = try people(words, turn)
        turn.touch(members: members.count)
        let holdings = try members.map { try give(prize, to: $0, for: span ?? nil, reason, turn) }
        return .done(RewardText.awarded(members, prize, until: holdings.first?.until), data: try row(of: holdings, turn))
    }

    static let revoke = Command(
        "rewards.revoke", "Takes back what a member was given as a reward", access: .manageRoles, changes: true,
        returns: awardShape, example: "member: @somebody what: Champion reason: disqualified",
        .member("member", "Who loses it"), what, .optional(reason)
    ) { turn, member, what, reason in
        let prize = try Prize(what, turn)
        guard let holding = try HoldingRows.find(member, prize.role, prize.guild, in: turn.store), holding.counts else {
            throw Refusal(
                .notFound, "\(name(of: member, turn)) was not given that by me.",
                hint: "A role that somebody gave by hand is taken by hand, in Discord.", field: "what")
        }
        try refuse(prize.role, RoleRights(prize.guild, turn), field: "what")
        turn.change("\(prize.subject) of member \(member)", from: .string("held"), to: .null)
        try take(
            holding, why: "revoked" + (reason.map { ": \($0)" } ?? ""), after: holding.source == .rule ? .dropped : .forgotten,
            turn)
        var back = JSON.Object([("member", .id(member)), ("what", .string(prize.words))])
        if let until = holding.until { back["for"] = .string((until - turn.now).exactly) }
        return .done(
            RewardText.revoked(member, prize, isDropped: holding.source == .rule), data: try row(of: [holding], turn),
            undo: Invocation(command: "rewards.award", arguments: .object(back)))
    }

    // MARK: - Parameters

    private static let what: Parameter<String> = .lookup("what", "A reward by number or name, or a role", known)
    private static let span = spanOrAlways("for", "How long they have it, such as 7d; for good when left out")
    private static let reason: Parameter<String> = .text("reason", "Why, for the record", longest: 200)
    private static let awardShape = Shape.record([
        "rows": .list(.record(["member": .named, "role": .named, "reward": .whole, "until_ms": .instant]))
    ])

    private static func row(of holdings: [Holding], _ turn: Turn) throws -> JSON {
        [
            "rows": .array(
                holdings.map {
                    .fields([
                        "member": turn.named($0.member), "role": turn.named($0.role), "reward": .int($0.reward),
                        "until_ms": $0.until.map { .int($0.milliseconds) },
                    ])
                })
        ]
    }

    // MARK: - Giving

    private static func give(
        _ prize: Prize, to member: ID<Member>, for span: Duration?, _ reason: String?, _ turn: Turn
    ) throws -> Holding {
        guard let profile = turn.house.directory.member(member, in: prize.guild) else {
            throw Refusal(
                .notFound, "I know of no member with the id \(member) in this server.",
                hint: "Who is not here can be given nothing.",
                field: "member")
        }
        guard !profile.isBot else {
            throw Refusal.invalid("\(profile.name) is a bot; bots are given no rewards.", field: "member")
        }
        try refuse(prize.role, RoleRights(prize.guild, turn), field: "what")
        let known = try HoldingRows.find(member, prize.role, prize.guild, in: turn.store)
        guard known != nil || !profile.roles.contains(prize.role) else {
            throw Refusal(
                .conflict, "\(profile.name) has that role already, and not from me.",
                hint: "Take it from them in Discord first if it is to be a reward that ends.", field: "member")
        }
        let now = turn.now + turn.late
        let until = span.map { now + $0 }
        let holding = Holding(
            guild: prize.guild, member: member, role: prize.role, reward: prize.reward?.id ?? 0, source: .award,
            state: .giving, since: known?.since ?? now, until: until, failing: nil, changed: now)
        if until == nil { turn.cancel(end, key: holding.key) }
        turn.change(
            "\(prize.subject) of member \(member)", from: known == nil ? .null : .string("held"),
            to: .string(until.map { "until \($0.rfc3339)" } ?? "held"))
        try give(holding, why: "awarded" + (reason.map { ": \($0)" } ?? ""), turn)
        return holding
    }

    private static func people(_ words: String, _ turn: Turn) throws -> [ID<Member>] {
        let member = Parameter<ID<Member>>.member("members", "")
        let found = try words.split(whereSeparator: { $0 == " " || $0 == "," || $0.isNewline }).map {
            word throws(Refusal) in
            try member.read(Arguments(["members": .text(String(word))], in: turn.reading()))
        }
        guard !found.isEmpty else { throw Refusal.invalid("Nobody is named.", field: "members") }
        return found.reduce(into: []) { once, one in if !once.contains(one) { once.append(one) } }
    }

    static func name(of member: ID<Member>, _ turn: Turn) -> String {
        turn.house.directory.name(of: member, in: turn.guild) ?? "Member \(member)"
    }
}

/// What is awarded: a reward, or a role by itself.
struct Prize {
    var guild: ID<Guild>
    var role: ID<Role>
    var reward: Reward?

    /// A reward's number or name; failing that a role.
    init(_ words: String, _ turn: Turn) throws {
        guild = try turn.requireGuild()
        do {
            let found = try RewardRows.require(words, turn)
            (role, reward) = (found.role, found)
        } catch let missing as Refusal {
            do throws(Refusal) {
                role = try Parameter<ID<Role>>.role("what", "").parse(.text(words), turn.reading())
            } catch {
                var refusal = error.kind == .notFound ? missing : error
                if refusal.kind == .notFound {
                    refusal.sentence = "There is no reward and no role \"\(words.prefix(60))\" here."
                }
                refusal.field = "what"
                throw refusal
            }
            let found = role
            reward = try RewardRows.all(of: guild, in: turn.store).first { $0.role == found }
        }
    }

    var subject: String { reward?.subject ?? "role \(role)" }
    /// As the commands that take it read it.
    var words: String { reward.map { String($0.id) } ?? role.description }
}
