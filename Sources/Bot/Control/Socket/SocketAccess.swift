/// Whom the file system lets knock. What they may do is for the role book; this only keeps the others from the door.
package enum SocketAccess: Hashable, Sendable {
    /// Root and the daemon's own user.
    case owner
    case group(UInt32)
    /// Everybody who reaches the folder: several groups or single users have roles, which one mode cannot say.
    case everyone

    /// The narrowest that lets in everybody who has a role.
    package init(for roles: RoleBook) {
        let others = roles.users.values.reduce(Set()) { $0.union($1) }.subtracting([0, roles.ownUser])
        let groups = roles.groups.values.reduce(Set()) { $0.union($1) }
        switch (others.isEmpty, groups.count, groups.first) {
        case (true, 0, _): self = .owner
        case (true, 1, .some(let group)): self = .group(group)
        default: self = .everyone
        }
    }

    var socketMode: UInt32 {
        switch self {
        case .owner: 0o600
        case .group: 0o660
        case .everyone: 0o666
        }
    }

    var folderMode: UInt32 { self == .everyone ? 0o755 : 0o750 }
    var group: UInt32? { if case .group(let group) = self { group } else { nil } }
}
