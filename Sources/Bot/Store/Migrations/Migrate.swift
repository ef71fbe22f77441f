internal import Kit
internal import Machine
package import Shared

extension SQLiteWriter {
    /// Brings the schema up to date and answers the names of the migrations that were run. Nothing is touched when nothing is
    /// to do.
    @discardableResult
    package func migrate(
        features: [FeatureMigrations], version: String, at now: Instant
    ) throws(OpeningRefusal) -> [String] {
        let seen: [AppliedMigration]
        do {
            let isKnown = try first("SELECT 1 FROM sqlite_schema WHERE name = 'house_migrations'") { _ in true } ?? false
            seen = isKnown ? try AppliedMigration.all(on: self) : []
        } catch {
            throw OpeningRefusal(.failed, "The migrations cannot be read (\(error)).", remedy: OpeningRefusal.restore)
        }
        let plan = try MigrationPlan(features, seen: seen)
        for step in plan.steps { try apply(step, version: version, at: now) }
        return plan.steps.map(\.migration.name)
    }

    /// One migration and its row in one transaction: a crash leaves the schema old or new.
    func apply(_ step: MigrationPlan.Step, version: String, at now: Instant) throws(OpeningRefusal) {
        let name = step.migration.name
        do throws(StoreError) {
            try begin()
            CrashPoint.migrationBegun.passed()
            try run(AppliedMigration.table)
            try run(HouseState.table)
            for statement in step.migration.statements {
                try run(SQL(stringLiteral: statement))
                CrashPoint.migrationStatement.passed()
            }
            let row = AppliedMigration(name: name, feature: step.feature, digest: step.digest, version: version)
            try row.record(at: now, on: self)
            CrashPoint.migrationWritten.passed()
            try commit()
            CrashPoint.migrationCommitted.passed()
        } catch {
            // What cannot be rolled back now is rolled back by whoever opens the database next.
            try? rollback()
            throw OpeningRefusal(
                error == .full ? .full : .failedMigration,
                "The migration \(name) failed and was undone. \(error.sentence)",
                remedy: error == .full
                    ? "Free some space and start again." : "Start the version that ran before, and report this sentence.")
        }
    }
}
