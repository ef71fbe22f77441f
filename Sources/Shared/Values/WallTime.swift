/// What a clock on the wall of some zone shows.
package struct WallTime: Hashable, Comparable, Sendable {
    package var day: Day
    package var millisecond: Int

    package init(_ day: Day, hour: Int = 0, minute: Int = 0, second: Int = 0, millisecond: Int = 0) {
        self.day = day
        self.millisecond = ((hour * 60 + minute) * 60 + second) * 1000 + millisecond
    }

    /// Reads milliseconds since 1970 as if the zone had no offset.
    package init(local milliseconds: Int64) {
        let days = milliseconds >= 0 ? milliseconds / 86_400_000 : (milliseconds - 86_399_999) / 86_400_000
        day = Day(number: Int32(days))
        millisecond = Int(milliseconds - days * 86_400_000)
    }

    package var local: Int64 { Int64(day.number) * 86_400_000 + Int64(millisecond) }
    package var hour: Int { millisecond / 3_600_000 }
    package var minute: Int { millisecond / 60_000 % 60 }
    package var second: Int { millisecond / 1000 % 60 }

    package static func < (a: Self, b: Self) -> Bool { a.local < b.local }
}
