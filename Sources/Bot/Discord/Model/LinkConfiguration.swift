package import Shared

/// What the link with Discord is built from.
package struct LinkConfiguration: Sendable {
    package var token: Secret
    /// With the version: "https://discord.com/api/v10".
    package var apiBase: String
    package var intents: Intents
    package var compression = Compression.zlib
    /// Nil: as many as Discord recommends.
    package var shards: Int?
    package var wanted = EventKinds.all
    /// A file of certificate authorities to trust in place of the machine's own. Nobody is trusted without one.
    package var certificates: String?
    /// What the bot's profile shows below its name.
    package var presence: String?
    package var version: String
    package var project = "https://github.com/hearth-bot/hearth"

    package init(token: Secret, apiBase: String, intents: Intents, version: String) {
        self.token = token
        self.apiBase = apiBase
        self.intents = intents
        self.version = version
    }

    /// Discord turns away clients that do not introduce themselves like this.
    package var userAgent: String { "DiscordBot (\(project), \(version))" }
}
