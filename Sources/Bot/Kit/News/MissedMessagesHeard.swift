package import Shared

/// What was said in a guild while no session stood, or before the house listened there, has been fetched back and heard: late,
/// and channel by channel. Whoever goes by the order in which things were said has to look at the time since then again.
package struct MissedMessagesHeard: News {
    package var guild: ID<Guild>
    package var since: Instant
    /// From before the house listened: nobody is told of what follows from it.
    package var isPast: Bool

    package init(guild: ID<Guild>, since: Instant, isPast: Bool = false) {
        self.guild = guild
        self.since = since
        self.isPast = isPast
    }
}
