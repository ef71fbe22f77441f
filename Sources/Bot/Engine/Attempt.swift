internal import Kit
internal import Shared

/// One transaction being tried: what it will release when it is on disk.
struct Attempt {
    /// A handler of one of the tasks.
    struct Handler: Hashable {
        var task: Int
        var name: String
    }

    /// A handler failed in a way that only starting the transaction again can undo.
    struct Uncontained: Error {
        var handler: Handler
        var error: any Error
    }

    /// Handlers that are known to fail, from earlier tries: they are not run again.
    var failures: [Handler: any Error] = [:]
    var parcels: [Parcel] = []
    /// Parcels that have left already.
    var early = 0
    /// Holds what nobody would tell again if it were lost.
    var cannotRepeat = false
    var sequences = ShardNumbers()
    /// Each shard's newest message among them.
    var newest = ShardNumbers()
    var releases: [() -> Void] = []
    var faults: [Fault] = []
    var events = 0
    /// When it began, by the wall.
    var began = Instant(milliseconds: 0)
    /// Somebody reads what this transaction leaves, so nothing may be left for later.
    var isRead = false
}
