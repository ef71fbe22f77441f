internal import CLinux
internal import Kit
internal import Machine
package import Shared

/// Puts a backup in the database's place while no daemon runs. What was there is set aside, and what comes is quarantined.
package struct Restore: Sendable {
    private let path: String
    private let now: Instant

    package init(to path: String, now: Instant) {
        self.path = path
        self.now = now
    }

    package struct Outcome: Hashable, Sendable {
        package var report: BackupReport
        /// Where the database lies that was there before.
        package var replaced: String?
    }

    package func run(from backup: String) throws(OpeningRefusal) -> Outcome {
        try FileCheck(path).checkFolder()
        let lock = try StoreLock.acquire(for: path)
        defer { withExtendedLifetime(lock) {} }
        let draft = "\(path).\(now.fileStamp).new"
        do throws(StoreError) {
            let report = try BackupReport(verifying: backup)
            try SQLiteLibrary(path: backup).backup(to: draft)
            CrashPoint.restoreCopied.passed()
            let epoch = try prepare(draft, above: report.epoch)
            CrashPoint.restorePrepared.passed()
            let replaced = try exchange(for: draft)
            try translating { () throws(SystemError) in try EpochStamp(besides: path).write(epoch) }
            CrashPoint.restoreStamped.passed()
            return Outcome(report: report, replaced: replaced)
        } catch {
            unlink(draft)
            throw OpeningRefusal(error, at: backup)
        }
    }

    /// Makes the copy newer than anything this place has seen, and marks it as not to be trusted with sending.
    private func prepare(_ draft: String, above epoch: Int64) throws(StoreError) -> Int64 {
        let next = max(epoch, EpochStamp(besides: path).read() ?? 0) + 1
        let writer = try SQLiteWriter(SQLiteLibrary(path: draft), stamp: nil)
        try writer.begin()
        try HouseState.write(.epoch, String(next), on: writer)
        try HouseState.write(.running, "0", on: writer)
        try HouseState.write(.quarantinedSince, String(now.milliseconds), on: writer)
        try writer.commit()
        try writer.makePlain()
        return next
    }

    /// The old log goes first: were it left, it would be played into the new file. Whatever moment a power cut chooses, the
    /// next start finds the old database, the new one, or a refusal that says so.
    private func exchange(for draft: String) throws(StoreError) -> String? {
        let aside = "\(path).replaced-\(now.fileStamp)"
        return try translating { () throws(SystemError) in
            try DurableName.sync(draft)
            for suffix in ["-wal", "-shm"] where Files.exists(path + suffix) {
                try DurableName.move(path + suffix, to: aside + suffix)
            }
            CrashPoint.restoreLogAside.passed()
            let isReplacing = Files.exists(path)
            if isReplacing { try DurableName.move(path, to: aside) }
            CrashPoint.restoreOldAside.passed()
            try DurableName.move(draft, to: path)
            CrashPoint.restorePlaced.passed()
            return isReplacing ? aside : nil
        }
    }
}
