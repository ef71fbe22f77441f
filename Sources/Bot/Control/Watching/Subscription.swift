internal import Machine
internal import Shared

/// One client's view of a feed. It reads from the feed's ring at its own pace, so a slow watcher costs a number and not a
/// queue.
struct Subscription {
    struct Bookmark: Hashable {
        var epoch: String
        var seq: Int64
    }

    enum Stage {
        /// The first look is being taken; then the request with this id is answered.
        case opening(id: JSON, from: Bookmark?)
        case snapshot(rows: [FeedRow], next: Int, seq: Int64)
        case live
        /// Changes were left out: everything comes afresh.
        case behind(reason: String, dropped: Int64)
    }

    let feed: Feed
    /// Milliseconds between two batches of changes.
    let pace: Int
    var stage: Stage
    /// The last change that was handed over.
    var cursor: Int64 = 0
    var nextBatch: MonotonicTime
    var nextTick: MonotonicTime

    /// The snapshot has been handed over whole.
    var isSettled: Bool { if case .live = stage { true } else { false } }
}
