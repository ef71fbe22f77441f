package import Kit
internal import Machine
package import Shared

/// The engine's counter: every thread leaves its work here, and the engine's thread takes it in batches. What changes nothing
/// goes on to the readers once everything before it is on disk: at once, when it is.
package final class FrontDesk: Inbox, WebDesk, Sendable {
    /// Bytes of frames that may wait before the gateway stops reading.
    static let fullWeight = 2 << 20

    package let catalogue: Catalogue
    package let facts: HouseFacts
    let work = Mailbox<Work>()
    let readers: Readers
    private let traffic = Lock(Traffic())
    private let audience = Lock(Audience())
    private let isHolding = Lock(false)
    /// When what Discord tells again is left undone, by the steady clock; nobody is in a hurry before it closes.
    private let lastCall = Lock(Int64.max)

    /// What was left at the counter, and what of it is settled: on disk, or refused.
    private struct Traffic {
        var left: Int64 = 0
        var settled: Int64 = 0
        /// Folds of it are in memory only, where no reader looks.
        var isBehind = false
    }

    /// Who hears of commits.
    private struct Audience {
        var tell: [@Sendable (Set<String>) -> Void] = []
    }

    package init(catalogue: Catalogue, facts: HouseFacts, readers: Readers) {
        self.catalogue = catalogue
        self.facts = facts
        self.readers = readers
        readers.whenFaulty { [weak self] fault in self?.leave(.fault(fault)) }
    }

    // MARK: - Inbox

    package func deliver(_ batch: [Dispatch], weight: Int) { leave(.dispatches(batch), weight: weight) }
    package var isFull: Bool { isHolding.locked { $0 } || work.weight > Self.fullWeight }
    package func deliver(_ receipts: [Receipt]) { leave(.receipts(receipts)) }
    package func noteTrying(_ parcels: [Int64], then: @escaping @Sendable () -> Void) {
        leave(.trying(parcels, then: then))
    }
    package func noteGap(shard: Int, reason: String) { leave(.gap(shard: shard, reason: reason)) }
    package func deliver(_ fetched: FetchedPage) { leave(.fetched(fetched)) }
    package func note(_ link: LinkState) { leave(.link(link)) }

    /// While the engine keeps what the store does not take, nothing more is read.
    func readNoMore(_ isSo: Bool) { isHolding.locked { $0 = isSo } }

    // MARK: - Desk

    package func ask(_ request: Request, then answer: @escaping @Sendable (Answered) -> Void) {
        if request.command.changes {
            leave(.request(request, answer: answer))
        } else {
            afterwards(isSlow: request.command.isSlow) { reader in answer(reader.answer(request)) }
        }
    }

    package func look(_ request: Look, then answer: @escaping @Sendable (Result<[Panel.Line], Refusal>) -> Void) {
        afterwards { reader in answer(reader.lines(request)) }
    }

    package func complete(_ request: Completion, then answer: @escaping @Sendable (Result<[Choice], Refusal>) -> Void) {
        readers.run { reader in answer(reader.choices(request)) }
    }

    package func guilds(then answer: @escaping @Sendable ([GuildProfile]) -> Void) {
        afterwards { reader in answer(reader.guilds()) }
    }

    /// Guilds where a yes-or-no setting says yes.
    package func guilds(with setting: String, then answer: @escaping @Sendable ([ID<Guild>]) -> Void) {
        afterwards { reader in answer(reader.guilds(with: setting)) }
    }

    package func key(_ digest: String, then answer: @escaping @Sendable (AccessKey?) -> Void) {
        afterwards { reader in answer(reader.key(digest)) }
    }

    package func metrics(then answer: @escaping @Sendable ([Metric]) -> Void) {
        readers.run { reader in answer(reader.metrics()) }
    }

    package func whenCommitted(_ tell: @escaping @Sendable (Set<String>) -> Void) { audience.locked { $0.tell.append(tell) } }

    package func noteRefusal(_ person: Asker.Operator, method: String, sentence: String) {
        leave(.refused(person, method: method, sentence: sentence))
    }

    package func noteDeparture(_ person: Asker.Operator) { leave(.departed(person)) }

    /// Told of each commit before those who wait for it.
    func published(_ tables: Set<String>) {
        if tables.contains("house_settings") { readers.settingsChanged() }
        for tell in audience.locked({ $0.tell }) { tell(tables) }
    }

    private func leave(_ one: Work, weight: Int = 1) {
        traffic.locked { $0.left += 1 }
        work.send(one, weight: weight)
    }

    /// The engine has settled so much of what was left here.
    func settled(_ work: [Work], isBehind: Bool) {
        let count = work.reduce(into: Int64(0)) { if !$1.isBarrier { $0 += 1 } }
        traffic.locked { traffic in
            traffic.settled += count
            traffic.isBehind = isBehind
        }
    }

    /// Reads after everything that was left here before is on disk, so that whoever asks sees what they have caused.
    private func afterwards(isSlow: Bool = false, _ body: @escaping Readers.Job) {
        if traffic.locked({ $0.left == $0.settled && !$0.isBehind }) {
            readers.run(isSlow: isSlow, body)
        } else {
            work.send(.barrier { [readers] in readers.run(isSlow: isSlow, body) })
        }
    }

    /// Has the engine look at its clock again.
    package func nudge() { work.send(.barrier {}) }

    /// Lets the engine finish what waits, then ends its loop. Events that are not on disk by then are left to the next start,
    /// which is told of them again.
    package func close(by lastCall: Int64 = .max) {
        self.lastCall.locked { $0 = lastCall }
        work.close()
    }

    func isLate(at steadyNanoseconds: Int64) -> Bool { lastCall.locked { steadyNanoseconds >= $0 } }
}
