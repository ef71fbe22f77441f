internal import CSQLite
internal import Kit
internal import Machine

/// Checkpoints the log when it has grown, and sees to it that a database without its log is found out.
///
/// The first commit after a start or a checkpoint raises the store's epoch, then the stamp file beside the database
/// follows. So the database file alone is older than its stamp whenever commits lie only in the log; after a checkpoint that
/// could not take all of them, the writer makes such a commit at once.
final class WriteAheadLog {
    /// Pages between two checkpoints: 4 MiB.
    private static let stride = 1000

    private let handle: Handle
    private let stamp: EpochStamp?
    private let length = Length()
    private var limit = WriteAheadLog.stride
    private var isStampDue = true
    /// Whether the last checkpoint left something in the log alone.
    private(set) var isPartlyInFile = false
    /// As last committed.
    private(set) var epoch: Int64 = 0
    private final class Length { var pages = 0 }

    init(of handle: Handle, stamp: EpochStamp?) {
        self.handle = handle
        self.stamp = stamp
        sqlite3_wal_hook(
            handle.raw,
            { context, _, _, pages in
                guard let context else { return SQLITE_OK }
                Unmanaged<Length>.fromOpaque(context).takeUnretainedValue().pages = Int(pages)
                return SQLITE_OK
            }, Unmanaged.passUnretained(length).toOpaque())
    }

    /// Raises the epoch inside the open transaction if it is time to.
    func epochToCommit() throws(StoreError) -> Int64? {
        guard isStampDue, stamp != nil else { return nil }
        let epoch = try HouseState.raiseEpoch(on: handle)
        CrashPoint.epochRaised.passed()
        return epoch
    }

    func committed(epoch: Int64?) {
        if let epoch, let stamp {
            self.epoch = epoch
            CrashPoint.epochCommitted.passed()
            // A stamp that could not be written is older than the database, which is always allowed.
            try? stamp.write(epoch)
            isStampDue = false
            isPartlyInFile = false
            CrashPoint.stampSynced.passed()
        }
        if length.pages >= limit { checkpoint() }
    }

    /// Never waits for a reader: what one still needs stays in the log until the next time. A failure costs nothing
    /// either, since the commits are on disk in the log.
    private func checkpoint() {
        CrashPoint.checkpointDue.passed()
        var all: Int32 = 0
        var done: Int32 = 0
        let code = sqlite3_wal_checkpoint_v2(handle.raw, nil, SQLITE_CHECKPOINT_PASSIVE, &all, &done)
        let isWhole = code == SQLITE_OK && all == done
        isPartlyInFile = stamp != nil && !isWhole
        limit = (isWhole ? 0 : length.pages) + Self.stride
        isStampDue = true
        CrashPoint.checkpointed.passed()
    }

    /// Moves all into the database's file, unless a reader still needs it; then the next start does it.
    func empty() { sqlite3_wal_checkpoint_v2(handle.raw, nil, SQLITE_CHECKPOINT_TRUNCATE, nil, nil) }
}
