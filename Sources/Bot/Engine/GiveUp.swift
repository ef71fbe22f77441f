internal import Kit
internal import Shared

extension Engine {
    /// The store said no. What came is kept in order, and no more is read from Discord until the store takes it; whoever waits is
    /// told; the gateway stays open. A full disk heals by itself.
    func giveUp(_ tasks: some Collection<Task>, _ error: StoreError) {
        if houseVitals.degraded == nil { log(EngineNote(.error, "store", error.sentence)) }
        houseVitals.noteDegraded(error.sentence)
        retryAt = clocks.steadyNanoseconds() + 1_000_000_000
        hold(tasks, because: error.sentence)
    }

    /// Keeps what nobody will say again. What comes later waits behind it, so that each frame finds those before it done.
    func hold(_ tasks: some Collection<Task>, because sentence: String) {
        for task in tasks {
            switch task {
            case .request(_, let answer): answer(.refused(.unavailable(sentence)))
            case .barrier(let then): then()
            case .dispatch, .receipt, .trying, .gap: kept.append(task)
            case .missed(let message, _): backfill.spoil(message.channel)
            case .turned(let page, _): backfill.landed(page.channel)
            case .due, .refused, .departed, .fault: break
            }
        }
    }

    /// Something waits for the store: nothing should be read that can as well wait with Discord.
    var isHolding: Bool { !kept.isEmpty }

    func settleKept() {
        guard houseVitals.degraded == nil, !kept.isEmpty else { return }
        let tasks = kept
        kept = []
        settle(tasks[...])
    }

    /// Tries whether the store takes a commit again.
    func probe() {
        retryAt = nil
        do {
            try store.begin()
            try store.run(
                """
                INSERT INTO house_state (key, value) VALUES ('probe', \(clocks.wall().rfc3339))
                ON CONFLICT (key) DO UPDATE SET value = excluded.value
                """)
            try store.commit()
            recovered()
        } catch {
            try? store.rollback()
            retryAt = clocks.steadyNanoseconds() + 1_000_000_000
        }
    }

    func recovered() {
        guard houseVitals.degraded != nil else { return }
        houseVitals.noteDegraded(nil)
        retryAt = nil
        log(EngineNote(.info, "store", "the store takes changes again"))
    }
}
