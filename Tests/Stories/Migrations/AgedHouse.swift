import Engine
import Kit
import Machine
import Shared
import Store
import hearthd

/// A database at a certain point of its migrations, and all that it holds, so that two can be compared.
struct AgedHouse {
    let path: String

    /// Every migration of the program, in the order in which a start runs them.
    static let migrations: [(feature: String, migration: Migration)] =
        HouseSchema.migrations.map { ("house", $0) }
        + House.features.flatMap { feature in feature.schema.map { (feature.name, $0) } }

    /// Opens it as a version that knows only some migrations, and closes it again.
    func opens(
        as version: String = House.version, knowing isKnown: (Migration) -> Bool = { _ in true },
        and more: [Migration] = [], furnish: (SQLiteWriter) throws -> Void = { _ in }
    ) throws {
        var features: [FeatureMigrations] = []
        for (feature, migration) in Self.migrations where isKnown(migration) {
            if features.last?.feature != feature { features.append((feature, [])) }
            features[features.count - 1].migrations.append(migration)
        }
        if !more.isEmpty { features[0].migrations += more }
        let now = Instant(milliseconds: wallMilliseconds())
        let store = try StoreOpening(path: path, features: features, version: version, now: now).open()
        try furnish(store.writer)
        try store.writer.stop()
    }

    /// Names of the migrations that it has seen, in order.
    func seen() throws -> [String] {
        let reader = try SQLiteLibrary(path: path).openReader()
        guard try Self.tables(reader).contains("house_migrations") else { return [] }
        return try reader.all("SELECT name FROM house_migrations ORDER BY name") { $0.text(0) }
    }

    /// Its schema and every row of every table, but for what each start writes anew.
    func content() throws -> [String] {
        let reader = try SQLiteLibrary(path: path).openReader()
        var lines = try reader.all(
            "SELECT type || ' ' || name || ' ' || COALESCE(sql, '') FROM sqlite_schema WHERE tbl_name <> 'house_state' ORDER BY 1"
        ) { $0.text(0) }
        for table in try Self.tables(reader) where table != "house_state" {
            let skipped = table == "house_migrations" ? "applied" : ""
            let columns = try reader.all("SELECT name FROM pragma_table_info(\(table)) WHERE name <> \(skipped)") { $0.text(0) }
            let shown = columns.map { "quote(\"\($0)\")" }.joined(separator: " || ',' || ")
            lines += try reader.all(SQL(stringLiteral: "SELECT \(shown) FROM \"\(table)\" ORDER BY 1")) {
                "\(table) \($0.text(0))"
            }
        }
        return lines
    }

    private static func tables(_ reader: any Connection) throws -> [String] {
        try reader.all("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name") {
            $0.text(0)
        }
    }

    /// Rows that the younger migrations carry over.
    static func furnish(_ writer: SQLiteWriter) throws {
        try writer.begin()
        try writer.run("INSERT INTO house_sessions (shard, shards, session, resume_url, sequence) VALUES (0, 1, 's', 'u', 7)")
        try writer.run("INSERT INTO house_gaps (id, shard, began, ended, reason) VALUES (1, 0, 5, 6, 'refused')")
        for number in Int64(1)...40 {
            try writer.run(
                """
                INSERT INTO house_timers (job, item, guild, payload, due, recurrence, tries)
                VALUES ('house.sweep', \(String(number)), 1, '', \(number * 1000), NULL, 0)
                """)
            try writer.run(
                """
                INSERT INTO activity_facts (message, guild, channel, author, kinds, points, weights, answered, day)
                VALUES (\(number), 1, \(number % 3), \(number % 7), 1, 1000, 1, 0, \(20_000 + number % 5))
                """)
            try writer.run(
                """
                INSERT INTO activity_ledger (guild, day, member, channel, points, messages, replies, starters, further,
                    reactions, answered, reacted, voice, voice_points)
                VALUES (1, \(20_000 + number % 5), \(number % 7), \(number), \(number * 100), 1, 0, 0, 0, 0, 0, 0, 0, 0)
                """)
        }
        try writer.commit()
    }
}
