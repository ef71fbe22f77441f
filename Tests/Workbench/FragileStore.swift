package import Kit

/// The real store, with a disk that is full from a chosen statement on until there is space again.
package final class FragileStore: WritingConnection {
    private let real: any WritingConnection
    private let journal: Journal
    /// Statements that still fit on the disk; nil when there is space.
    package var room: Int?
    package private(set) var statements = 0

    package init(_ real: any WritingConnection, _ journal: Journal) {
        self.real = real
        self.journal = journal
    }

    private func take() throws(StoreError) {
        statements += 1
        guard let room else { return }
        if room == 0 { throw .full }
        self.room = room - 1
    }

    package func run(_ sql: SQL) throws(StoreError) -> Int {
        try take()
        return try real.run(sql)
    }

    package func each(_ sql: SQL, _ body: (any Row) throws -> Void) throws { try real.each(sql, body) }

    package func repeated(
        _ statement: StaticString, count: Int, _ bind: (Int, any Binder) -> Void
    ) throws(StoreError) -> Int {
        if count > 0 { try take() }
        return try real.repeated(statement, count: count, bind)
    }

    package func begin() throws(StoreError) { try real.begin() }

    package func commit() throws(StoreError) {
        try take()
        try real.commit()
        journal.note(.commit)
    }

    package func rollback() throws(StoreError) { try real.rollback() }
    package func savepoint() throws(StoreError) { try real.savepoint() }
    package func undo() throws(StoreError) { try real.undo() }
    package func release() throws(StoreError) { try real.release() }
    package func takeTouchedTables() -> Set<String> { real.takeTouchedTables() }
    package var cacheUse: (hits: Int64, misses: Int64) { real.cacheUse }
    package func rest() { real.rest() }
    package func backup(to path: String, progress: (Int, Int) -> Void) throws(StoreError) {
        try real.backup(to: path, progress: progress)
    }
}
