internal import Machine

/// The place of the socket in the file system: who could replace it, and what lies there.
struct SocketPlace {
    let path: String
    let access: SocketAccess
    /// Whose folders are trusted, beside root's.
    let user: UInt32

    var folder: String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
    var lock: String { path + ".lock" }
    /// Where the socket is made before it takes its place: only its owner can reach it there.
    var nursery: String { path + ".d" }
    var newborn: String { nursery + "/s" }

    static let longest = 104

    /// The folder must be such that nobody else can put another socket in the place of ours.
    func checkFolder() throws(SocketTrouble) {
        if path.utf8.count > Self.longest { throw .tooLong(path: path) }
        try asking { () throws(SystemError) in
            if try PathEntry(at: folder) == nil {
                try Files.makePrivateFolder(folder, mode: access.folderMode)
                if let group = access.group { try Files.setGroup(group, of: folder) }
            }
        }
        guard let entry = try asking({ () throws(SystemError) in try PathEntry(at: folder) }) else {
            throw .system("\(folder) has vanished")
        }
        guard entry.kind == .folder else { throw .folderIs(path: folder, entry.kind) }
        guard entry.owner == 0 || entry.owner == user else { throw .folderOf(path: folder, user: entry.owner) }
        guard entry.permissions & 0o022 == 0 else {
            throw .folderWritable(path: folder, mode: String(entry.permissions, radix: 8))
        }
    }

    /// Nothing, or a socket that nobody answers at: then the place is free. Only a refused connection proves that.
    func checkVacancy() throws(SocketTrouble) {
        guard let entry = try asking({ () throws(SystemError) in try PathEntry(at: path) }) else { return }
        guard entry.kind == .socket else { throw .occupied(path: path, by: entry.kind) }
        do throws(SystemError) {
            _ = try Sockets.connectToUnix(path)
        } catch {
            if error.isRefused { return }
            throw error.wouldBlock ? .answered(path: path) : .unreadable(path: path, lock: error.description)
        }
        throw .answered(path: path)
    }

    func asking<Answer>(_ body: () throws(SystemError) -> Answer) throws(SocketTrouble) -> Answer {
        do throws(SystemError) { return try body() } catch { throw .system(error.description) }
    }
}
