internal import CSQLite
internal import Kit

/// One open database of the C library, used by one thread at a time. It closes when its last statement is gone.
final class Handle {
    let raw: OpaquePointer
    /// Filled while a statement is being prepared: the tables that it writes to.
    private let written = WrittenTables()

    init(_ path: String, flags: Int32) throws(StoreError) {
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(path, &opened, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        guard let opened else { throw .failed(code: Int(code), message: "no memory to open \(path)") }
        raw = opened
        guard code == SQLITE_OK else {
            let error = StoreError(code, of: opened)
            sqlite3_close_v2(opened)
            throw error
        }
        distrust()
        sqlite3_busy_timeout(raw, 5000)
        written.watch(raw)
    }

    deinit { sqlite3_close_v2(raw) }

    /// What the file says about itself must never run code, and a program's mistake must never damage the file.
    private func distrust() {
        _ = hearth_sqlite_flag(raw, SQLITE_DBCONFIG_DEFENSIVE, 1)
        _ = hearth_sqlite_flag(raw, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0)
        _ = hearth_sqlite_flag(raw, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0)
        // PostgreSQL takes "word" for a name; so shall this.
        _ = hearth_sqlite_flag(raw, SQLITE_DBCONFIG_DQS_DML, 0)
        _ = hearth_sqlite_flag(raw, SQLITE_DBCONFIG_DQS_DDL, 0)
    }

    func check(_ code: Int32) throws(StoreError) {
        if code != SQLITE_OK { throw StoreError(code, of: raw) }
    }

    /// Runs words of this room: pragmas and the like.
    func execute(_ text: String) throws(StoreError) { try check(sqlite3_exec(raw, text, nil, nil, nil)) }

    var isInTransaction: Bool { sqlite3_get_autocommit(raw) == 0 }
    /// Rows that this connection has changed since it was opened, triggers included.
    var changesInAll: Int64 { sqlite3_total_changes64(raw) }
    var lastChanges: Int { Int(sqlite3_changes64(raw)) }

    /// One of the library's counts of this connection.
    func status(_ figure: Int32) -> Int64 {
        var (now, most) = (Int32(0), Int32(0))
        return sqlite3_db_status(raw, figure, &now, &most, 0) == SQLITE_OK ? Int64(now) : 0
    }

    /// Prepares one statement. `lasts` when it will be used many times.
    func prepare(_ text: String, lasts: Bool) throws(StoreError) -> Statement {
        written.names.removeAll(keepingCapacity: true)
        var statement: OpaquePointer?
        let spoken = Dialect.spoken(text)
        var isSingle = true
        var copy = spoken
        let code = copy.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                var rest: UnsafePointer<CChar>?
                let flags = lasts ? UInt32(SQLITE_PREPARE_PERSISTENT) : 0
                let code = sqlite3_prepare_v3(
                    raw, characters.baseAddress, Int32(clamping: bytes.count), flags, &statement, &rest)
                if code == SQLITE_OK, let start = characters.baseAddress, let rest {
                    isSingle = characters[(rest - start)...].allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) }
                }
                return code
            }
        }
        try check(code)
        guard let statement, isSingle else {
            sqlite3_finalize(statement)
            throw .failed(code: Int(SQLITE_MISUSE), message: "exactly one statement is run at a time: \(text)")
        }
        return try Statement(statement, of: self, writing: written.names.sorted())
    }
}

/// Hears from the library which tables a statement can write to. The update hook would not do: it never speaks of tables
/// without a rowid.
private final class WrittenTables {
    var names: Set<String> = []

    func watch(_ database: OpaquePointer) {
        sqlite3_set_authorizer(
            database,
            { context, action, table, _, _, _ in
                guard action == SQLITE_INSERT || action == SQLITE_UPDATE || action == SQLITE_DELETE,
                    let context, let table
                else { return SQLITE_OK }
                let name = String(cString: table)
                if !name.hasPrefix("sqlite_") {
                    Unmanaged<WrittenTables>.fromOpaque(context).takeUnretainedValue().names.insert(name)
                }
                return SQLITE_OK
            }, Unmanaged.passUnretained(self).toOpaque())
    }
}
