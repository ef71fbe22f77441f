internal import CLinux

/// Sockets of this machine: loopback TCP and Unix.
package enum Sockets {
    package static func listenOnLoopback(port: Int) throws(SystemError) -> (Descriptor, port: Int) {
        let socket = Descriptor(try SystemError.check(hearth_socket(AF_INET), "socket"))
        let bound = try SystemError.check(
            hearth_loopback_listen(socket.number, Int32(port), 512), "listen on 127.0.0.1:\(port)")
        return (socket, Int(bound))
    }

    /// On an address that is given in digits; the port 0 takes any that is free.
    package static func listenOnAddress(_ host: String, port: Int, backlog: Int32 = 64) throws(SystemError) -> (
        Descriptor, port: Int
    ) {
        var bound = Int32(port)
        let number = hearth_listen_on(host, &bound, backlog)
        return (Descriptor(try SystemError.check(number, "listen on \(host):\(port)")), Int(bound))
    }

    package static func connectToLoopback(port: Int) throws(SystemError) -> Descriptor {
        let socket = Descriptor(try SystemError.check(hearth_socket(AF_INET), "socket"))
        if hearth_loopback_connect(socket.number, Int32(port)) != 0 {
            let error = SystemError.last("connect to 127.0.0.1:\(port)")
            if error.code != EINPROGRESS { throw error }
        }
        return socket
    }

    package static func accept(_ listener: Descriptor) -> Descriptor? {
        let socket = hearth_accept(listener.number)
        return socket < 0 ? nil : Descriptor(socket)
    }

    /// As `accept`, but says why not: out of descriptors, for example.
    package static func admit(_ listener: Descriptor) throws(SystemError) -> Descriptor? {
        let socket = hearth_accept(listener.number)
        if socket >= 0 { return Descriptor(socket) }
        let error = SystemError.last("accept")
        if error.wouldBlock { return nil }
        throw error
    }

    package static func sendAtOnce(_ socket: Descriptor) {
        _ = hearth_option(socket.number, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
    }

    /// Makes closing break the connection (RST) instead of ending it in order.
    package static func resetOnClose(_ socket: Descriptor) { _ = hearth_reset_on_close(socket.number) }

    package static func connectToUnix(_ path: String) throws(SystemError) -> Descriptor {
        let socket = Descriptor(try SystemError.check(hearth_socket(AF_UNIX), "socket"))
        _ = try SystemError.check(hearth_unix_connect(socket.number, path), "connect to \(path)")
        return socket
    }

    package static func listenOnUnix(_ path: String, backlog: Int32 = 128) throws(SystemError) -> Descriptor {
        let socket = Descriptor(try SystemError.check(hearth_socket(AF_UNIX), "socket"))
        _ = try SystemError.check(hearth_unix_bind(socket.number, path), "bind \(path)")
        _ = try SystemError.check(listen(socket.number, backlog), "listen on \(path)")
        return socket
    }

    /// Who is at the other end, as the kernel says; groups include the supplementary ones.
    package struct Peer: Hashable, Sendable {
        package var process: Int32
        package var user: UInt32
        package var groups: [UInt32]
        package init(process: Int32, user: UInt32, groups: [UInt32]) {
            self.process = process
            self.user = user
            self.groups = groups
        }
    }

    package static func peer(of socket: Descriptor) throws(SystemError) -> Peer {
        var process: Int32 = 0
        var user: UInt32 = 0
        var group: UInt32 = 0
        _ = try SystemError.check(hearth_peer(socket.number, &process, &user, &group), "SO_PEERCRED")
        var groups = [UInt32](repeating: 0, count: 256)
        let count = hearth_peer_groups(socket.number, &groups, 256)
        let others = count > 0 ? Array(groups[0..<Int(count)]) : []
        return Peer(process: process, user: user, groups: others.contains(group) ? others : [group] + others)
    }
}
