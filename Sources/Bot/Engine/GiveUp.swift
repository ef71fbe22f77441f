internal import Kit
internal import Shared

extension Engine {
    /// The store said no. Frames are dropped and asked for again from the last committed one; whoever waits is told; the
    /// gateway stays open. A full disk heals by itself.
    func giveUp(_ tasks: some Collection<Task>, _ error: StoreError) {
        if houseVitals.degraded == nil { log(EngineNote(.error, "store", error.sentence)) }
        houseVitals.noteDegraded(error.sentence)
        retryAt = clocks.wall() + .seconds(1)
        for task in tasks {
            switch task {
            case .request(_, let answer): answer(.refused(.unavailable(error.sentence)))
            case .barrier(let then): then()
            case .dispatch(let batch, let index): rewind(batch[index].shard)
            case .receipt, .trying, .gap: kept.append(task)
            case .missed(let message): backfill.spoil(message.channel)
            case .turned(let page, _): backfill.landed(page.channel)
            case .due, .refused: break
            }
        }
    }

    func settleKept() {
        guard houseVitals.degraded == nil, !kept.isEmpty else { return }
        let tasks = kept
        kept = []
        settle(tasks[...])
    }

    private func rewind(_ shard: Int) {
        guard sessions[shard]?.isDropping != true else { return }
        sessions[shard, default: SessionPosition(sequence: 0)].isDropping = true
        courier.rewind()
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
            retryAt = clocks.wall() + .seconds(1)
        }
    }

    func recovered() {
        guard houseVitals.degraded != nil else { return }
        houseVitals.noteDegraded(nil)
        retryAt = nil
        log(EngineNote(.info, "store", "the store takes changes again"))
    }
}
