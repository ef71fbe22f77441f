internal import CSQLite
package import Kit

/// A read-only connection. Each statement sees the last commit; it never waits for the writer and never checkpoints.
package final class SQLiteReader: ReadingConnection {
    private let session: Session
    /// Keeps a temporary store's folder while somebody reads in it.
    private let library: SQLiteLibrary

    init(_ library: SQLiteLibrary) throws(StoreError) {
        self.library = library
        let handle = try Handle(library.path, flags: SQLITE_OPEN_READONLY)
        // The last one to leave must not checkpoint either.
        _ = hearth_sqlite_flag(handle.raw, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        try handle.execute(
            """
            PRAGMA query_only = 1; PRAGMA wal_autocheckpoint = 0; PRAGMA temp_store = MEMORY;
            PRAGMA cache_size = -1024; PRAGMA cell_size_check = 1;
            """)
        session = Session(handle, statements: 32)
    }

    @discardableResult
    package func run(_ sql: SQL) throws(StoreError) -> Int { try session.run(sql) }

    package func each(_ sql: SQL, _ body: (any Row) throws -> Void) throws { try session.each(sql, body) }

    package func glance<Answer>(_ body: () throws -> Answer) throws -> Answer {
        try session.say("BEGIN")
        defer { if session.handle.isInTransaction { try? session.say("COMMIT") } }
        return try body()
    }

    @discardableResult
    package func repeated(
        _ statement: StaticString, count: Int, _ bind: (Int, any Binder) -> Void
    ) throws(StoreError) -> Int {
        try session.repeated(statement, count: count, bind)
    }
}
