internal import Kit
internal import Machine
package import Shared

/// Restores a backup in a place of its own and opens it as a daemon would, so that nobody finds out in need whether it can be.
package struct RestoreDrill: Sendable {
    private let features: [FeatureMigrations]
    private let version: String

    package init(features: [FeatureMigrations], version: String) {
        self.features = features
        self.version = version
    }

    /// `rows` are those that the store had of each table when it was copied. Answers how many there are in all. What is in
    /// `scratch` afterwards is of no use to anybody.
    package func run(on backup: String, expecting rows: [String: Int64], in scratch: String, at now: Instant)
        throws(OpeningRefusal) -> Int64
    {
        let place = scratch + "/hearth.db"
        let report = try Restore(to: place, now: now).run(from: backup).report
        for (table, count) in rows.sorted(by: { $0.key < $1.key }) where report.rows[table] != count {
            throw OpeningRefusal(
                .damaged, "\(backup) has \(report.rows[table] ?? 0) rows of \(table), and \(count) were copied.",
                remedy: "Make another backup: hearth house backup")
        }
        let opened = try StoreOpening(path: place, backups: scratch, features: features, version: version, now: now).open()
        do {
            let seen = Set(try AppliedMigration.all(on: opened.writer).map(\.name))
            try opened.writer.stop()
            let missing = features.flatMap(\.migrations).first { !seen.contains($0.name) }
            if let missing {
                throw OpeningRefusal(
                    .missedMigration, "Restored from \(backup), the database misses the migration \(missing.name).",
                    remedy: "Make another backup: hearth house backup")
            }
            return report.rows.values.reduce(0, +)
        } catch let refusal as OpeningRefusal {
            throw refusal
        } catch {
            throw OpeningRefusal((error as? StoreError) ?? .failed(code: 0, message: "\(error)"), at: backup)
        }
    }
}
