package import Shared

/// Which keys let programs read over the web, as whoever gives them out knows.
package struct AccessKeyReading: Reading {
    /// By the digest of the key's text, which nobody keeps.
    package let find: @Sendable (Turn, String) throws -> AccessKey?
    package init(find: @escaping @Sendable (Turn, String) throws -> AccessKey?) { self.find = find }
}

/// What a key opens: what commands of some features answer in one guild to somebody of a role.
package struct AccessKey: Hashable, Sendable {
    package var id: Int64
    package var name: String
    package var guild: ID<Guild>
    package var role: Access.Role
    package var features: Set<String>
    /// Requests in a minute.
    package var limit: Int

    package init(id: Int64, name: String, guild: ID<Guild>, role: Access.Role, features: Set<String>, limit: Int) {
        self.id = id
        self.name = name
        self.guild = guild
        self.role = role
        self.features = features
        self.limit = limit
    }

    /// What every key's text begins with, so that one that got lost is known for what it is.
    package static let prefix = "hearth_"
}
