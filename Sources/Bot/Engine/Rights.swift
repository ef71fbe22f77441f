internal import Kit
internal import Shared

/// What a member may do, worked out of the projection as Discord does: roles, then the channel's overwrites.
struct Rights {
    let directory: StoredDirectory

    func permissions(of member: ID<Member>, in guild: ID<Guild>, channel: ID<Channel>?) -> Permissions {
        guard let profile = directory.guild(guild) else { return [] }
        if profile.owner == member { return .all }
        let held = directory.member(member, in: guild)?.roles ?? []
        var allowed = Permissions()
        for role in directory.roles(in: guild) where role.id == guild.everyone || held.contains(role.id) {
            allowed.formUnion(role.permissions)
        }
        if allowed.contains(.administrator) { return .all }
        guard let channel, let place = inheriting(channel) else { return allowed }
        return applying(place.overwrites, to: allowed, member: member, roles: held, everyone: guild.everyone)
    }

    func owns(_ guild: ID<Guild>, _ member: ID<Member>) -> Bool { directory.guild(guild)?.owner == member }

    /// A thread has its parent's overwrites.
    private func inheriting(_ channel: ID<Channel>) -> ChannelProfile? {
        guard let place = directory.channel(channel) else { return nil }
        if (10...12).contains(place.type), let parent = place.parent { return directory.channel(parent) }
        return place
    }

    private func applying(
        _ overwrites: [Overwrite], to base: Permissions, member: ID<Member>, roles: [ID<Role>], everyone: ID<Role>
    ) -> Permissions {
        var allowed = base
        func apply(_ some: [Overwrite]) {
            for one in some { allowed.subtract(one.deny) }
            for one in some { allowed.formUnion(one.allow) }
        }
        apply(overwrites.filter { !$0.isMember && $0.target == everyone.number })
        apply(overwrites.filter { one in !one.isMember && roles.contains { $0.number == one.target } })
        apply(overwrites.filter { $0.isMember && $0.target == member.number })
        return allowed
    }
}
