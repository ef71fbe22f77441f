internal import Shared

extension Turn {
    /// What would change and what would be done, with what the things that it speaks of are called now.
    package func plan(canBeUndone: Bool) -> Plan {
        var plan = Plan(changes: changes, effects: effects, canBeUndone: canBeUndone)
        let directory = house.directory
        for effect in effects {
            if let member = effect.member, let name = directory.name(of: member, in: guild) { plan.names[member.number] = name }
            if case .changeChannel(_, let deed, _) = effect, let target = deed.target {
                let role: ID<Role>? = ID(target)
                let member: ID<Member>? = ID(target)
                plan.names[target] =
                    role.flatMap { directory.name(of: $0) }.map(Self.role)
                    ?? member.flatMap { directory.name(of: $0, in: guild) }
            }
            if let channel = effect.channel, let name = directory.name(of: channel) { plan.names[channel.number] = "#" + name }
            if let role = effect.role, let name = directory.name(of: role) { plan.names[role.number] = Self.role(name) }
        }
        return plan
    }

    /// Everybody's role has its sign in its name.
    private static func role(_ name: String) -> String { name.hasPrefix("@") ? name : "@" + name }
}

extension ChannelDeed {
    /// The role or the member whose rights it sets.
    fileprivate var target: Int64? {
        switch self {
        case .permit(let overwrite): overwrite.target
        case .unpermit(let target): target
        default: nil
        }
    }
}

extension Effect {
    /// The member whom it concerns.
    fileprivate var member: ID<Member>? {
        switch self {
        case .privately(let member, _), .addRole(_, let member, _, _), .removeRole(_, let member, _, _),
            .rename(_, let member, _, _), .timeOut(_, let member, _, _), .kick(_, let member, _), .ban(_, let member, _, _),
            .unban(_, let member, _), .takeReaction(_, _, _, let member), .changeChannel(_, .admit(let member), _),
            .changeChannel(_, .dismiss(let member), _):
            member
        default: nil
        }
    }

    fileprivate var role: ID<Role>? {
        switch self {
        case .addRole(_, _, .known(let role), _), .removeRole(_, _, .known(let role), _),
            .changeRole(_, .known(let role), _, _):
            role
        default: nil
        }
    }

    fileprivate var channel: ID<Channel>? {
        switch self {
        case .post(.known(let channel), _), .edit(.known(let channel), _, _), .delete(.known(let channel), _),
            .deleteMany(let channel, _, _), .pin(.known(let channel), _), .unpin(.known(let channel), _),
            .react(.known(let channel), _, _), .unreact(.known(let channel), _, _),
            .takeReaction(.known(let channel), _, _, _), .clearReactions(.known(let channel), _, _),
            .openThread(.known(let channel), _, _, _), .openForumPost(.known(let channel), _, _, _),
            .changeChannel(.known(let channel), _, _), .openInvite(.known(let channel), _, _):
            channel
        default: nil
        }
    }
}
