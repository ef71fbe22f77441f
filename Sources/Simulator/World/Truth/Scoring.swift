package import Shared

/// What the oracle is told about the house rules: weights in thousandths of a point.
package struct Scoring: Sendable {
    package var message = 1000
    package var reply = 2000
    package var starter = 3000
    package var silence: Duration = 10.minutes
    package var reaction = 1500
    package var furtherChannel = 1000
    /// So many days missed in a row end a streak.
    package var streakWindow = 1
    /// A day with only reactions given is an active day too.
    package var reactionsKeepStreaks = true
    /// Who (or what is done where) is not counted, and when.
    package var leavesOut: @Sendable (ID<Member>, ID<Channel>, Instant) -> Bool = { _, _, _ in false }
    /// Which day a moment belongs to; UTC unless told otherwise.
    package var day: @Sendable (Instant) -> Day = { WallTime(local: $0.milliseconds).day }

    package init() {}
}

/// One account of the day ledger.
package struct PointsKey: Hashable, Sendable, Comparable {
    package let guild: ID<Guild>
    package let member: ID<Member>
    package let channel: ID<Channel>
    package let day: Day

    package static func < (a: Self, b: Self) -> Bool {
        (a.guild, a.member, a.channel, a.day) < (b.guild, b.member, b.channel, b.day)
    }
}
