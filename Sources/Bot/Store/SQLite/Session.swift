internal import CSQLite
internal import Kit

/// What reading and writing connections have in common: a handle, its prepared statements and what was written to.
final class Session {
    let handle: Handle
    var touched: Set<String> = []
    private var cache: StatementCache

    init(_ handle: Handle, statements: Int) {
        self.handle = handle
        cache = StatementCache(capacity: statements)
    }

    func run(_ sql: SQL) throws(StoreError) -> Int {
        let statement = try cache.statement(sql.text, on: handle)
        return try using(statement) { () throws(StoreError) in
            try statement.bind(sql.values)
            while try statement.step() {}
            return statement.tables.isEmpty ? 0 : handle.lastChanges
        }
    }

    /// Runs words that take no values, such as BEGIN.
    func say(_ words: StaticString) throws(StoreError) {
        let statement = try cache.statement(words, on: handle)
        try using(statement) { () throws(StoreError) in _ = try statement.step() }
    }

    func each(_ sql: SQL, _ body: (any Row) throws -> Void) throws {
        let statement = try cache.statement(sql.text, on: handle)
        try using(statement) {
            try statement.bind(sql.values)
            while try statement.step() { try body(statement) }
        }
    }

    func repeated(_ words: StaticString, count: Int, _ bind: (Int, any Binder) -> Void) throws(StoreError) -> Int {
        let statement = try cache.statement(words, on: handle)
        return try using(statement) { () throws(StoreError) in
            var changes = 0
            for index in 0..<count {
                bind(index, statement)
                while try statement.step() {}
                changes += handle.lastChanges
                statement.rewind()
            }
            return statement.tables.isEmpty ? 0 : changes
        }
    }

    private func using<Answer, Failure: Error>(
        _ statement: Statement, _ body: () throws(Failure) -> Answer
    ) throws(Failure) -> Answer {
        let before = handle.changesInAll
        statement.start()
        defer {
            statement.finish()
            if handle.changesInAll != before { touched.formUnion(statement.tables) }
        }
        return try body()
    }
}
