internal import Kit
internal import Shared

/// A connection that opens a savepoint at its first write, so that a command that refuses leaves its neighbours' work alone
/// and one that only reads costs nothing.
final class LazySavepoint: Connection {
    private let store: any WritingConnection
    private var isOpen = false

    init(_ store: any WritingConnection) { self.store = store }

    private func openOnce() throws(StoreError) {
        if isOpen { return }
        try store.savepoint()
        isOpen = true
    }

    func run(_ sql: SQL) throws(StoreError) -> Int {
        try openOnce()
        return try store.run(sql)
    }

    /// A statement that answers rows may write as well: `INSERT … RETURNING`.
    func each(_ sql: SQL, _ body: (any Row) throws -> Void) throws {
        if !sql.text.hasPrefix("SELECT") { try openOnce() }
        try store.each(sql, body)
    }

    func repeated(_ statement: StaticString, count: Int, _ bind: (Int, any Binder) -> Void) throws(StoreError) -> Int {
        try openOnce()
        return try store.repeated(statement, count: count, bind)
    }

    func keep() throws(StoreError) {
        if isOpen { try store.release() }
        isOpen = false
    }

    func undo() throws(StoreError) {
        guard isOpen else { return }
        try store.undo()
        try store.release()
        isOpen = false
    }
}
