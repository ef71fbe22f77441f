package import Machine

/// The gateway takes 120 messages a minute on a connection and hangs up on the next. Heartbeats always go; the rest leaves
/// them room.
package struct SendAllowance: Sendable {
    private static let window: Int64 = 60_000_000_000
    private static let cap = 115
    private var sent: [MonotonicTime] = []

    package init() {}

    package mutating func note(_ now: MonotonicTime) {
        sent.removeAll { now.nanoseconds - $0.nanoseconds >= Self.window }
        sent.append(now)
    }

    /// When the next message may go; in the past or now if at once.
    package func free(at now: MonotonicTime) -> MonotonicTime {
        let recent = sent.filter { now.nanoseconds - $0.nanoseconds < Self.window }
        guard recent.count >= Self.cap else { return now }
        return MonotonicTime(nanoseconds: recent[recent.count - Self.cap].nanoseconds + Self.window)
    }
}
