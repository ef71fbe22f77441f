/// The one connection that writes and checkpoints. The engine's thread owns it.
package protocol WritingConnection: Connection {
    func begin() throws(StoreError)
    func commit() throws(StoreError)
    func rollback() throws(StoreError)
    /// Savepoints nest; `undo` goes back to the last one and keeps it, `release` forgets it.
    func savepoint() throws(StoreError)
    func undo() throws(StoreError)
    func release() throws(StoreError)
    /// Tables that rows were written to since the last call.
    func takeTouchedTables() -> Set<String>
    /// Pages that were found in memory and that had to be read, since it was opened.
    var cacheUse: (hits: Int64, misses: Int64) { get }
    /// Gives memory back that only speed wanted.
    func rest()
    /// Copies the whole store into a file while it is in use; `progress` hears pages done and pages in all.
    func backup(to path: String, progress: (Int, Int) -> Void) throws(StoreError)
}

/// Opens connections for readers; any thread may ask, the answer belongs to the asking thread.
package protocol Library: Sendable {
    func openReader() throws(StoreError) -> any ReadingConnection
}

/// Why the store could not do it.
package enum StoreError: Error, Hashable, Sendable {
    /// The disk or the quota is full: reads go on, changes wait.
    case full
    case readOnly
    case corrupt(String)
    /// A unique key or a check said no.
    case constraint(String)
    case busy
    case failed(code: Int, message: String)

    /// Nothing can be written until somebody or time has helped. All else is the fault of who asked: a broken rule, or a
    /// statement that makes no sense.
    package var isTheStores: Bool {
        switch self {
        case .full, .readOnly, .corrupt, .busy: true
        case .constraint: false
        case .failed(let code, _): ![1, 18, 20, 21, 25].contains(code & 0xFF)
        }
    }

    package var sentence: String {
        switch self {
        case .full: "The disk is full. Free some space; nothing is lost, and changes are accepted again by themselves."
        case .readOnly: "The database cannot be written to. Check the owner and the mode of its file and folder."
        case .corrupt(let detail): "The database is damaged (\(detail)). Restore a backup with `hearthd restore FILE`."
        case .constraint(let detail): "A rule of the database was broken (\(detail))."
        case .busy: "The database is in use by another program."
        case .failed(let code, let message): "The database failed (\(code): \(message))."
        }
    }
}

/// A step of a feature's schema. Names stay for ever; a released one is never edited.
package struct Migration: Sendable {
    /// `feature-001-what`.
    package let name: String
    package let statements: [String]
    /// What SQL alone cannot do, after the statements and in their transaction.
    package let then: @Sendable (any Connection) throws -> Void

    package init(
        _ name: String, _ statements: String..., then: @escaping @Sendable (any Connection) throws -> Void = { _ in }
    ) {
        self.name = name
        self.statements = statements
        self.then = then
    }
}
