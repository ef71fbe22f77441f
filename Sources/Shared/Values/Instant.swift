/// A moment: UTC milliseconds since 1970.
package struct Instant: Hashable, Comparable, Sendable {
    package var milliseconds: Int64

    package init(milliseconds: Int64) { self.milliseconds = milliseconds }
    package init(seconds: Int64) { milliseconds = seconds * 1000 }

    package static func < (a: Self, b: Self) -> Bool { a.milliseconds < b.milliseconds }
    package static func + (a: Self, b: Duration) -> Self { Instant(milliseconds: a.milliseconds + b.milliseconds) }
    package static func - (a: Self, b: Duration) -> Self { Instant(milliseconds: a.milliseconds - b.milliseconds) }
    package static func - (a: Self, b: Self) -> Duration { .milliseconds(a.milliseconds - b.milliseconds) }
}

extension Duration {
    package var milliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }

    /// Whole days of 24 hours.
    package static func days(_ count: some BinaryInteger) -> Duration { .seconds(Int64(count) * 86_400) }
}

extension Int {
    package var seconds: Duration { .seconds(self) }
    package var minutes: Duration { .seconds(self * 60) }
    package var hours: Duration { .seconds(self * 3600) }
    package var days: Duration { .days(self) }
}
