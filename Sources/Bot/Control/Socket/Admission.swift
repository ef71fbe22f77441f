internal import Machine

/// How many clients there may be, so that the bot keeps what it needs itself.
package struct ControlLimits: Hashable, Sendable {
    package var clients = 256
    package var clientsOfOneUser = 64
    /// Descriptors that stay free for the gateway and the store.
    package var reservedDescriptors = 8
    package var descriptors: Int
    /// Requests of one client that are being answered at the same time; more of them wait in the socket.
    package var requestsInFlight = 32
    package var subscriptions = 32
    /// Different live tables; two clients who watch the same one share it.
    package var feeds = 128

    package init(descriptors: Int = Descriptor.limit) { self.descriptors = descriptors }
}

/// Counts who is in, and says no with a sentence.
package struct Admission {
    package let limits: ControlLimits
    package private(set) var total = 0
    package private(set) var ofUser: [UInt32: Int] = [:]

    package init(_ limits: ControlLimits) { self.limits = limits }

    /// Descriptors are given out from the lowest free number, so a high one means that few are left.
    package func objection(to user: UInt32, descriptor: Int32) -> String? {
        if Int(descriptor) >= limits.descriptors - limits.reservedDescriptors {
            return "The daemon has no descriptors to spare. Close other clients, or raise LimitNOFILE."
        }
        if total >= limits.clients { return "\(total) clients are connected, which is all there may be. Close one of them." }
        if ofUser[user, default: 0] >= limits.clientsOfOneUser {
            return "User \(user) has \(limits.clientsOfOneUser) connections, which is all one may have. Close one of them."
        }
        return nil
    }

    package mutating func enter(_ user: UInt32) {
        total += 1
        ofUser[user, default: 0] += 1
    }

    package mutating func leave(_ user: UInt32) {
        total -= 1
        ofUser[user] = ofUser[user].flatMap { $0 > 1 ? $0 - 1 : nil }
    }
}
