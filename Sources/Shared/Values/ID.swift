/// What an id names. These have no values: they keep a channel's id from being taken for a member's.
package enum Guild {}
package enum Channel {}
package enum Member {}
package enum Role {}
package enum Message {}
package enum Emoji {}
package enum Interaction {}
package enum Application {}
package enum ScheduledEvent {}
package enum Tag {}

/// A Discord snowflake: 0 and 2^63 and above are no ids.
package struct ID<Kind>: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let number: Int64

    @inlinable
    package init?(_ number: Int64) {
        guard number > 0 else { return nil }
        self.number = number
    }

    package init?(_ text: some StringProtocol) {
        var number: UInt64 = 0
        var count = 0
        for byte in text.utf8 {
            let digit = byte &- 48
            guard digit < 10, count < 19 else { return nil }
            number = number &* 10 &+ UInt64(digit)
            count += 1
        }
        // Nineteen digits fit; what of them is more than an id may be does not.
        guard let number = Int64(exactly: number) else { return nil }
        self.init(number)
    }

    /// The smallest id that can have been made at this moment.
    package init(firstAt instant: Instant) {
        number = max(1, (instant.milliseconds - Self.epoch) << 22)
    }

    /// When Discord made it.
    package var created: Instant { Instant(milliseconds: (number >> 22) + Self.epoch) }

    package static func < (a: Self, b: Self) -> Bool { a.number < b.number }
    package var description: String { String(number) }

    private static var epoch: Int64 { 1_420_070_400_000 }
}

extension ID<Guild> {
    /// The role that everyone holds has its guild's id.
    package var everyone: ID<Role> { relabelled(as: Role.self) }
}

extension ID {
    /// The same number read as another kind; Discord gives a thread the id of its first message, for example.
    package func relabelled<Other>(as _: Other.Type) -> ID<Other> { ID<Other>(unchecked: number) }

    private init(unchecked number: Int64) { self.number = number }
}
