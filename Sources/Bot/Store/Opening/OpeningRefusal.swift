internal import Kit

/// Why the daemon does not start on this database, and what its owner can do. Nothing was changed. Main exits with 78.
package struct OpeningRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Cause: Hashable, Sendable {
        case folderMissing, networkFileSystem, symbolicLink, notAFile, wrongOwner, open, readOnly
        case databaseMissing, notADatabase, foreign, truncated, damaged, lostCommits
        case misnamedMigration, editedMigration, newerSchema, missedMigration, failedMigration
        case inUse, full, failed
    }

    package let cause: Cause
    /// What is wrong, as a sentence.
    package let reason: String
    /// What to do about it: a sentence, or a command.
    package let remedy: String

    init(_ cause: Cause, _ reason: String, remedy: String) {
        self.cause = cause
        self.reason = reason
        self.remedy = remedy
    }

    package var description: String { "\(reason) \(remedy)" }

    static let restore = "Restore a backup: hearthd restore FILE"

    /// What the store said, for somebody who wants to start.
    init(_ error: StoreError, at path: String) {
        self =
            switch error {
            case .corrupt(let detail): Self(.damaged, "\(path) is damaged (\(detail)).", remedy: Self.restore)
            case .full: Self(.full, "The disk with \(path) is full.", remedy: "Free some space and start again.")
            case .busy: Self(.inUse, "Another program is using \(path).", remedy: "Close it and start again.")
            case .readOnly: Self(.readOnly, "\(path) cannot be written to.", remedy: "chmod u+w \(quoted(path))*")
            case .constraint, .failed: Self(.failed, "\(path): \(error.sentence)", remedy: Self.restore)
            }
    }
}
