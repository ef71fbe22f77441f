internal import Kit
internal import Shared

/// A channel that only opens to who holds a reward.
struct Unlocked {
    var channel: ID<Channel>
    /// What the channel said of the role before; nil when it said nothing.
    var before: Overwrite?
    var trouble: String?
}

extension Rewards {
    /// RWD-08: private channels unlocked by tier.
    static let unlock = Command(
        "rewards.unlock", "Lets the holders of a reward into a private channel", access: .manageRoles, changes: true,
        returns: rowShape, example: "reward: Gold channel: #lounge",
        which, .channel("channel", "The channel that opens to them")
    ) { turn, which, channel in
        let reward = try RewardRows.require(which, turn)
        let profile = try place(channel, turn)
        try checkPlace(profile, turn)
        let before = profile.overwrites.first { !$0.isMember && $0.target == reward.role.number }
        let added = try turn.store.run(
            """
            INSERT INTO rewards_channels (reward, guild, channel, allowed, denied)
            VALUES (\(reward.id), \(reward.guild), \(channel), \(bits(before?.allow)), \(bits(before?.deny)))
            ON CONFLICT DO NOTHING
            """)
        guard added > 0 else {
            return .done(RewardText.unlocked(reward, channel, isOpenToAll: false), data: try row(of: reward, turn))
        }
        try permit(reward, profile, turn)
        turn.change("channel \(channel) of \(reward.subject)", from: .bool(false), to: .bool(true))
        let everyone = profile.overwrites.first { !$0.isMember && $0.target == reward.guild.number }
        return .done(
            RewardText.unlocked(reward, channel, isOpenToAll: everyone?.deny.contains(.viewChannel) != true),
            data: try row(of: reward, turn),
            undo: Invocation(
                command: "rewards.lock", arguments: ["reward": .string(String(reward.id)), "channel": .id(channel)]))
    }

    static let lock = Command(
        "rewards.lock", "Takes back that a reward opens a channel", access: .manageRoles, changes: true, returns: rowShape,
        example: "reward: Gold channel: #lounge",
        which, .channel("channel", "The channel that it opens no more")
    ) { turn, which, channel in
        let reward = try RewardRows.require(which, turn)
        guard let opened = try unlockedChannels(of: reward, turn).first(where: { $0.channel == channel }) else {
            throw Refusal(
                .notFound, "\(reward.name) does not open that channel.", hint: "rewards show says which it opens.",
                field: "channel")
        }
        close(opened, reward, turn)
        try turn.store.run("DELETE FROM rewards_channels WHERE reward = \(reward.id) AND channel = \(channel)")
        turn.change("channel \(channel) of \(reward.subject)", from: .bool(true), to: .bool(false))
        return .done(
            RewardText.locked(reward, channel), data: try row(of: reward, turn),
            undo: Invocation(
                command: "rewards.unlock", arguments: ["reward": .string(String(reward.id)), "channel": .id(channel)]))
    }

    // MARK: - Checks

    private static func place(_ channel: ID<Channel>, _ turn: Turn) throws -> ChannelProfile {
        let known = turn.house.directory.channels(in: try turn.requireGuild())
        guard let profile = known.first(where: { $0.id == channel }) else {
            throw Refusal(.notFound, "There is no channel \(channel) here.", field: "channel")
        }
        guard !profile.isThread else {
            throw Refusal(
                .invalid, "Threads have no permissions of their own.", hint: "Name the channel that it is in.", field: "channel"
            )
        }
        return profile
    }

    private static func checkPlace(_ channel: ChannelProfile, _ turn: Turn) throws(Refusal) {
        guard let own = turn.house.directory.ownPermissions(in: channel.id, of: channel.guild) else { return }
        let needed: Permissions = [.viewChannel, .manageRoles]
        guard !own.isSuperset(of: needed) else { return }
        throw Refusal(
            .forbidden, "I lack a permission in #\(channel.name): \(needed.subtracting(own).spelled).",
            hint: "Grant it to my role in the channel's settings; there Manage Roles is called Manage Permissions.",
            field: "channel")
    }

    // MARK: - Channels

