internal import CLinux
internal import Kit
internal import Machine
package import Shared

/// How a daemon opens its database: looks first, refuses without a change, then writes.
package struct StoreOpening: Sendable {
    private let path: String
    private let backups: String?
    private let features: [FeatureMigrations]
    private let version: String
    private let now: Instant
    private let cacheMegabytes: Int

    /// `backups` is the folder for what is kept before a migration; without one it lies beside the database.
    package init(
        path: String, backups: String? = nil, features: [FeatureMigrations], version: String, now: Instant,
        cacheMegabytes: Int = 4
    ) {
        self.cacheMegabytes = cacheMegabytes
        self.path = path
        self.backups = backups
        self.features = features
        self.version = version
        self.now = now
    }

    package func open() throws(OpeningRefusal) -> sending OpenedStore {
        let stamp = EpochStamp(besides: path)
        let file = FileCheck(path)
        try file.checkFolder()
        // From here on nobody else changes what is looked at.
        let lock = try StoreLock.acquire(for: path)
        CrashPoint.lockTaken.passed()
        let exists = try file.checkFile()
        if !exists { try create(stamp) }
        let findings = exists ? try Examination(path: path, stamp: stamp).examine() : Examination.Findings()
        CrashPoint.examined.passed()
        let plan = try MigrationPlan(features, seen: findings.applied)
        let library = SQLiteLibrary(path: path)
        let kept = try keepCopy(of: library, before: plan, findings)
        let writer = try startWriting(library, stamp)
        for step in plan.steps { try writer.apply(step, version: version, at: now) }
        return OpenedStore(
            writer: writer, library: library, lock: lock, epoch: writer.epoch,
            quarantinedSince: findings.quarantinedSince.map(Instant.init(milliseconds:)),
            migrated: plan.steps.map(\.migration.name), remarks: [SQLiteLibrary.remark] + findings.remarks + kept)
    }

    /// A place that once held a database does not get a new one: a lost file must not look like a first start.
    private func create(_ stamp: EpochStamp) throws(OpeningRefusal) {
        if stamp.read() != nil {
            throw OpeningRefusal(
                .databaseMissing, "The database \(path) is gone or empty, though it was used before.",
                remedy: "Put it back or restore a backup (hearthd restore FILE); to begin anew: rm \(quoted(stamp.path))")
        }
        let number = hearth_open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard number >= 0 else {
            throw OpeningRefusal(
                .failed, "\(SystemError.last("create \(path)")).", remedy: "The daemon must be able to write in that folder.")
        }
        close(number)
        CrashPoint.fileCreated.passed()
    }

    private func startWriting(_ library: SQLiteLibrary, _ stamp: EpochStamp) throws(OpeningRefusal) -> SQLiteWriter {
        do throws(StoreError) {
            let writer = try SQLiteWriter(library, stamp: stamp, cacheMegabytes: cacheMegabytes)
            try writer.start()
            return writer
        } catch {
            throw OpeningRefusal(error, at: path)
        }
    }

    private func keepCopy(
        of library: SQLiteLibrary, before plan: MigrationPlan, _ findings: Examination.Findings
    ) throws(OpeningRefusal) -> [String] {
        guard !findings.isNew, let name = plan.steps.first?.migration.name else { return [] }
        do throws(StoreError) {
            let copy = try SafetyCopies(of: path, in: backups).keep(library, before: name, at: now)
            CrashPoint.copyKept.passed()
            return ["Before the migration \(name) a copy of the database was kept: \(copy)"]
        } catch {
            throw OpeningRefusal(
                error == .full ? .full : .failed, "No copy could be kept before the migration \(name). \(error.sentence)",
                remedy: "See that the folder \(backups ?? DurableName.folder(of: path)) can take one and start again.")
        }
    }
}

/// What a daemon gets from its database. The writer belongs to one thread; the lock is held as long as this value lives.
package struct OpenedStore {
    package let writer: SQLiteWriter
    package let library: SQLiteLibrary
    package let lock: StoreLock
    /// Unlike that of every earlier start.
    package let epoch: Int64
    /// Set after a restore: nothing from before is sent again until the owner has confirmed.
    package let quarantinedSince: Instant?
    /// Names of the migrations that have just been run.
    package let migrated: [String]
    /// Sentences for the log of the start.
    package let remarks: [String]
}
