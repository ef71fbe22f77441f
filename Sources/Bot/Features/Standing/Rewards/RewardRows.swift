internal import Kit
internal import Shared

/// Rewards as they lie in the store; those that were removed stay, so that they can be had back.
enum RewardRows {
    private static let columns: SQL =
        "id, guild, role, name, ladder, tier, rule, lasts, grace, stays, state, trouble, last_at, version"

    static func all(of guild: ID<Guild>, in store: any Connection) throws -> [Reward] {
        try store.all(
            "SELECT \(columns) FROM rewards_rewards WHERE guild = \(guild) AND state <> 'removed' ORDER BY ladder, tier DESC, id",
            read
        ).compactMap(\.self)
    }

    static func find(_ id: Int64, in store: any Connection) throws -> Reward? {
        try store.first("SELECT \(columns) FROM rewards_rewards WHERE id = \(id)", read).flatMap(\.self)
    }

    /// The reward of this number or name in the turn's server; a removed one only when it is asked for.
    static func require(_ words: String, _ turn: Turn, removed: Bool = false) throws -> Reward {
        let guild = try turn.requireGuild()
        if let id = Int64(words), let reward = try find(id, in: turn.store), reward.guild == guild,
            removed || reward.state != .removed
        {
            return reward
        }
        let known = try all(of: guild, in: turn.store)
        if let reward = known.first(where: { $0.name.lowercased() == words.lowercased() }) { return reward }
        if removed, let reward = try lastRemoved(words, of: guild, in: turn.store) { return reward }
        let near = nearest(to: words, among: known.map(\.name)).map { "Did you mean \"\($0)\"? " } ?? ""
        throw Refusal(
            .notFound, "There is no reward \"\(words.prefix(60))\" here.", hint: near + "See them all with rewards list.",
            field: "reward")
    }

    /// Of those that were called so the one that was removed last.
    static func lastRemoved(_ name: String, of guild: ID<Guild>, in store: any Connection) throws -> Reward? {
        try store.all(
            "SELECT \(columns) FROM rewards_rewards WHERE guild = \(guild) AND state = 'removed' ORDER BY id DESC", read
        ).compactMap(\.self).first { $0.name.lowercased() == name.lowercased() }
    }

    /// Answers its number.
    static func insert(_ reward: Reward, in store: any Connection) throws -> Int64 {
        try store.first(
            """
            INSERT INTO rewards_rewards (guild, role, name, ladder, tier, rule, lasts, grace, stays, state, version)
            VALUES (\(reward.guild), \(reward.role), \(reward.name), \(reward.ladder), \(reward.tier), \(reward.rule),
                \(reward.lasts), \(reward.grace), \(reward.stays), \(reward.state.rawValue), 1) RETURNING id
            """
        ) { $0.int(0) } ?? 0
    }

    /// Writes it back, one version on.
    static func update(_ reward: Reward, in store: any Connection) throws {
        try store.run(
            """
            UPDATE rewards_rewards SET role = \(reward.role), name = \(reward.name), ladder = \(reward.ladder),
                tier = \(reward.tier), rule = \(reward.rule), lasts = \(reward.lasts), grace = \(reward.grace),
                stays = \(reward.stays), state = \(reward.state.rawValue), trouble = \(reward.trouble), version = version + 1
            WHERE id = \(reward.id)
            """)
    }

    static func note(trouble: String?, of id: Int64, in store: any Connection) throws {
        try store.run("UPDATE rewards_rewards SET trouble = \(trouble) WHERE id = \(id)")
    }

    private static func read(_ row: any Row) -> Reward? {
        guard let guild: ID<Guild> = row.id(1), let role: ID<Role> = row.id(2) else { return nil }
        return Reward(
            id: row.int(0), guild: guild, role: role, name: row.text(3), ladder: row.text(4), tier: Int(row.int(5)),
            rule: row.text(6), lasts: row.optionalInt(7).map { .milliseconds($0) }, grace: .milliseconds(row.int(8)),
            stays: row.flag(9), state: Reward.State(rawValue: row.text(10)) ?? .paused, trouble: row.optionalText(11),
            lastRun: row.optionalInt(12).map(Instant.init(milliseconds:)), version: row.int(13))
    }
}
