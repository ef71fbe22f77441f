import Machine
import Shared

/// Another account of this machine, really: a process of its own that speaks with a socket through netcat.
struct Stranger {
    /// What stands before the command, such as `setpriv --reuid=61001 …`.
    let disguise: [String]

    static let isPossible = Accounts.effectiveUser == 0

    init(user: UInt32, group: UInt32, alsoIn groups: [UInt32] = []) {
        let others = groups.isEmpty ? "--clear-groups" : "--groups=\(groups.map(String.init).joined(separator: ","))"
        disguise = ["setpriv", "--reuid=\(user)", "--regid=\(group)", others]
    }

    private init(_ disguise: [String]) { self.disguise = disguise }

    /// The same, as root of a user namespace of its own.
    var asRootOfTheirOwn: Stranger { Stranger(disguise + ["unshare", "--user", "--map-root-user"]) }

    /// The line that answers, nil when the door stayed shut.
    func asks(_ method: String, _ params: JSON = [:], on socket: String) throws -> JSON? {
        let child = try Child(disguise + ["nc", "-N", "-U", socket], silent: true)
        let line = JSON.fields(["id": 1, "method": .string(method), "params": params]).line + "\n"
        _ = Streams.write(Array(line.utf8), to: child.conversation.number)
        child.conversation.finishWriting()
        let said = Streams.readAll(from: child.conversation.number)
        if said.isEmpty { return nil }
        return try JSON(parsing: Array(said.prefix { $0 != UInt8(ascii: "\n") }))
    }
}
