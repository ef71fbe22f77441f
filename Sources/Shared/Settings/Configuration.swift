package import Machine
package import Shared

/// What an admin decides before the daemon starts. Every property is one key of the table in `ConfigurationKeys.swift`; the
/// values here are the defaults.
package struct Configuration: Hashable, Sendable {
    package var name = "Hearth"
    package var description = "Keeps this community lively and its admins in control."
    package var owners: [ID<Member>] = []
    package var prefixes = ["E!"]
    package var prefixesMatchCase = false
    package var discord = Discord()
    package var store = Store()
    package var control = Control()
    package var web = Web()
    package var log = Log()
    package var oracle = Oracle()
    package var features = Features()

    package init() {}

    package struct Discord: Hashable, Sendable {
        /// Empty: the systemd credential "token", else DISCORD_TOKEN.
        package var tokenFile = ""
        package var apiBase = RemoteAddress.discord
        /// Empty: the machine's own authorities.
        package var certificates = ""
        package var compression = Compression.zlibStream
        package var shards = Shards.auto
        package var intents = Intents()
        package var testGuilds: [ID<Guild>] = []
    }

    package enum Compression: String, CaseIterable, Sendable {
        case zlibStream = "zlib-stream"
        case zstdStream = "zstd-stream"
        case none
    }

    package enum Shards: Hashable, Sendable {
        /// As many as Discord recommends.
        case auto
        case count(Int)
    }

    package struct Intents: Hashable, Sendable {
        package var members = true
        package var messageContent = true
    }

    package struct Store: Hashable, Sendable {
        package var path = ""
        package var cacheMegabytes = 4
        package var backups = ""
        /// 0: none is made by itself.
        package var backupHours = 24
        package var backupKeep = 14
        package var backupDays = 0
        package var backupWeeks = 8
        package var drillDays = 7
    }

    package struct Control: Hashable, Sendable {
        package var socket = ""
        /// Empty: there is none.
        package var viewSocket = ""
        package var clients = 256
        package var clientsOfOneUser = 64
        package var roles = Roles()

        package var openViewSocket: String? { viewSocket.isEmpty ? nil : viewSocket }
    }

    /// The door for programs that look over HTTP.
    package struct Web: Hashable, Sendable {
        /// Nil: there is none.
        package var listen: WebPlace?
        package var hosts: [String] = []
    }

    /// Who may do how much on the socket, beyond root and the daemon's own user, who are owners.
    package struct Roles: Hashable, Sendable {
        package var viewer = Grant()
        package var moderator = Grant()
        package var admin = Grant()
        package var owner = Grant()
    }

    package struct Grant: Hashable, Sendable {
        package var users: [Account] = []
        package var groups: [Account] = []
    }

    /// A user or a group of this machine.
    package enum Account: Hashable, Sendable {
        case number(UInt32)
        case name(String)
    }

    package struct Log: Hashable, Sendable {
        package var level = LogLevel.info
        package var format = LogFormat.logfmt
        /// Empty: standard error.
        package var file = ""
        package var rotateMegabytes = 10
        package var keep = 5

        package var output: LogSink.Output {
            file.isEmpty ? .standardError : .file(path: file, limit: rotateMegabytes << 20, keep: keep)
        }
    }

    /// The language model that the house may ask.
    package struct Oracle: Hashable, Sendable {
        /// Nil: there is none, and nothing is ever asked.
        package var url: RemoteAddress?
        package var model = ""
        /// Empty: the systemd credential "oracle-key", else ORACLE_KEY, else none.
        package var keyFile = ""
        package var timeoutSeconds = 30
        package var perMinute = 10

        package var openModel: String? { url == nil ? nil : model }

        /// Why it cannot be as it is written, where each key alone is fine.
        package var fault: String? {
            guard let url else { return nil }
            if !url.scheme.hasPrefix("http") { return "oracle.url: \(url) is no address of an HTTP interface" }
            return model.isEmpty ? "oracle.model: say which model of \(url) is asked" : nil
        }
    }

    package struct Features: Hashable, Sendable {
        package var on: [String] = []
        package var off: [String] = []
        package var first: [String] = []
    }

    /// The same with the places that were left to the environment filled in.
    package func placed(in places: Places) -> Configuration {
        var placed = self
        if store.path.isEmpty { placed.store.path = places.store }
        if store.backups.isEmpty { placed.store.backups = places.backups }
        if control.socket.isEmpty { placed.control.socket = places.socket }
        return placed
    }
}
