internal import Kit
internal import Machine
internal import Shared

/// What makes two subscriptions the same: they share the rows, the numbers and the ring.
struct FeedKey: Hashable {
    var topic: String
    var params: String
    var guild: ID<Guild>?
    var choice: RowChoice
    var role: Access.Role
}

/// A live table that somebody watches, or watched a short while ago. It runs its panel only when a table it reads was
/// written to, or by time where the panel wants it, and never more often than its fastest watcher asks.
final class Feed {
    struct Watcher: Hashable {
        var client: UInt64
        var subscription: Int
    }

    let number: Int
    let key: FeedKey
    let look: Look
    private(set) var ring: DeltaRing
    private(set) var rows: [FeedRow]?
    private(set) var watchers: [Watcher: Int] = [:]
    private(set) var idleSince: MonotonicTime?
    var isDirty = true
    private(set) var isLooking = false
    private var ranAt: MonotonicTime?

    init(number: Int, key: FeedKey, look: Look, epoch: String) {
        self.number = number
        self.key = key
        self.look = look
        ring = DeltaRing(epoch: "\(epoch).\(number)")
    }

    var panel: Panel { look.panel }
    /// What is known is as good as a new look.
    var isFresh: Bool { rows != nil && !isDirty && !watchers.isEmpty }

    func enter(_ watcher: Watcher, pace: Int) {
        // Nobody told about commits while nobody watched.
        if watchers.isEmpty { isDirty = true }
        watchers[watcher] = pace
        idleSince = nil
    }

    func leave(_ watcher: Watcher, now: MonotonicTime) {
        watchers[watcher] = nil
        if watchers.isEmpty { idleSince = now }
    }

    /// When the panel should run again; nil while there is no reason to.
    func due(now: MonotonicTime) -> MonotonicTime? {
        guard !isLooking, let pace = watchers.values.min() else { return nil }
        guard let ranAt, rows != nil else { return isDirty ? now : nil }
        if isDirty { return ranAt.adding(milliseconds: pace) }
        return panel.refresh.map { ranAt.adding(milliseconds: max(Int($0.milliseconds), pace)) }
    }

    func beginLook(now: MonotonicTime) {
        isDirty = false
        isLooking = true
        ranAt = now
    }

    func endLook() { isLooking = false }

    /// Takes what the panel shows now; answers the keys of rows that were too long to be shown.
    func take(_ lines: [Panel.Line]) -> [String] {
        var tooLong: [String] = []
        let fresh = key.choice.rows(of: lines).compactMap { line -> FeedRow? in
            let row = FeedRow(key: line.key, body: line.row.bytes)
            if row.body.count + row.key.utf8.count <= Watching.longestRow { return row }
            tooLong.append(String(line.key.prefix(60)))
            return nil
        }
        if let rows { for change in RowChange.between(rows, fresh) { ring.append(change) } }
        rows = fresh
        return tooLong
    }
}

/// Hears of commits on the engine's thread and passes on only what somebody watches, once until it is fetched.
final class CommitWatch: Sendable {
    private struct State: Sendable {
        var watched: Set<String> = []
        var touched: Set<String> = []
    }

    private let state = Lock(State())

    func watch(_ tables: Set<String>) { state.locked { $0.watched = tables } }

    /// True when the server's thread must be told.
    func note(_ tables: Set<String>) -> Bool {
        state.locked { state in
            let hits = state.watched.intersection(tables)
            let isFirst = state.touched.isEmpty && !hits.isEmpty
            state.touched.formUnion(hits)
            return isFirst
        }
    }

    func take() -> Set<String> {
        state.locked { state in
            defer { state.touched = [] }
            return state.touched
        }
    }
}
