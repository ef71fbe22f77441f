package import Shared

/// What was said in a guild while no session stood has been fetched back and heard: late, and channel by channel. Whoever
/// goes by the order in which things were said has to look at the time since then again.
package struct MissedMessagesHeard: News {
    package var guild: ID<Guild>
    package var since: Instant

    package init(guild: ID<Guild>, since: Instant) {
        self.guild = guild
        self.since = since
    }
}
