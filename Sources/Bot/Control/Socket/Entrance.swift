internal import Kit
internal import Machine

/// A socket of the server with who may do what behind it.
struct Entrance: Sendable {
    let socket: ControlSocket
    let roles: Roles

    enum Roles: Sendable {
        /// As the book says.
        case byAccount(RoleBook)
        /// Whoever it is looks on. Not even an owner is more here: numbers of users mean little to who opens such a socket.
        case onlyViewers
    }

    func role(of peer: Sockets.Peer) -> Access.Role? {
        switch roles {
        case .byAccount(let book): book.role(of: peer)
        case .onlyViewers: .viewer
        }
    }
}
