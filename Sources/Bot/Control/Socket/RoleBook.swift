package import Kit
package import Machine

/// Which accounts of this machine may do what on the socket. Root and the daemon's own user are owners; who is not in the
/// book may do nothing.
package struct RoleBook: Sendable {
    package var ownUser: UInt32
    package var users: [Access.Role: Set<UInt32>]
    package var groups: [Access.Role: Set<UInt32>]

    package init(
        ownUser: UInt32, users: [Access.Role: Set<UInt32>] = [:], groups: [Access.Role: Set<UInt32>] = [:]
    ) {
        self.ownUser = ownUser
        self.users = users
        self.groups = groups
    }

    /// What the kernel shows for everybody whom a user namespace hides: it names nobody, whatever the book says.
    package static let nobody: UInt32 = 65_534

    /// The highest of the roles that the peer's user and groups have.
    package func role(of peer: Sockets.Peer) -> Access.Role? {
        if peer.user == Self.nobody { return nil }
        if peer.user == 0 || peer.user == ownUser { return .owner }
        let belongs = Set(peer.groups).subtracting([Self.nobody])
        return Access.Role.allCases.last { role in
            users[role]?.contains(peer.user) == true || groups[role]?.isDisjoint(with: belongs) == false
        }
    }
}
