package import Machine
package import Shared

/// The clocks that the link lives by, handed in so that a test may turn them.
package struct LinkClock: Sendable {
    package var now: @Sendable () -> MonotonicTime
    package var wall: @Sendable () -> Instant
    /// Between 0 and 1.
    package var chance: @Sendable () -> Double

    package init(
        now: @escaping @Sendable () -> MonotonicTime, wall: @escaping @Sendable () -> Instant,
        chance: @escaping @Sendable () -> Double
    ) {
        self.now = now
        self.wall = wall
        self.chance = chance
    }

    package static let system = LinkClock(
        now: { MonotonicTime.now }, wall: { Instant(milliseconds: wallMilliseconds()) }, chance: { Double.random(in: 0..<1) })
}
