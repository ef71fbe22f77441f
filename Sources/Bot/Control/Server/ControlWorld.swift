package import Machine

/// What the server knows from outside: the clocks, who is at the other end, what accounts are called.
package struct ControlWorld: Sendable {
    package var now: @Sendable () -> MonotonicTime
    package var wall: @Sendable () -> Int64
    package var peer: @Sendable (Descriptor) throws(SystemError) -> Sockets.Peer
    package var name: @Sendable (UInt32) -> String?

    package init(
        now: @escaping @Sendable () -> MonotonicTime = { .now }, wall: @escaping @Sendable () -> Int64 = wallMilliseconds,
        peer: @escaping @Sendable (Descriptor) throws(SystemError) -> Sockets.Peer = Sockets.peer,
        name: @escaping @Sendable (UInt32) -> String? = Accounts.name(ofUser:)
    ) {
        self.now = now
        self.wall = wall
        self.peer = peer
        self.name = name
    }
}
