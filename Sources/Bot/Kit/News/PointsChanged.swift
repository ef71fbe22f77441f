package import Shared

/// What a member did was counted, or taken back: told in the transaction that counts it. Whatever follows from points hears this and
/// never has to ask.
package struct PointsChanged: News {
    package var guild: ID<Guild>
    package var member: ID<Member>
    /// Where it was done; nowhere when staff have set it.
    package var channel: ID<Channel>?
    /// The day of the ledger that has changed.
    package var day: Day
    /// All that they ever had, in thousandths.
    package var before: Int64
    package var after: Int64
    /// From before the house listened, or brought along from elsewhere: it counts, and nobody is congratulated.
    package var isPast: Bool

    package init(
        guild: ID<Guild>, member: ID<Member>, channel: ID<Channel>?, day: Day, before: Int64, after: Int64,
        isPast: Bool = false
    ) {
        self.guild = guild
        self.member = member
        self.channel = channel
        self.day = day
        self.before = before
        self.after = after
        self.isPast = isPast
    }
}
