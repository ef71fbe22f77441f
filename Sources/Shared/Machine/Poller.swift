internal import CLinux

/// What a descriptor is ready for.
package struct Readiness: OptionSet, Sendable {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }
    package static let readable = Readiness(rawValue: UInt32(EPOLLIN.rawValue))
    package static let writable = Readiness(rawValue: UInt32(EPOLLOUT.rawValue))
    package static let hungUp = Readiness(rawValue: UInt32(EPOLLHUP.rawValue | EPOLLERR.rawValue | EPOLLRDHUP.rawValue))
}

/// One epoll set, used by one thread, with a bell that any thread may ring to end a wait.
package final class Poller {
    private let poller: Int32
    package let bell: Bell
    private static let bellTag = UInt64.max

    package init() throws(SystemError) {
        poller = try SystemError.check(epoll_create1(Int32(EPOLL_CLOEXEC)), "epoll_create1")
        bell = try Bell()
        _ = try SystemError.check(
            hearth_epoll_control(poller, EPOLL_CTL_ADD, bell.descriptor, Readiness.readable.rawValue, Self.bellTag), "epoll_ctl"
        )
    }

    deinit { close(poller) }

    package func watch(_ descriptor: Int32, for readiness: Readiness, tag: UInt64) throws(SystemError) {
        _ = try SystemError.check(
            hearth_epoll_control(poller, EPOLL_CTL_ADD, descriptor, readiness.rawValue, tag), "epoll_ctl")
    }

    package func change(_ descriptor: Int32, to readiness: Readiness, tag: UInt64) {
        _ = hearth_epoll_control(poller, EPOLL_CTL_MOD, descriptor, readiness.rawValue, tag)
    }

    package func forget(_ descriptor: Int32) {
        _ = hearth_epoll_control(poller, EPOLL_CTL_DEL, descriptor, 0, 0)
    }

    /// Waits, then hands over each ready (tag, readiness). True when the bell rang.
    package func wait(milliseconds: Int, _ body: (UInt64, Readiness) -> Void) -> Bool {
        var events = [UInt32](repeating: 0, count: 64)
        var tags = [UInt64](repeating: 0, count: 64)
        let limit = Int32(clamping: milliseconds)
        let count = hearth_epoll_wait(poller, &events, &tags, 64, limit)
        var rang = false
        for index in 0..<max(0, Int(count)) {
            if tags[index] == Self.bellTag {
                bell.silence()
                rang = true
            } else {
                body(tags[index], Readiness(rawValue: events[index]))
            }
        }
        return rang
    }
}

/// Wakes a thread that waits in a poller; ringing twice is ringing once.
package final class Bell: Sendable {
    package let descriptor: Int32

    package init() throws(SystemError) {
        descriptor = try SystemError.check(eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK)), "eventfd")
    }

    deinit { close(descriptor) }

    package func ring() {
        var one: UInt64 = 1
        _ = write(descriptor, &one, 8)
    }

    package func silence() {
        var count: UInt64 = 0
        _ = read(descriptor, &count, 8)
    }
}
