package import Shared

/// A member's points have carried them to a level where they had not been before.
package struct LevelReached: News {
    package var guild: ID<Guild>
    package var member: ID<Member>
    package var level: Int
    /// Where the points were earned, if anywhere.
    package var channel: ID<Channel>?

    package init(guild: ID<Guild>, member: ID<Member>, level: Int, channel: ID<Channel>?) {
        self.guild = guild
        self.member = member
        self.level = level
        self.channel = channel
    }
}
