internal import CSQLite
package import Kit
internal import Machine

/// The one connection that writes and checkpoints; one thread uses it. A commit is on disk when it returns.
package final class SQLiteWriter: WritingConnection {
    private let session: Session
    private let library: SQLiteLibrary
    private let log: WriteAheadLog
    /// What was touched before the transaction and before each savepoint: undoing brings it back.
    private var earlierTouches: [Set<String>] = []

    init(_ library: SQLiteLibrary, stamp: EpochStamp?, cacheMegabytes: Int = 4) throws(StoreError) {
        self.library = library
        let handle = try Handle(library.path, flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
        try handle.execute(
            """
            PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = 0; PRAGMA temp_store = MEMORY;
            PRAGMA cache_size = -\(cacheMegabytes * 1024); PRAGMA journal_size_limit = 67108864; PRAGMA cell_size_check = 1;
            """)
        session = Session(handle, statements: 128)
        log = WriteAheadLog(of: handle, stamp: stamp)
    }

    @discardableResult
    package func run(_ sql: SQL) throws(StoreError) -> Int { try session.run(sql) }

    package func each(_ sql: SQL, _ body: (any Row) throws -> Void) throws { try session.each(sql, body) }

    @discardableResult
    package func repeated(
        _ statement: StaticString, count: Int, _ bind: (Int, any Binder) -> Void
    ) throws(StoreError) -> Int {
        try session.repeated(statement, count: count, bind)
    }

    package var cacheUse: (hits: Int64, misses: Int64) {
        (session.handle.status(SQLITE_DBSTATUS_CACHE_HIT), session.handle.status(SQLITE_DBSTATUS_CACHE_MISS))
    }

    package func begin() throws(StoreError) {
        try session.say("BEGIN IMMEDIATE")
        earlierTouches = [session.touched]
    }

    package func commit() throws(StoreError) {
        let epoch = try log.epochToCommit()
        try session.say("COMMIT")
        earlierTouches = []
        log.committed(epoch: epoch)
        if log.isPartlyInFile { raiseEpoch() }
    }

    /// Nobody would miss the rest of the log, were it lost now. On a disk without space the next commit does it.
    private func raiseEpoch() {
        do throws(StoreError) {
            try begin()
            try commit()
        } catch {
            try? rollback()
        }
    }

    /// Also good after the library itself has given up the transaction, as it does on a full disk.
    package func rollback() throws(StoreError) {
        if let touched = earlierTouches.first { session.touched = touched }
        earlierTouches = []
        if session.handle.isInTransaction { try session.say("ROLLBACK") }
    }

    // One name for all: the library keeps them as a stack and means the newest.

    package func savepoint() throws(StoreError) {
        try session.say("SAVEPOINT turn")
        earlierTouches.append(session.touched)
    }

    package func undo() throws(StoreError) {
        try session.say("ROLLBACK TO turn")
        if let touched = earlierTouches.last { session.touched = touched }
    }

    package func release() throws(StoreError) {
        try session.say("RELEASE turn")
        _ = earlierTouches.popLast()
    }

    package func takeTouchedTables() -> Set<String> {
        defer {
            session.touched = []
            for index in earlierTouches.indices { earlierTouches[index] = [] }
        }
        return session.touched
    }

    package func backup(to path: String, progress: (Int, Int) -> Void) throws(StoreError) {
        try library.backup(to: path, progress: progress)
    }

    /// The store's epoch as last committed.
    package var epoch: Int64 { log.epoch }

    /// Marks the database as in use. The mark outlives a crash and not a clean stop.
    func start() throws(StoreError) {
        try begin()
        try run(HouseState.table)
        try HouseState.write(.running, "1", on: self)
        try commit()
        CrashPoint.marked.passed()
        _ = takeTouchedTables()
    }

    /// The last word of a clean stop: the log is emptied into the file. Nothing is written afterwards.
    package func stop() throws(StoreError) {
        try begin()
        try HouseState.write(.running, "0", on: self)
        try commit()
        CrashPoint.unmarked.passed()
        log.empty()
        CrashPoint.logEmptied.passed()
    }

    /// Turns the file into one without companions.
    func makePlain() throws(StoreError) { try session.handle.execute("PRAGMA journal_mode = DELETE") }

    package func rest() { sqlite3_db_release_memory(session.handle.raw) }
}
