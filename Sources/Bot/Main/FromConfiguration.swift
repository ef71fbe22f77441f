internal import Control
internal import Discord
internal import Engine
internal import Kit
internal import Machine
internal import Oracle
internal import Settings
internal import Shared

// What the configuration says, in the words of the rooms that it is for.

extension EngineOptions {
    init(_ configuration: Configuration, standards: [String: JSON]) {
        self.init(
            owners: configuration.owners, prefixes: configuration.prefixes, featuresOff: Set(configuration.features.off),
            featuresOn: Set(configuration.features.on), backups: configuration.store.backups,
            erasures: configuration.store.path + ".erasures", standards: standards)
        prefixesMatchCase = configuration.prefixesMatchCase
    }
}

extension LinkConfiguration {
    init(_ configuration: Configuration, _ token: Secret, _ version: String) {
        var intents = Intents.usual
        if !configuration.discord.intents.members { intents.remove(.members) }
        if !configuration.discord.intents.messageContent { intents.remove(.messageContent) }
        self.init(token: token, apiBase: configuration.discord.apiBase.description, intents: intents, version: version)
        compression =
            switch configuration.discord.compression {
            case .zlibStream: .zlib
            case .zstdStream: .zstd
            case .none: .none
            }
        if !configuration.discord.certificates.isEmpty { certificates = configuration.discord.certificates }
        if case .count(let count) = configuration.discord.shards { shards = count }
    }
}

extension OracleConfiguration {
    /// Nil where none is configured.
    init?(_ configuration: Configuration, _ key: Secret?, _ version: String) {
        guard let address = configuration.oracle.url else { return nil }
        let certificates = configuration.discord.certificates
        self.init(
            address: address, model: configuration.oracle.model, key: key,
            timeout: configuration.oracle.timeoutSeconds.seconds, perMinute: configuration.oracle.perMinute,
            certificates: certificates.isEmpty ? nil : certificates, agent: "hearthd/\(version)")
    }
}

extension ControlLimits {
    init(_ configuration: Configuration.Control) {
        self.init()
        clients = configuration.clients
        clientsOfOneUser = configuration.clientsOfOneUser
    }
}

extension RoleBook {
    struct Unknown: Error, CustomStringConvertible {
        let description: String
    }

    init(_ roles: Configuration.Roles) throws(Unknown) {
        self.init(ownUser: Accounts.effectiveUser)
        let grants: [(Access.Role, Configuration.Grant)] = [
            (.viewer, roles.viewer), (.moderator, roles.moderator), (.admin, roles.admin), (.owner, roles.owner),
        ]
        for (role, grant) in grants {
            users[role] = Set(
                try grant.users.map { account throws(Unknown) in try Self.number(account, "user", Accounts.user) })
            groups[role] = Set(
                try grant.groups.map { account throws(Unknown) in try Self.number(account, "group", Accounts.group) })
        }
    }

    private static func number(
        _ account: Configuration.Account, _ kind: String, _ find: (String) -> UInt32?
    ) throws(Unknown) -> UInt32 {
        switch account {
        case .number(let number): return number
        case .name(let name):
            guard let number = find(name) else {
                throw Unknown(description: "control.roles: there is no \(kind) \"\(name)\" on this machine")
            }
            return number
        }
    }
}

extension Log {
    func write(_ note: EngineNote) {
        let level: LogLevel =
            switch note.level {
            case .debug: .debug
            case .info: .info
            case .warning: .warn
            case .error: .error
            }
        write(level, note.message, note.fields.sorted { $0.key < $1.key }.map { LogField.text($0.key, $0.value) })
    }
}
