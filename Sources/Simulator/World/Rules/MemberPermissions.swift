import Shared

extension World {
    /// What a member may do in the guild at large: the owner and administrators everything.
    func permissions(of user: ID<Member>, in guild: GuildRecord) -> Permissions {
        if guild.owner == user { return .all }
        guard let member = guild.members[user] else { return [] }
        let held = member.roles.reduce(into: guild.roles[guild.id.everyone]?.permissions ?? []) { sum, role in
            sum.formUnion(guild.roles[role]?.permissions ?? [])
        }
        return held.contains(.administrator) ? .all.union(held) : held
    }

    /// What a user may do in a channel, with everything that one missing permission implies.
    func permissions(of user: ID<Member>, in channel: ChannelRecord) -> Permissions {
        guard let id = channel.guild else {
            return channel.recipient == user || user == bot.user ? Permissions.ordinary.union([.pinMessages]) : []
        }
        guard let guild = guilds[id], let member = guild.members[user] else { return [] }
        let base = permissions(of: user, in: guild)
        if base.contains(.administrator) { return base }
        let place = channel.thread == nil ? channel : channel.parent.flatMap { channels[$0] } ?? channel
        var mine = overwritten(base, in: place, for: member, everyone: id.everyone)
        if member.isTimedOut(at: now) || member.isPending { mine.formIntersection(.readOnly) }
        guard mine.contains(.viewChannel) else { return [] }
        if channel.kind == .privateThread, channel.thread?.members[user] == nil, !mine.contains(.manageThreads) { return [] }
        if channel.thread != nil {
            if mine.contains(.sendInThreads) { mine.insert(.sendMessages) } else { mine.remove(.sendMessages) }
        }
        if !mine.contains(.sendMessages) { mine.subtract([.mentionEveryone, .sendSpoken, .attachFiles, .embedLinks]) }
        if place.kind.isVoice, !mine.contains(.connect) { mine.subtract([.speak, .manageChannels, .sendMessages]) }
        return mine
    }

    /// Everyone's overwrite, then all roles' (denies first), then the member's own.
    private func overwritten(
        _ base: Permissions, in channel: ChannelRecord, for member: MemberRecord, everyone: ID<Role>
    ) -> Permissions {
        var result = base
        if let all = channel.overwrites.first(where: { $0.target == .role && $0.id == everyone.number }) {
            result = result.subtracting(all.deny).union(all.allow)
        }
        let roles = channel.overwrites.filter { overwrite in
            overwrite.target == .role && member.roles.contains { $0.number == overwrite.id }
        }
        for overwrite in roles { result.subtract(overwrite.deny) }
        for overwrite in roles { result.formUnion(overwrite.allow) }
        if let own = channel.overwrites.first(where: { $0.target == .member && $0.id == member.id.number }) {
            result = result.subtracting(own.deny).union(own.allow)
        }
        return result
    }

    func canSee(_ user: ID<Member>, _ channel: ChannelRecord) -> Bool {
        permissions(of: user, in: channel).contains(.viewChannel)
    }

    /// The member's highest role; nobody's stands at the bottom.
    func rank(of user: ID<Member>, in guild: GuildRecord) -> (position: Int, id: Int64) {
        let roles = (guild.members[user]?.roles ?? []).compactMap { guild.roles[$0] }
        return roles.map { ($0.position, -$0.id.number) }.max { $0 < $1 } ?? (0, -guild.id.number)
    }

    /// Strictly above: the owner outranks all and is outranked by nobody; administrators have no privilege here.
    func outranks(_ actor: ID<Member>, _ target: ID<Member>, in guild: GuildRecord) -> Bool {
        if guild.owner == target { return false }
        return guild.owner == actor || rank(of: actor, in: guild) > rank(of: target, in: guild)
    }

    func outranks(_ actor: ID<Member>, _ role: RoleRecord, in guild: GuildRecord) -> Bool {
        guild.owner == actor || rank(of: actor, in: guild) > (role.position, -role.id.number)
    }
}
