package import Shared

/// A flood of messages: how many, how fast, and among whom.
package struct LoadPlan: Sendable {
    package var events: Int
    /// Events a second; nil is as fast as the socket takes them.
    package var rate: Double?
    package var guilds: [ID<Guild>]
    package var channels: Int
    package var members: Int
    package var seed: UInt64
    /// The share of messages that answer another.
    package var replies = 0.2
    /// Nothing goes out before all is made and packed, so that whoever measures the other side does not measure this one.
    package var isHeld = false

    package init(
        events: Int, rate: Double? = nil, guilds: [ID<Guild>], channels: Int = 5, members: Int = 100, seed: UInt64 = 1
    ) {
        self.events = events
        self.rate = rate
        self.guilds = guilds
        self.channels = max(1, channels)
        self.members = max(1, members)
        self.seed = seed
    }
}
