package import Shared

/// A command that changes something was carried out in a guild, by whoever the turn is of. Told after all that it caused.
package struct CommandDone: News {
    package var command: String
    package var access: Access
    package var guild: ID<Guild>

    package init(command: String, access: Access, guild: ID<Guild>) {
        self.command = command
        self.access = access
        self.guild = guild
    }
}
