import Discord
import Kit
import Machine

/// What the engine would have got.
final class Listener: Inbox, IdentifyLedger {
    struct Kept: Sendable {
        var dispatches: [Dispatch] = []
        var receipts: [Receipt] = []
        var gaps: [String] = []
        var fetched: [FetchedPage] = []
        var states: [LinkState] = []
        var isFull = false
        var record: IdentifyRecord?
    }

    private let kept = Lock(Kept())
    private let changed = Mailbox<Bool>()

    private func change(_ body: (inout Kept) -> Void) {
        kept.locked { body(&$0) }
        changed.send(true)
    }

    func deliver(_ batch: [Dispatch], weight: Int) { change { $0.dispatches += batch } }
    func deliver(_ receipts: [Receipt]) { change { $0.receipts += receipts } }
    func noteTrying(_ parcels: [Int64], then: @escaping @Sendable () -> Void) { then() }
    func noteGap(shard: Int, reason: String) { change { $0.gaps.append(reason) } }
    func deliver(_ fetched: FetchedPage) { change { $0.fetched.append(fetched) } }
    func note(_ link: LinkState) { change { $0.states.append(link) } }
    var isFull: Bool { kept.locked { $0.isFull } }
    func fill(_ isFull: Bool) { change { $0.isFull = isFull } }
    func record() -> IdentifyRecord? { kept.locked { $0.record } }
    func keep(_ record: IdentifyRecord) { change { $0.record = record } }

    var now: Kept { kept.locked { $0 } }

    /// Waits until it is so.
    func await(_ condition: (Kept) -> Bool) throws {
        let deadline = MonotonicTime.now.adding(milliseconds: 30_000)
        while !condition(now) {
            guard MonotonicTime.now < deadline else { throw NotThere() }
            _ = changed.receive(within: 100)
        }
    }
}
