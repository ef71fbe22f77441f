package import Shared

/// A connection to the store, used by one thread. Readers see the last commit; the engine's sees its own open transaction.
package protocol Connection: AnyObject {
    /// Answers how many rows changed.
    @discardableResult
    func run(_ sql: SQL) throws(StoreError) -> Int
    func each(_ sql: SQL, _ body: (any Row) throws -> Void) throws
    /// Runs one prepared statement for many rows: the hot path's way to write. Answers how many rows changed.
    @discardableResult
    func repeated(_ statement: StaticString, count: Int, _ bind: (Int, any Binder) -> Void) throws(StoreError) -> Int
}

/// One row of an answer, valid inside the closure that receives it. Columns count from 0.
package protocol Row {
    func int(_ column: Int) -> Int64
    func double(_ column: Int) -> Double
    func text(_ column: Int) -> String
    func bytes(_ column: Int) -> [UInt8]
    func isNull(_ column: Int) -> Bool
}

/// Receives the values of one row; positions count from 1, as `$1` does.
package protocol Binder {
    func bind(_ position: Int, _ number: Int64)
    func bind(_ position: Int, _ number: Double)
    func bind(_ position: Int, _ text: String)
    func bind(_ position: Int, _ bytes: [UInt8])
    func bindNull(_ position: Int)
}

extension Row {
    package func id<Kind>(_ column: Int, _: Kind.Type = Kind.self) -> ID<Kind>? { ID<Kind>(int(column)) }
    package func instant(_ column: Int) -> Instant { Instant(milliseconds: int(column)) }
    package func optionalText(_ column: Int) -> String? { isNull(column) ? nil : text(column) }
    package func optionalInt(_ column: Int) -> Int64? { isNull(column) ? nil : int(column) }
    package func flag(_ column: Int) -> Bool { int(column) != 0 }
    package func json(_ column: Int) -> JSON { (try? JSON(parsing: text(column))) ?? .null }
}

extension Connection {
    package func all<Value>(_ sql: SQL, _ read: (any Row) throws -> Value) throws -> [Value] {
        var values: [Value] = []
        try each(sql) { values.append(try read($0)) }
        return values
    }

    package func first<Value>(_ sql: SQL, _ read: (any Row) throws -> Value) throws -> Value? {
        try all(sql, read).first
    }
}
