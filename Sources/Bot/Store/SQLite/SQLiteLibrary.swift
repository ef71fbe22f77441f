internal import CSQLite
package import Kit

/// Where a database lies. It opens the one writer and any number of readers.
package struct SQLiteLibrary: Library {
    package let path: String
    private let folder: TemporaryFolder?

    package init(path: String) {
        self.path = path
        folder = nil
    }

    private init(in folder: TemporaryFolder) {
        self.folder = folder
        path = folder.path + "/hearth.db"
    }

    /// A private database that is gone with its last connection. It lies in a folder of memory rather than in SQLite's
    /// `:memory:`, whose readers would wait for the writer or see what it has not committed.
    package static func temporary() throws(StoreError) -> SQLiteLibrary { SQLiteLibrary(in: try TemporaryFolder()) }

    package func openReader() throws(StoreError) -> any ReadingConnection { try SQLiteReader(self) }

    /// Opens without the checks of a daemon's start.
    package func openWriter() throws(StoreError) -> sending SQLiteWriter { try SQLiteWriter(self, stamp: nil) }

    /// The version of the library in use, such as "3.40.1".
    package static var version: String { String(cString: sqlite3_libversion()) }

    /// What the log of a start should say about the library in use.
    package static var remark: String {
        let isCured = sqlite3_libversion_number() >= 3_051_003
        return "SQLite \(version)"
            + (isCured
                ? "" : ", whose log can break when two connections checkpoint at once: here only one connection ever does")
    }
}
