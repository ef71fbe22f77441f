internal import CLinux
internal import CSQLite
package import Kit
internal import Machine

extension SQLiteLibrary {
    /// Copies the last commit into a file of its own while the writer goes on. The file appears whole or not at all, and an
    /// existing one is never replaced. Any thread may call this, and have it end where it is no longer wanted. Answers how
    /// many rows of each table were copied, as they were counted where they came from.
    @discardableResult
    package func backup(
        to path: String, progress: (Int, Int) -> Void = { _, _ in }, isWanted: () -> Bool = { true }
    ) throws(StoreError) -> [String: Int64] {
        if Files.exists(path) {
            throw .failed(code: Int(EEXIST), message: "\(path) exists already; name another file")
        }
        let draft = "\(path).\(getpid()).new"
        do throws(StoreError) {
            try Self.createPrivately(draft)
            CrashPoint.backupBegun.passed()
            let rows = try copy(to: draft, isWanted, progress)
            CrashPoint.backupCopied.passed()
            try Self.makeDurable(draft, as: path)
            CrashPoint.backupNamed.passed()
            return rows
        } catch {
            for suffix in ["", "-journal", "-wal", "-shm"] { unlink(draft + suffix) }
            throw error
        }
    }

    /// One snapshot for the whole copy, so that commits in between neither enter it nor start it again.
    private func copy(
        to draft: String, _ isWanted: () -> Bool, _ progress: (Int, Int) -> Void
    ) throws(StoreError) -> [String: Int64] {
        let source = try Handle(self.path, flags: SQLITE_OPEN_READONLY)
        try source.execute("PRAGMA wal_autocheckpoint = 0; BEGIN; SELECT count(*) FROM sqlite_schema")
        let target = try Handle(draft, flags: SQLITE_OPEN_READWRITE)
        guard let backup = sqlite3_backup_init(target.raw, "main", source.raw, "main") else {
            throw StoreError(sqlite3_errcode(target.raw), of: target.raw)
        }
        var code: Int32
        repeat {
            code = sqlite3_backup_step(backup, 256)
            CrashPoint.backupHalf.passed()
            if code == SQLITE_OK, !isWanted() {
                sqlite3_backup_finish(backup)
                throw .failed(code: 0, message: "it was ended before it was done")
            }
            let all = Int(sqlite3_backup_pagecount(backup))
            progress(all - Int(sqlite3_backup_remaining(backup)), all)
        } while code == SQLITE_OK
        let finished = sqlite3_backup_finish(backup)
        guard code == SQLITE_DONE, finished == SQLITE_OK else {
            throw StoreError(finished == SQLITE_OK ? code : finished, of: target.raw)
        }
        // A file that needs no companions can be read from any medium.
        try target.execute("PRAGMA journal_mode = DELETE")
        return try Self.rows(in: Session(source, statements: 64))
    }

    private static func rows(in session: Session) throws(StoreError) -> [String: Int64] {
        do {
            var names: [String] = []
            try session.each("SELECT name FROM sqlite_schema WHERE type = 'table'") { names.append($0.text(0)) }
            var rows: [String: Int64] = [:]
            for name in names where !name.hasPrefix("sqlite_") {
                try session.each(BackupReport.count(name)) { rows[name] = $0.int(0) }
            }
            return rows
        } catch {
            throw (error as? StoreError) ?? .failed(code: 0, message: "\(error)")
        }
    }

    private static func createPrivately(_ path: String) throws(StoreError) {
        try translating { () throws(SystemError) in
            let flags = O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
            _ = Descriptor(try SystemError.check(hearth_open(path, flags, 0o600), "create \(path)"))
        }
    }

    private static func makeDurable(_ draft: String, as path: String) throws(StoreError) {
        try translating { () throws(SystemError) in
            try DurableName.sync(draft)
            try DurableName.move(draft, to: path)
        }
    }
}
