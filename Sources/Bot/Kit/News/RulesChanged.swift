package import Shared

/// An admin changed the rules of a guild.
package struct RulesChanged: News {
    package var guild: ID<Guild>
    package var version: Int64

    package init(guild: ID<Guild>, version: Int64) {
        self.guild = guild
        self.version = version
    }
}
