/// Where things lie by default, decided by the environment and nothing else: under systemd's folders when it names them, under
/// /var/lib and /run for root, in the user's own folders (XDG) for everybody else.
package struct Places: Hashable, Sendable {
    package let state: String
    package let runtime: String

    package init(environment: [String: String], isRoot: Bool) {
        func named(_ name: String) -> String? { environment[name].flatMap { $0.hasPrefix("/") ? $0 : nil } }
        func first(_ name: String) -> String? { named(name)?.split(separator: ":").first.map(String.init) }
        let home = named("HOME") ?? "/"
        let ownState = named("XDG_STATE_HOME") ?? (home == "/" ? "" : home) + "/.local/state"
        state = first("STATE_DIRECTORY") ?? (isRoot ? "/var/lib/hearth" : ownState + "/hearth")
        runtime = first("RUNTIME_DIRECTORY") ?? (isRoot ? "/run/hearth" : (named("XDG_RUNTIME_DIR") ?? ownState) + "/hearth")
    }

    package var store: String { state + "/hearth.db" }
    package var backups: String { state + "/backups" }
    package var socket: String { runtime + "/control.sock" }

    /// Configuration files that are read when none is named: the first that exists.
    package static func configurations(environment: [String: String], isRoot: Bool) -> [String] {
        let house = "/etc/hearth/hearth.yml"
        if isRoot { return [house] }
        let own = environment["XDG_CONFIG_HOME"] ?? environment["HOME"].map { $0 + "/.config" }
        return (own.map { [$0 + "/hearth/hearth.yml"] } ?? []) + [house]
    }

    /// Sockets that a client tries when none is named, the house's first.
    package static func sockets(environment: [String: String], isRoot: Bool) -> [String] {
        let house = "/run/hearth/control.sock"
        let own = Places(environment: environment, isRoot: isRoot).socket
        return own == house ? [house] : [house, own]
    }
}
