package import Shared

/// Where backups are kept. What it does takes its time, so it is asked only where no turn waits for it.
package protocol Shelf: Sendable {
    /// Copies the whole store while it is in use. A name without one is made of the time.
    func make(_ name: String?) throws -> Backup
    /// All there are, the newest first.
    func all() throws -> [Backup]
    /// Restores a backup apart, the newest when none is named, and opens it as the house would: what is found wrong is told in
    /// the drill, and a refusal only says that there is nothing to try.
    func drill(_ name: String?) throws -> Backup
}

/// One backup: a whole store in a file.
package struct Backup: Hashable, Sendable {
    /// What came of trying to restore it.
    package struct Drill: Hashable, Sendable, Codable {
        package var at: Instant
        package var rows: Int64
        package var took: Int64
        /// Nil when it can be restored.
        package var trouble: String?

        /// `took` in milliseconds.
        package init(at: Instant, rows: Int64, took: Int64, trouble: String?) {
            self.at = at
            self.rows = rows
            self.took = took
            self.trouble = trouble
        }
    }

    package var name: String
    package var path: String
    package var bytes: Int64
    /// Nil of a file that nobody told about.
    package var made: Instant?
    /// Made by itself, so it goes by itself.
    package var isAutomatic: Bool
    package var drill: Drill?

    package init(name: String, path: String, bytes: Int64, made: Instant?, isAutomatic: Bool, drill: Drill?) {
        self.name = name
        self.path = path
        self.bytes = bytes
        self.made = made
        self.isAutomatic = isAutomatic
        self.drill = drill
    }
}

/// For a house that keeps no backups.
package struct BareShelf: Shelf {
    package init() {}
    package func make(_: String?) throws -> Backup { throw Self.refusal }
    package func all() throws -> [Backup] { [] }
    package func drill(_: String?) throws -> Backup { throw Self.refusal }
    private static let refusal = Refusal.unavailable("No backups are kept here.")
}
