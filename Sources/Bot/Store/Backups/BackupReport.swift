package import Kit
internal import Machine

/// What a backup holds, after all of it has been read.
package struct BackupReport: Hashable, Sendable {
    package var bytes: Int64
    /// Rows of each table.
    package var rows: [String: Int64]
    /// Names of the migrations it has seen.
    package var migrations: [String]
    package var epoch: Int64

    /// Checks every page, index and key of the file; one that is not a whole database of ours is told as corrupt.
    package init(verifying path: String) throws(StoreError) {
        do {
            let connection = try SQLiteReader(SQLiteLibrary(path: path))
            let problems = try connection.all("PRAGMA integrity_check(1)") { $0.text(0) }
            if problems != ["ok"] { throw StoreError.corrupt(problems.first ?? "no answer") }
            let tables = try connection.all("SELECT name FROM sqlite_schema WHERE type = 'table'") { $0.text(0) }
            guard tables.contains("house_state") else { throw StoreError.corrupt("it is not a database of Hearth") }
            rows = [:]
            for table in tables where !table.hasPrefix("sqlite_") {
                rows[table] = try connection.first(Self.count(table)) { $0.int(0) }
            }
            migrations = tables.contains("house_migrations") ? try AppliedMigration.all(on: connection).map(\.name) : []
            epoch = try HouseState.number(.epoch, on: connection) ?? 0
            bytes = try Files.status(path).size
        } catch let error as StoreError {
            throw error
        } catch {
            throw .failed(code: 0, message: "\(path): \(error)")
        }
    }

    static func count(_ table: String) -> SQL {
        let name = table.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
        return SQL(stringLiteral: "SELECT count(*) FROM \"\(name)\"")
    }
}
