package import Shared

/// Which live table: two screens that ask for the same one share it.
package struct FeedKey: Hashable, Sendable {
    package var topic: String
    package var params: JSON

    package init(_ topic: String, _ params: JSON = [:]) {
        self.topic = topic
        self.params = params
    }
}

/// A live table as we know it. It outlives the connection: what was there stays, with its age.
package struct Feed: Sendable {
    package struct Row: Hashable, Sendable {
        package var key: String
        package var value: JSON
    }

    enum State: Hashable, Sendable { case opening, live, stale, refused(String) }

    private(set) var rows: [Row] = []
    var state = State.opening
    var subscription: String?
    private(set) var position: (epoch: String, seq: Int64)?
    /// When something was last heard of it.
    private(set) var heard: Instant?
    private(set) var changed: [String: Instant] = [:]
    /// A snapshot that is not complete yet: the old rows are shown until it is.
    private var arriving: [Row]?

    /// False when an event is missing: then it must be opened afresh.
    mutating func apply(_ event: ControlEvent, now: Instant) -> Bool {
        heard = now
        switch event {
        case .snapshot(let key, let at, let row):
            var rows = arriving ?? []
            rows.insert(Row(key: key, value: row), at: min(max(0, at), rows.count))
            arriving = rows
        case .live(let epoch, let seq):
            rows = arriving ?? []
            arriving = nil
            position = (epoch, seq)
            changed = [:]
            state = .live
        case .resync, .gone: arriving = []
        case .upsert(let epoch, let seq, let key, let at, let row):
            guard follows(epoch, seq) else { return false }
            rows.removeAll { $0.key == key }
            rows.insert(Row(key: key, value: row), at: min(max(0, at), rows.count))
            changed[key] = now
        case .delete(let epoch, let seq, let key):
            guard follows(epoch, seq) else { return false }
            rows.removeAll { $0.key == key }
            changed[key] = nil
        case .move(let epoch, let seq, let key, let at):
            guard follows(epoch, seq) else { return false }
            guard let old = rows.firstIndex(where: { $0.key == key }) else { return true }
            let row = rows.remove(at: old)
            rows.insert(row, at: min(max(0, at), rows.count))
            changed[key] = now
        case .tick(let epoch, let seq):
            // A tick is a bookmark: it names the last number, or takes one of its own.
            return position.map { $0 == (epoch, seq) } == true || follows(epoch, seq)
        }
        return true
    }

    private mutating func follows(_ epoch: String, _ seq: Int64) -> Bool {
        guard let position, position.epoch == epoch, seq == position.seq + 1 else { return false }
        self.position = (epoch, seq)
        state = .live
        return true
    }

    /// The connection is gone; the rows stay.
    mutating func lose() {
        subscription = nil
        arriving = nil
        state = rows.isEmpty && position == nil ? .opening : .stale
    }

    /// What was refused may be asked again.
    mutating func retry() { if case .refused = state { state = .opening } }

    /// Where to go on, or nowhere: then a snapshot comes.
    mutating func forgetPosition() { position = nil }

    /// Rows changed lately are marked for two seconds.
    mutating func forgetChanges(before instant: Instant) {
        if !changed.isEmpty { changed = changed.filter { $0.value >= instant } }
    }
}
