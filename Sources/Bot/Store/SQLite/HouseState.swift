internal import CSQLite
internal import Kit

/// The store's own few words: a key and a value each.
enum HouseState {
    enum Key: String {
        /// Grows with each start and each checkpoint.
        case epoch
        /// "1" from a start to its clean stop.
        case running
        /// When a backup was restored, in UTC milliseconds; gone once the owner has confirmed.
        case quarantinedSince = "quarantined_since"
    }

    static let table: SQL = "CREATE TABLE IF NOT EXISTS house_state (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID"

    static func read(_ key: Key, on connection: any Connection) throws -> String? {
        try connection.first("SELECT value FROM house_state WHERE key = \(key.rawValue)") { $0.text(0) }
    }

    static func number(_ key: Key, on connection: any Connection) throws -> Int64? {
        try read(key, on: connection).flatMap { Int64($0) }
    }

    static func write(_ key: Key, _ value: String, on connection: any Connection) throws(StoreError) {
        try connection.run(
            """
            INSERT INTO house_state (key, value) VALUES (\(key.rawValue), \(value))
            ON CONFLICT (key) DO UPDATE SET value = excluded.value
            """)
    }

    static func remove(_ key: Key, on connection: any Connection) throws(StoreError) {
        try connection.run("DELETE FROM house_state WHERE key = \(key.rawValue)")
    }

    /// Raises the epoch by one and answers it.
    static func raiseEpoch(on handle: Handle) throws(StoreError) -> Int64 {
        let statement = try handle.prepare(
            """
            INSERT INTO house_state (key, value) VALUES ('epoch', '1')
            ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(value AS BIGINT) + 1 AS TEXT) RETURNING CAST(value AS BIGINT)
            """, lasts: false)
        var epoch: Int64 = 0
        while try statement.step() { epoch = statement.int(0) }
        return epoch
    }
}
