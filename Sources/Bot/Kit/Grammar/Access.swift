package import Shared

/// Who may do it, from the many to the few.
package enum Access: String, Hashable, Comparable, CaseIterable, Sendable {
    case everyone, moderate, manageEvents, manageRoles, manageGuild, guildOwner, houseOwner

    package static func < (a: Self, b: Self) -> Bool { a.rank < b.rank }
    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    /// The Discord permission that stands for it, where one does.
    package var permission: Permissions? {
        switch self {
        case .everyone, .guildOwner, .houseOwner: nil
        case .moderate: .moderateMembers
        case .manageEvents: .manageEvents
        case .manageRoles: .manageRoles
        case .manageGuild: .manageGuild
        }
    }

    /// Completes "this is for …".
    package var spelled: String {
        switch self {
        case .everyone: "everyone"
        case .moderate: "moderators (Time Out Members)"
        case .manageEvents: "those who may Manage Events"
        case .manageRoles: "those who may Manage Roles"
        case .manageGuild: "those who may Manage Server"
        case .guildOwner: "the owner of the server"
        case .houseOwner: "the owners of this bot"
        }
    }

    /// The role on the control socket that it takes.
    package var role: Role {
        switch self {
        case .everyone: .viewer
        case .moderate: .moderator
        case .manageEvents, .manageRoles, .manageGuild, .guildOwner: .admin
        case .houseOwner: .owner
        }
    }

    package enum Role: String, Hashable, Comparable, CaseIterable, Sendable {
        case viewer, moderator, admin, owner
        package static func < (a: Self, b: Self) -> Bool { a.rank < b.rank }
        private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }
}

/// Where a command makes sense.
package enum Scope: String, Hashable, Sendable { case guild, house, either }

/// Which way something came in.
package enum Door: String, Hashable, Sendable { case slash, prefix, button, form, socket, job, event }

/// Who asks.
package enum Asker: Sendable {
    case member(MemberAsker)
    case unix(Operator)
    case job(String)

    package struct MemberAsker: Sendable {
        package var id: ID<Member>
        package var permissions: Permissions
        package var ownsGuild: Bool
        package var ownsHouse: Bool
        package init(id: ID<Member>, permissions: Permissions, ownsGuild: Bool, ownsHouse: Bool) {
            self.id = id
            self.permissions = permissions
            self.ownsGuild = ownsGuild
            self.ownsHouse = ownsHouse
        }
    }

    /// Somebody with a Unix account, on the control socket.
    package struct Operator: Sendable {
        package var user: UInt32
        package var name: String
        /// Who they say they are among those who share the account; empty where they say nothing. It names them in the audit
        /// and gives them no right.
        package var alias: String
        package var role: Access.Role
        package var client: String
        /// The member that a member-only command is run as.
        package var member: ID<Member>?
        package init(
            user: UInt32, name: String, alias: String = "", role: Access.Role, client: String, member: ID<Member>? = nil
        ) {
            self.user = user
            self.name = name
            self.alias = alias
            self.role = role
            self.client = client
            self.member = member
        }

        /// Both names: the account's is the kernel's word, the other one theirs.
        package var spelled: String { Self.spell(alias: alias, account: name) }

        package static func spell(alias: String, account: String) -> String {
            alias.isEmpty ? account : "\(alias) (\(account))"
        }
    }

    /// The member who asks, or on whose behalf an operator does.
    package var member: ID<Member>? {
        switch self {
        case .member(let member): member.id
        case .unix(let person): person.member
        case .job: nil
        }
    }

    package func may(_ access: Access) -> Bool {
        switch self {
        case .job: true
        case .unix(let person): person.role >= access.role
        case .member(let member):
            member.ownsHouse || access == .everyone || access < .houseOwner && member.ownsGuild
                || access.permission.map { member.permissions.contains($0) || member.permissions.contains(.administrator) }
                    ?? false
        }
    }
}
