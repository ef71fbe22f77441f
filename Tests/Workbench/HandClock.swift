package import Engine
import Machine
package import Shared

/// A clock that a test turns by hand; it may also go back. Steady time follows and never does.
package final class HandClock: Sendable {
    private let time: Lock<(wall: Int64, steady: Int64)>

    package init(_ start: Instant) { time = Lock((start.milliseconds, 0)) }

    package var now: Instant { Instant(milliseconds: time.locked { $0.wall }) }

    package func pass(_ duration: Duration) {
        time.locked { time in
            time.wall += duration.milliseconds
            time.steady += max(0, duration.milliseconds) * 1_000_000
        }
    }

    package func set(_ instant: Instant) { time.locked { $0.wall = instant.milliseconds } }

    package var clocks: Clocks {
        Clocks(wall: { self.now }, steadyNanoseconds: { self.time.locked { $0.steady } })
    }
}
