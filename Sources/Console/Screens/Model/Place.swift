internal import Shared

/// A full screen one can go to.
package enum Place: Hashable, Sendable {
    case overview
    case leaderboard
    /// Any live table of the daemon, drawn from its description.
    case panel(String)
}

/// What the daemon said of itself when it was greeted.
struct Hello: Hashable, Sendable {
    struct Home: Hashable, Sendable {
        var id: String
        var name: String
    }

    var version: String
    var role: String
    /// The account that the kernel vouches for, and the name that was said beside it.
    var account: String
    var name: String
    var guilds: [Home]

    init(_ json: JSON) {
        version = json["version"]?.text ?? "?"
        role = json["role"]?.text ?? "?"
        account = json["account"]?.text ?? ""
        name = json["name"]?.text ?? ""
        guilds = (json["guilds"]?.array ?? []).compactMap { guild in
            guild["id"]?.text.map { Home(id: $0, name: guild["name"]?.text ?? $0) }
        }
    }
}

/// Whether there is a daemon at the other end.
enum LinkState: Hashable, Sendable {
    case connecting
    case live
    case lost(reason: String, since: Instant)
}

/// What `meta.methods` lists.
struct MethodSummary: Hashable, Sendable {
    var name: String
    var summary: String
    var changes: Bool
    /// The role that it takes.
    var role: String

    init?(_ json: JSON) {
        guard let name = json["method"]?.text else { return nil }
        self.name = name
        summary = json["summary"]?.text ?? ""
        changes = json["changes"]?.bool ?? false
        role = json["role"]?.text ?? ""
    }
}
