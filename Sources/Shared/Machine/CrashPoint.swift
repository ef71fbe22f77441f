#if DEBUG
    internal import CLinux
#endif

/// A named moment at which a sudden death is worst. The program says where it is (`CrashPoint.committed.passed()`), and a debug
/// build that was started with `HEARTH_CRASH=commit.committed:3` kills itself there the third time, as `kill -9` would.
///
/// A release build contains none of this, neither the test nor the names: nobody can arm a daemon that serves.
package enum CrashPoint: String, CaseIterable, Sendable {
    // A start, up to the first word to Discord.
    case lockTaken = "start.lock-taken"
    case fileCreated = "start.file-created"
    case examined = "start.examined"
    case copyKept = "start.copy-kept"
    case marked = "start.marked"
    case engineOpening = "start.engine-opening"
    case engineOpened = "start.engine-opened"
    case outboxReopened = "start.outbox-reopened"
    case socketBound = "start.socket-bound"
    case socketPlaced = "start.socket-placed"
    case ready = "start.ready"

    case migrationBegun = "migration.begun"
    case migrationStatement = "migration.statement"
    case migrationWritten = "migration.written"
    case migrationCommitted = "migration.committed"

    // One transaction of the engine, from what was read to what is let out.
    case batchTaken = "commit.batch-taken"
    case batchBegun = "commit.begun"
    case taskDone = "commit.task-done"
    case foldsWritten = "commit.folds-written"
    case sequenceWritten = "commit.sequence-written"
    case committed = "commit.committed"
    case announced = "commit.announced"
    case carried = "commit.carried"
    case released = "commit.released"

    // What one cause writes.
    case sessionWritten = "write.session"
    case gapWritten = "write.gap"
    case parcelsWritten = "write.parcels"
    case timersWritten = "write.timers"
    case timerAdvanced = "write.timer-advanced"
    case tryingWritten = "write.trying"
    case receiptWritten = "write.receipt"
    case answerKept = "write.answer-kept"

    // The log, its checkpoints and the stamp beside the file.
    case epochRaised = "log.epoch-raised"
    case epochCommitted = "log.epoch-committed"
    case stampWritten = "log.stamp-written"
    case stampSynced = "log.stamp-synced"
    case checkpointDue = "log.checkpoint-due"
    case checkpointed = "log.checkpointed"

    // Words to and from Discord.
    case identifySpent = "link.identify-spent"
    case identified = "link.identified"
    case resuming = "link.resuming"
    case sessionBegun = "link.session-begun"
    case sessionResumed = "link.session-resumed"
    case framesRead = "link.frames-read"
    case framesDelivered = "link.frames-delivered"
    case requestBegun = "link.request-begun"
    case requestAnswered = "link.request-answered"
    case receiptDelivered = "link.receipt-delivered"

    case stopAsked = "stop.asked"
    case doorsClosed = "stop.doors-closed"
    case linkStopped = "stop.link-stopped"
    case unmarked = "stop.unmarked"
    case logEmptied = "stop.log-emptied"
    case stopped = "stop.stopped"

    case backupBegun = "backup.begun"
    case backupHalf = "backup.half"
    case backupCopied = "backup.copied"
    case backupNamed = "backup.named"

    case restoreCopied = "restore.copied"
    case restorePrepared = "restore.prepared"
    case restoreLogAside = "restore.log-aside"
    case restoreOldAside = "restore.old-aside"
    case restorePlaced = "restore.placed"
    case restoreStamped = "restore.stamped"

    /// Here the program is at this point. Does nothing, unless a test has armed it.
    @inline(__always)
    package func passed() {
        #if DEBUG
            if Self.trap.point == self { Self.trap.spring() }
        #endif
    }

    #if DEBUG
        private static let trap = Trap(words: getenv("HEARTH_CRASH").map { String(cString: $0) } ?? "")

        /// Counts down and kills.
        private final class Trap: Sendable {
            let point: CrashPoint?
            private let left: Lock<Int>

            init(words: String) {
                let parts = words.split(separator: ":")
                point = parts.first.flatMap { CrashPoint(rawValue: String($0)) }
                left = Lock(parts.count > 1 ? Int(parts[1]) ?? 1 : 1)
            }

            func spring() {
                let isDue = left.locked { left in
                    left -= 1
                    return left == 0
                }
                if isDue { kill(getpid(), SIGKILL) }
            }
        }
    #endif
}
