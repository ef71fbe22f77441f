package import Machine

/// Where the daemon's control socket is, and how to get there.
package struct ControlAddress: Hashable, Sendable {
    /// Nil is the remote side's own choice.
    package var socket: String?
    package var host: String?
    private var ssh: String

    package init(
        socket: String?, host: String?, environment: [String: String], isRoot: Bool = Accounts.effectiveUser == 0,
        exists: (String) -> Bool = Files.exists
    ) {
        self.host = host
        ssh = environment["HEARTH_SSH"] ?? "ssh"
        self.socket = socket ?? (host == nil ? Self.local(environment, isRoot, exists) : nil)
    }

    /// The one that is named, else the first that is there; where none is, the one that a daemon of ours would make.
    private static func local(_ environment: [String: String], _ isRoot: Bool, _ exists: (String) -> Bool) -> String {
        if let named = environment["HEARTH_SOCKET"], !named.isEmpty { return named }
        let usual = Places.sockets(environment: environment, isRoot: isRoot)
        return usual.first(where: exists) ?? usual.last ?? ""
    }

    package var description: String {
        guard let host else { return socket ?? "" }
        return host + (socket.map { ":" + $0 } ?? "")
    }

    /// `quietly` is for those who own the terminal: ssh then asks nothing and says nothing there.
    package func connect(quietly: Bool = false) throws(SystemError) -> Connection {
        guard let host else { return Connection(try Sockets.connectToUnix(socket ?? "")) }
        let far = ["hearth"] + (socket.map { ["--socket", Self.quoted($0)] } ?? []) + ["bridge"]
        let manner = quietly ? ["-o", "BatchMode=yes"] : []
        let child = try Child([ssh, "-T", "-o", "ServerAliveInterval=15"] + manner + ["--", host] + far, silent: quietly)
        return Connection(child.conversation, keeping: child)
    }

    /// One word for the shell at the other end.
    private static func quoted(_ word: String) -> String {
        "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
