package import Machine

/// Why the socket cannot be opened, and what to do about it.
package enum SocketTrouble: Error, Hashable, Sendable, CustomStringConvertible {
    /// Another daemon lives; what it wrote into its lock.
    case held(by: String, lock: String)
    /// Somebody answers at the path without holding the lock.
    case answered(path: String)
    case occupied(path: String, by: PathEntry.Kind)
    case folderIs(path: String, PathEntry.Kind)
    case folderOf(path: String, user: UInt32)
    case folderWritable(path: String, mode: String)
    case unreadable(path: String, lock: String)
    case tooLong(path: String)
    case system(String)

    package var description: String {
        switch self {
        case .held(let holder, let lock):
            "Another hearthd (\(holder.isEmpty ? "unknown" : holder)) holds \(lock). Stop it first, or give this one another socket with --socket."
        case .answered(let path):
            "Somebody answers at \(path), though nobody holds its lock. Stop that program, or choose another path with --socket."
        case .occupied(let path, let kind):
            "\(path) is a \(kind.rawValue), not a socket. Move it away, or choose another path with --socket."
        case .folderIs(let path, let kind):
            "\(path) is a \(kind.rawValue), not a folder. The socket needs a real folder, reached without a link at its end."
        case .folderOf(let path, let user):
            "\(path) belongs to user \(user), who could replace the socket. Use a folder of your own or of root's."
        case .folderWritable(let path, let mode):
            "Others may write to \(path) (mode \(mode)) and could replace the socket. Run `chmod go-w \(path)`, or choose another folder."
        case .unreadable(let path, let lock):
            "Whether a daemon lives at \(path) cannot be told (\(lock)). Nothing has been touched; look at that socket first."
        case .tooLong(let path): "\(path) is too long for a socket: 104 bytes fit. Choose a shorter path with --socket."
        case .system(let words): "The control socket cannot be opened. \(words)."
        }
    }
}
