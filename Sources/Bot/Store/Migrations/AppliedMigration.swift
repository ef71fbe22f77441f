internal import Kit
internal import Shared

/// A migration that this database has seen.
struct AppliedMigration: Hashable, Sendable {
    var name: String
    var feature: String
    /// Of the words that were run; see `digest(of:)`.
    var digest: String
    /// The version of the program that ran them.
    var version: String

    static let table: SQL = """
        CREATE TABLE IF NOT EXISTS house_migrations (
            name TEXT PRIMARY KEY, feature TEXT NOT NULL, digest TEXT NOT NULL, applied BIGINT NOT NULL, version TEXT NOT NULL
        )
        """

    static func all(on connection: any Connection) throws -> [AppliedMigration] {
        try connection.all("SELECT name, feature, digest, version FROM house_migrations ORDER BY name") {
            AppliedMigration(name: $0.text(0), feature: $0.text(1), digest: $0.text(2), version: $0.text(3))
        }
    }

    func record(at now: Instant, on connection: any Connection) throws(StoreError) {
        try connection.run(
            """
            INSERT INTO house_migrations (name, feature, digest, applied, version)
            VALUES (\(name), \(feature), \(digest), \(now), \(version))
            """)
    }

    /// Each statement goes in with its length, so that no two lists give the same bytes.
    static func digest(of migration: Migration) -> String {
        SHA256.hex(of: migration.statements.flatMap { Array("\($0.utf8.count):\($0)".utf8) })
    }
}
