internal import CLinux
internal import Machine

/// Looks at a database's file and folder from outside. It opens for reading only, and changes nothing.
struct FileCheck {
    let path: String
    private var folder: String { DurableName.folder(of: path) }
    /// What root may do is no sign of what was meant, so modes are read, not tried.
    private let me = Accounts.effectiveUser

    init(_ path: String) { self.path = path }

    /// Answers false when there is no database yet.
    func checkFile() throws(OpeningRefusal) -> Bool {
        guard let status = status(of: path) else { return false }
        try checkKind(status)
        for companion in [path, path + "-wal", path + "-shm"] {
            if let status = self.status(of: companion) { try checkOwner(companion, status) }
        }
        if status.st_size == 0 { return false }
        try checkHeader(size: Int64(status.st_size))
        return true
    }

    private func status(of path: String) -> stat? {
        var status = stat()
        return lstat(path, &status) == 0 ? status : nil
    }

    func checkFolder() throws(OpeningRefusal) {
        var status = stat()
        guard stat(folder, &status) == 0, status.st_mode & UInt32(S_IFMT) == UInt32(S_IFDIR) else {
            throw OpeningRefusal(
                .folderMissing, "The folder \(folder) for the database does not exist.",
                remedy: "Make it: install -d -m 700 \(quoted(folder))")
        }
        let (worldWrites, isSticky) = (status.st_mode & 0o002 != 0, status.st_mode & UInt32(S_ISVTX) != 0)
        if worldWrites && !isSticky {
            throw OpeningRefusal(
                .open, "Anybody on this machine may replace files in \(folder).", remedy: "chmod o-w \(quoted(folder))")
        }
        if let system = NetworkFileSystem.name(ofKind: hearth_filesystem(folder)) {
            throw OpeningRefusal(
                .networkFileSystem, "The folder \(folder) is on \(system), where locks and shared memory cannot be trusted.",
                remedy: "Keep the database on a disk of this machine.")
        }
        var system = statvfs()
        if statvfs(folder, &system) == 0, system.f_flag & UInt(ST_RDONLY) != 0 {
            throw OpeningRefusal(
                .readOnly, "The file system with \(folder) is mounted read-only.",
                remedy: "Its disk may be failing (see dmesg); then: "
                    + "mount -o remount,rw \"$(findmnt -no TARGET -T \(quoted(folder)))\"")
        }
        if status.st_mode & 0o222 == 0 || !Files.isWritable(folder) {
            throw OpeningRefusal(
                .readOnly, "The folder \(folder) cannot be written to by \(name(me)).",
                remedy: "Give it to \(name(me)): chown \(name(me)) \(quoted(folder)) && chmod u+w \(quoted(folder))")
        }
    }

    private func checkKind(_ status: stat) throws(OpeningRefusal) {
        let kind = status.st_mode & UInt32(S_IFMT)
        if kind == UInt32(S_IFLNK) {
            throw OpeningRefusal(
                .symbolicLink, "\(path) is a symbolic link, and its log would lie beside the link.",
                remedy: "Name the file itself in the configuration: readlink -f \(quoted(path))")
        }
        if kind != UInt32(S_IFREG) {
            throw OpeningRefusal(.notAFile, "\(path) is not a file.", remedy: "Name a file for the database.")
        }
    }

    private func checkOwner(_ path: String, _ status: stat) throws(OpeningRefusal) {
        if status.st_uid != me {
            let (owner, mine) = (name(status.st_uid), name(me))
            throw OpeningRefusal(
                .wrongOwner, "\(path) belongs to \(owner), and the daemon runs as \(mine).",
                remedy: "Start it as \(owner), or: chown \(mine) \(quoted(self.path))*")
        }
        if status.st_mode & 0o002 != 0 {
            throw OpeningRefusal(
                .open, "Anybody on this machine may change \(path).", remedy: "chmod o-w \(quoted(self.path))*")
        }
        if status.st_mode & 0o200 == 0 {
            throw OpeningRefusal(.readOnly, "\(path) cannot be written to.", remedy: "chmod u+w \(quoted(self.path))*")
        }
    }

    private func name(_ user: UInt32) -> String { Accounts.name(ofUser: user) ?? "user \(user)" }

    private func checkHeader(size: Int64) throws(OpeningRefusal) {
        var header = [UInt8](repeating: 0, count: 100)
        let number = hearth_open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0)
        guard number >= 0 else {
            throw OpeningRefusal(.failed, "\(SystemError.last("open \(path)")).", remedy: "See that the daemon may read it.")
        }
        let file = Descriptor(number)
        let count = pread(file.number, &header, 100, 0)
        guard count >= 16, header.starts(with: "SQLite format 3\0".utf8) else {
            throw OpeningRefusal(
                .notADatabase, "\(path) is not a database.",
                remedy: "Name another file, or restore a backup: hearthd restore FILE")
        }
        // While the log holds pages, the file may rightly be shorter than its header says.
        if let log = status(of: path + "-wal"), log.st_size > 0 { return }
        let expected = DatabaseHeader.bytes(header)
        if count < 100 || size < expected {
            throw OpeningRefusal(
                .truncated, "\(path) has been cut short: \(size) bytes of \(expected).",
                remedy: "Restore a backup: hearthd restore FILE")
        }
    }
}

/// A path as a shell reads it.
func quoted(_ path: String) -> String {
    let plain = path.utf8.allSatisfy { byte in
        (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x2D...0x39).contains(byte) || byte == 0x5F
    }
    return plain ? path : "'" + path.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
}
