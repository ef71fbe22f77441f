package import Shared

/// What the bot may do with roles here: so that what cannot work is told, with what would mend it, before it is tried.
package struct RoleRights {
    private let guild: ID<Guild>
    private let roles: [RoleProfile]
    private let own: [RoleProfile]
    private let isOwner: Bool
    /// Nil as long as the bot does not know its own roles here.
    private let permissions: Permissions?

    package init(_ guild: ID<Guild>, _ turn: Turn) {
        self.guild = guild
        let roles = turn.house.directory.roles(in: guild)
        let bot = turn.house.directory.bot
        let profile = bot.flatMap { turn.house.directory.member($0, in: guild) }
        self.roles = roles
        own = roles.filter { profile?.roles.contains($0.id) ?? false }
        isOwner = bot != nil && turn.house.directory.guild(guild)?.owner == bot
        let everyone = roles.filter { $0.id == guild.everyone }
        permissions = profile == nil ? nil : (own + everyone).reduce(into: []) { $0.formUnion($1.permissions) }
    }

    /// Why this role cannot be given or taken, as a sentence with its remedy; nil where it can.
    package func trouble(with role: ID<Role>, ifGone: String = "Choose another one.") -> String? {
        guard let profile = roles.first(where: { $0.id == role }) else { return "The role is gone. " + ifGone }
        if role == guild.everyone { return "Everyone has @everyone: it cannot be given. Choose a role of its own." }
        if profile.isManaged {
            return
                "The role \(profile.name) belongs to an integration or to boosting, and only that gives it. Choose another one."
        }
        guard let permissions, !isOwner else { return nil }
        guard permissions.contains(.manageRoles) || permissions.contains(.administrator) else {
            return "I may not manage roles. Grant Manage Roles to my role in the server's settings."
        }
        guard let top = own.max(by: { Self.rank($0) < Self.rank($1) }), Self.rank(top) > Self.rank(profile) else {
            return "The role \(profile.name) stands above mine. Drag my role above it in the server's settings, under Roles."
        }
        return nil
    }

    /// Whether somebody with these roles stands above this one, so that it is theirs to give.
    package func stands(above role: ID<Role>, _ held: [ID<Role>]) -> Bool {
        guard let profile = roles.first(where: { $0.id == role }) else { return false }
        return roles.contains { held.contains($0.id) && Self.rank($0) > Self.rank(profile) }
    }

    /// Of a role, what it lets people do; nothing where there is no such role.
    package func permissions(of role: ID<Role>) -> Permissions { roles.first { $0.id == role }?.permissions ?? [] }

    /// Whether the bot is known to lack a permission in the whole server.
    package func lacks(_ permission: Permissions) -> Bool {
        guard let permissions, !isOwner, !permissions.contains(.administrator) else { return false }
        return !permissions.contains(permission)
    }

    /// Of two roles on one position the older one stands higher.
    private static func rank(_ role: RoleProfile) -> (Int, Int64) { (role.position, -role.id.number) }

    package func isKnown(_ role: ID<Role>) -> Bool { roles.contains { $0.id == role } }
    package func name(of role: ID<Role>) -> String? { roles.first { $0.id == role }?.name }
}