    static func unlockedChannels(of reward: Reward, _ turn: Turn) throws -> [Unlocked] {
        try turn.store.all(
            """
            SELECT channel, allowed, denied, trouble FROM rewards_channels
            WHERE reward = \(reward.id) AND guild = \(reward.guild) ORDER BY channel
            """
        ) { row -> Unlocked? in
            guard let channel: ID<Channel> = row.id(0) else { return nil }
            let before = row.optionalInt(1).map { allowed in
                Overwrite(
                    target: reward.role.number, isMember: false, allow: Permissions(rawValue: UInt64(bitPattern: allowed)),
                    deny: Permissions(rawValue: UInt64(bitPattern: row.int(2))))
            }
            return Unlocked(channel: channel, before: before, trouble: row.optionalText(3))
        }.compactMap(\.self)
    }

    /// Adds to what the channel says of the role that it may be seen and, where people speak, joined.
    private static func permit(_ reward: Reward, _ channel: ChannelProfile, _ turn: Turn) throws {
        let before = channel.overwrites.first { !$0.isMember && $0.target == reward.role.number }
        let opening: Permissions = channel.isVoice ? [.viewChannel, .connect] : .viewChannel
        let overwrite = Overwrite(
            target: reward.role.number, isMember: false, allow: (before?.allow ?? []).union(opening),
            deny: (before?.deny ?? []).subtracting(opening))
        try turn.emit(
            .changeChannel(.known(channel.id), .permit(overwrite), reason: "Reward \(reward.name) opens this channel"),
            receiptTo: unlocked, Opening(reward: reward.id, channel: channel.id))
    }

    private static func close(_ opened: Unlocked, _ reward: Reward, _ turn: Turn) {
        let deed: ChannelDeed = opened.before.map(ChannelDeed.permit) ?? .unpermit(target: reward.role.number)
        turn.emit(.changeChannel(.known(opened.channel), deed, reason: "Reward \(reward.name) opens this channel no more"))
    }

    struct Opening: Codable, Sendable {
        var reward: Int64
        var channel: ID<Channel>
    }

    static let unlocked: Job<Opening> = Job("rewards.unlocked", late: .always) { turn, opening in
        let trouble: String? =
            switch turn.receipt?.outcome {
            case .refused(let code, let message): "Discord did not let me open a channel (\(code)): \(message)"
            default: nil
            }
        try turn.store.run(
            """
            UPDATE rewards_channels SET trouble = \(trouble) WHERE reward = \(opening.reward) AND channel = \(opening.channel)
            """)
    }

    /// Looks whether each channel still opens, and opens it again where somebody changed that; one that is gone is told.
    static func repairChannels(of guild: ID<Guild>, _ turn: Turn) throws {
        let places = turn.house.directory.channels(in: guild)
        for reward in try RewardRows.all(of: guild, in: turn.store) where reward.state == .on {
            for opened in try unlockedChannels(of: reward, turn) {
                guard let place = places.first(where: { $0.id == opened.channel }) else {
                    try turn.store.run(
                        """
                        UPDATE rewards_channels SET trouble = \("A channel that it opened is gone: lock it with rewards lock.")
                        WHERE reward = \(reward.id) AND channel = \(opened.channel)
                        """)
                    continue
                }
                let own = place.overwrites.first { !$0.isMember && $0.target == reward.role.number }
                if own?.allow.contains(.viewChannel) != true { try permit(reward, place, turn) }
            }
        }
    }

    /// When a reward is removed its channels close; when it is had back they open.
    static func closeChannels(of reward: Reward, _ turn: Turn) throws {
        for opened in try unlockedChannels(of: reward, turn) { close(opened, reward, turn) }
    }

    static func openChannels(of reward: Reward, _ turn: Turn) throws {
        let places = turn.house.directory.channels(in: reward.guild)
        for opened in try unlockedChannels(of: reward, turn) {
            if let place = places.first(where: { $0.id == opened.channel }) { try permit(reward, place, turn) }
        }
    }

    static func moveChannels(of old: Reward, to role: ID<Role>, _ turn: Turn) throws {
        try closeChannels(of: old, turn)
        var new = old
        new.role = role
        try turn.store.run("UPDATE rewards_channels SET allowed = NULL, denied = NULL WHERE reward = \(old.id)")
        try openChannels(of: new, turn)
    }

    private static func bits(_ permissions: Permissions?) -> SQLValue {
        permissions.map { .int(Int64(bitPattern: $0.rawValue)) } ?? .null
    }
}
