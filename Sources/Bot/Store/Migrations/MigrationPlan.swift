package import Kit

/// A feature's name and its migrations, oldest first.
package typealias FeatureMigrations = (feature: String, migrations: [Migration])

/// What is to be run, worked out from what the program declares and what the database has seen; or why neither fits.
struct MigrationPlan {
    struct Step { let feature: String; let migration: Migration; let digest: String }
    private(set) var steps: [Step] = []

    init(_ features: [FeatureMigrations], seen: [AppliedMigration]) throws(OpeningRefusal) {
        try Self.checkNames(features)
        var unseen = Dictionary(seen.map { ($0.name, $0) }) { first, _ in first }
        for (feature, migrations) in features {
            for migration in migrations {
                let digest = AppliedMigration.digest(of: migration)
                if let applied = unseen.removeValue(forKey: migration.name) {
                    if applied.digest != digest { throw Self.edited(applied) }
                    if let last = steps.last, last.feature == feature {
                        throw Self.missed(last.migration.name, before: applied)
                    }
                } else {
                    steps.append(Step(feature: feature, migration: migration, digest: digest))
                }
            }
        }
        if let newer = unseen.values.min(by: { $0.name < $1.name }) { throw Self.unknown(newer) }
    }

    private static func checkNames(_ features: [FeatureMigrations]) throws(OpeningRefusal) {
        var names: Set<String> = []
        for (feature, migrations) in features {
            for (index, migration) in migrations.enumerated() {
                try checkName(migration.name, of: feature, number: index + 1)
                guard names.insert(migration.name).inserted else { throw declaredTwice(migration.name) }
            }
        }
    }

    /// `feature-001-what`, counted without a hole.
    private static func checkName(_ name: String, of feature: String, number: Int) throws(OpeningRefusal) {
        let digits = String(number)
        let start = "\(feature)-\(String(repeating: "0", count: max(0, 3 - digits.count)))\(digits)-"
        let rest = name.dropFirst(start.count)
        let isPlain = rest.allSatisfy { $0.isLowercase && $0.isASCII || $0.isNumber || $0 == "-" }
        guard name.hasPrefix(start), !rest.isEmpty, isPlain else {
            throw OpeningRefusal(
                .misnamedMigration, "The migration \(name) of \(feature) is not named \(start)what.",
                remedy: "Name a feature's migrations in order, from 001 on; this is a mistake in the program.")
        }
    }

    private static func declaredTwice(_ name: String) -> OpeningRefusal {
        OpeningRefusal(
            .misnamedMigration, "The migration \(name) is declared twice.", remedy: "This is a mistake in the program.")
    }

    private static func edited(_ applied: AppliedMigration) -> OpeningRefusal {
        OpeningRefusal(
            .editedMigration,
            "The migration \(applied.name) has been edited since version \(applied.version) ran it on this database.",
            remedy: "Start a released version; whoever edited it adds a new migration to \(applied.feature) instead.")
    }

    private static func missed(_ name: String, before applied: AppliedMigration) -> OpeningRefusal {
        OpeningRefusal(
            .missedMigration, "The database has seen \(applied.name) but not \(name), which comes before it.",
            remedy: "Start the version that wrote it (\(applied.version)), or restore a backup: hearthd restore FILE")
    }

    private static func unknown(_ applied: AppliedMigration) -> OpeningRefusal {
        OpeningRefusal(
            .newerSchema,
            "The database was changed by version \(applied.version) (\(applied.name)), which this version does not know.",
            remedy: "Start version \(applied.version) or a newer one, or restore a backup from before it: hearthd restore FILE")
    }
}
