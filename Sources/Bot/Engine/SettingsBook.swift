internal import Kit
internal import Shared

/// What admins have set, in memory: read when it is first asked for, forgotten when a row changes.
final class SettingsBook {
    private struct Key: Hashable {
        var scope: String
        var target: Int64
        var name: String
    }

    private var values: [Key: JSON]?
    private let standards: [String: JSON]
    private var compiled: [Compiled: AnyObject] = [:]

    private struct Compiled: Hashable {
        var kind: ObjectIdentifier
        var guild: Int64
    }

    init(standards: [String: JSON]) { self.standards = standards }

    func forget() {
        values = nil
        compiled = [:]
    }

    /// The nearest one that is set: a role's, the channel's, the guild's, the house's, the environment's.
    func stored(
        _ name: String, guild: ID<Guild>?, channel: ID<Channel>?, roles: [ID<Role>], from store: any Connection
    ) -> JSON? {
        let values = values ?? read(from: store)
        for role in roles {
            if let value = values[Key(scope: "role", target: role.number, name: name)] { return value }
        }
        if let channel, let value = values[Key(scope: "channel", target: channel.number, name: name)] { return value }
        if let guild, let value = values[Key(scope: "guild", target: guild.number, name: name)] { return value }
        return values[Key(scope: "house", target: 0, name: name)] ?? standards[name]
    }

    func compiled(_ kind: ObjectIdentifier, guild: ID<Guild>?, _ make: () -> AnyObject) -> AnyObject {
        let key = Compiled(kind: kind, guild: guild?.number ?? 0)
        if let value = compiled[key] { return value }
        let value = make()
        compiled[key] = value
        return value
    }

    /// What could not be read is not remembered as unset.
    private func read(from store: any Connection) -> [Key: JSON] {
        var found: [Key: JSON] = [:]
        do {
            try store.each("SELECT scope, target, name, value FROM house_settings") { row in
                found[Key(scope: row.text(0), target: row.int(1), name: row.text(2))] = row.json(3)
            }
        } catch { return [:] }
        values = found
        return found
    }
}
