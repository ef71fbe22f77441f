internal import Kit
internal import Shared

/// What comes to the engine from other threads.
enum Work: Sendable {
    case dispatches([Dispatch])
    case receipts([Receipt])
    case trying([Int64], then: @Sendable () -> Void)
    case gap(shard: Int, reason: String)
    case fetched(FetchedPage)
    case link(LinkState)
    case request(Request, answer: @Sendable (Answered) -> Void)
    case refused(Asker.Operator, method: String, sentence: String)
    case departed(Asker.Operator)
    /// What went wrong on another thread, to be written down.
    case fault(Fault)
    /// Runs after everything before it is on disk.
    case barrier(@Sendable () -> Void)

    var isBarrier: Bool { if case .barrier = self { true } else { false } }
}

/// What is done in one turn, or one of the house's own steps; several share a transaction. What is large lies elsewhere: a list
/// of a thousand events stays small.
enum Task: Sendable {
    /// One of a batch, which is handed on as it came: what a dispatch holds is copied when its turn comes.
    case dispatch([Dispatch], at: Int)
    indirect case receipt(Receipt)
    case trying([Int64], then: @Sendable () -> Void)
    indirect case gap(shard: Int, reason: String)
    /// A message that was missed, or is from before the house listened, and was fetched back.
    indirect case missed(MessageSeen, isPast: Bool)
    /// The end of a page of such messages.
    indirect case turned(MissedPage, MissedPage.End)
    indirect case due(Timers.Due)
    indirect case request(Request, answer: @Sendable (Answered) -> Void)
    indirect case refused(Asker.Operator, method: String, sentence: String)
    indirect case departed(Asker.Operator)
    indirect case fault(Fault)
    case barrier(@Sendable () -> Void)

    /// A dry run ends in a rollback, so it shares its transaction with nobody.
    var standsAlone: Bool { if case .request(let request, _) = self { request.isDryRun } else { false } }
}
