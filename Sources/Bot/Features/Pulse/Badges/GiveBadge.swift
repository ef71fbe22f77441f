internal import Kit
internal import Shared

extension Badges {
    static let give = Command(
        "badges.give", "Gives a member a badge", access: .manageRoles, also: ["give_badge"], changes: true, returns: heldShape,
        example: "member: @somebody badge: Founder reason: \"For the first pot\"",
        .member("member", "Who gets it"), badge, .text("reason", "What for", longest: 300, default: "")
    ) { turn, member, word, reason in
        let badge = try BadgeRows.require(word, turn)
        let profile = try seen(member, turn)
        if profile.isBot { throw Refusal(.invalid, "\(profile.name) is a bot, and bots wear no badges.", field: "member") }
        guard try hold(badge, member, giver: turn.asker.member, reason, turn) else {
            throw Refusal(
                .conflict, "\(profile.name) wears \(badge.name) already.", hint: "See for what: badges worn.", field: "member")
        }
        turn.change("\(badge.subject) of member \(member)", from: .null, to: .string(reason))
        return .done(
            BadgeText.given(badge, member, reason), data: try worn(badge, by: member, turn),
            undo: Invocation(command: "badges.take", arguments: ["member": .id(member), "badge": .string(badge.name)]))
    }

    static let take = Command(
        "badges.take", "Takes a badge away from a member", access: .manageRoles, also: ["take_badge"], changes: true,
        returns: heldShape, example: "member: @somebody badge: Founder",
        .member("member", "Who loses it"), badge, .text("reason", "Why, for the audit", longest: 300, default: "")
    ) { turn, member, word, reason in
        let badge = try BadgeRows.require(word, turn)
        let row = try worn(badge, by: member, turn)
        guard !row.isNull else {
            throw Refusal(
                .notFound, "That member does not wear \(badge.name).", hint: "See who does: badges show.", field: "member")
        }
        try turn.store.run("DELETE FROM badges_held WHERE badge = \(badge.id) AND member = \(member)")
        let was = row["reason"]?.text ?? ""
        turn.change("\(badge.subject) of member \(member)", from: .string(was), to: reason.isEmpty ? .null : .string(reason))
        return .done(
            BadgeText.taken(badge, member), data: row,
            undo: Invocation(
                command: "badges.give",
                arguments: ["member": .id(member), "badge": .string(badge.name), "reason": .string(was)]))
    }

    /// Somebody who is here.
    @discardableResult
    static func seen(_ member: ID<Member>, _ turn: Turn) throws -> MemberProfile {
        if let profile = turn.house.directory.member(member, in: try turn.requireGuild()) { return profile }
        throw Refusal(
            .notFound, "I have not seen a member with the id \(member) in this server.",
            hint: "Members are known once they have said something.", field: "member")
    }

    private static func worn(_ badge: Badge, by member: ID<Member>, _ turn: Turn) throws -> JSON {
        try held("held.badge = \(badge.id) AND held.member = \(member)", from: 0, limit: 1, turn).first ?? .null
    }

    // MARK: - Occasions

    static let hearLevels = Listener.news("badges.levels", LevelReached.self) { turn, story in
        for badge in try BadgeRows.all(of: story.guild, in: turn.store) {
            guard case .level(let level) = badge.occasion, level <= story.level else { continue }
            _ = try hold(badge, story.member, giver: nil, "reached level \(level)", turn)
        }
    }

    static let hearSeasons = Listener.news("badges.seasons", SeasonClosed.self) { turn, story in
        for badge in try BadgeRows.all(of: story.guild, in: turn.store) {
            guard case .season(let top) = badge.occasion else { continue }
            for (index, member) in story.board.prefix(top).enumerated() {
                _ = try hold(badge, member, giver: nil, "number \(index + 1) of \(story.name)", turn)
            }
        }
    }

    /// False when they wear it already.
    private static func hold(
        _ badge: Badge, _ member: ID<Member>, giver: ID<Member>?, _ reason: String, _ turn: Turn
    ) throws -> Bool {
        try turn.store.run(
            """
            INSERT INTO badges_held (badge, guild, member, at, giver, reason)
            VALUES (\(badge.id), \(badge.guild), \(member), \(turn.now), \(giver?.number ?? 0), \(reason)) ON CONFLICT DO NOTHING
            """) > 0
    }
}
