package import Machine

/// Where the daemon's control socket is, and how to get there.
package struct ControlAddress: Hashable, Sendable {
    /// Nil is the remote side's own choice.
    package var socket: String?
    package var host: String?
    private var ssh: String

    package init(socket: String?, host: String?, environment: [String: String], exists: (String) -> Bool = pathExists) {
        self.host = host
        ssh = environment["HEARTH_SSH"] ?? "ssh"
        self.socket = socket ?? (host == nil ? Self.local(environment, exists) : nil)
    }

    /// The first that is named or there; the last is also the answer when none is.
    private static func local(_ environment: [String: String], _ exists: (String) -> Bool) -> String {
        let house = "/run/hearth/control.sock"
        if let named = environment["HEARTH_SOCKET"], !named.isEmpty { return named }
        guard !exists(house), let own = environment["XDG_RUNTIME_DIR"], !own.isEmpty else { return house }
        return own + "/hearth/control.sock"
    }

    package var description: String {
        guard let host else { return socket ?? "" }
        return host + (socket.map { ":" + $0 } ?? "")
    }

    package func connect() throws(SystemError) -> Connection {
        guard let host else { return Connection(try Sockets.connectToUnix(socket ?? "")) }
        let far = ["hearth"] + (socket.map { ["--socket", Self.quoted($0)] } ?? []) + ["bridge"]
        let child = try Child([ssh, "-T", "-o", "ServerAliveInterval=15", "--", host] + far)
        return Connection(child.conversation, keeping: child)
    }

    /// One word for the shell at the other end.
    private static func quoted(_ word: String) -> String {
        "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
