internal import Kit
internal import Machine
internal import Shared

extension Engine {
    /// Reads where the last process stopped, and takes up what it left. Answers the sessions that may be resumed.
    func open() throws -> [Checkpoint] {
        let checkpoints = try store.all(
            "SELECT shard, shards, session, resume_url, sequence FROM house_sessions ORDER BY shard"
        ) {
            Checkpoint(
                shard: Int($0.int(0)), shards: Int($0.int(1)), session: $0.text(2), resumeURL: $0.text(3), sequence: $0.int(4))
        }
        for one in checkpoints { (sessions[one.shard], sessionNames[one.shard]) = (one.sequence, one.session) }
        bot = try state("bot").flatMap { ID<Member>($0) }
        quarantinedSince = try state("quarantined_since").flatMap { Int64($0) }.map(Instant.init(milliseconds:))
        try store.begin()
        salt = try state("salt") ?? ""
        if salt.isEmpty {
            var dice = Dice(seed: "\(clocks.wall().milliseconds)/\(clocks.steadyNanoseconds())")
            salt = String(dice.next(), radix: 36)
            try remember("salt", salt)
        }
        try scheduleRoutines()
        try putRightWhatLiesAhead(of: clocks.wall())
        try projection.takeOverRows(in: store)
        try openHots()
        try repeatErasures()
        try settleHots()
        CrashPoint.engineOpening.passed()
        try store.commit()
        CrashPoint.engineOpened.passed()
        if try Timers.recur(in: store) { try Recurrences.requireLibrary() }
        nextDue = try Timers.next(in: store)
        backfill.hasRows = true
        rolls.hasRows = true
        _ = store.takeTouchedTables()
        reopenOutbox()
        CrashPoint.outboxReopened.passed()
        return checkpoints
    }

    /// Hands everything that is still on its way to the courier. Restored from a backup, nothing older than the backup is sent
    /// until an owner says so.
    func reopenOutbox() {
        let parcels = (try? Outbox.open(in: store, causedAfter: quarantinedSince)) ?? []
        outboxWaiting = parcels.count
        houseVitals.noteOutbox(outboxWaiting)
        if !parcels.isEmpty { courier.carry(parcels) }
    }

    /// An owner has looked at the restored house and lets out what was held back.
    func leaveQuarantineIfEnded() {
        guard let since = quarantinedSince, case .success(nil) = Result(catching: { try state("quarantined_since") }) else {
            return
        }
        quarantinedSince = nil
        let held = (try? Outbox.open(in: store, upTo: since)) ?? []
        outboxWaiting += held.count
        houseVitals.noteOutbox(outboxWaiting)
        if !held.isEmpty { courier.carry(held) }
    }

    private func scheduleRoutines() throws {
        for job in catalogue.features.flatMap(\.jobs) {
            guard let every = job.every else { continue }
            let first = clocks.wall() + every
            try store.run(
                """
                INSERT INTO house_timers (job, item, guild, payload, due, wake, recurrence, tries)
                VALUES (\(job.name), 'house', NULL, '', \(first), \(first), NULL, 0) ON CONFLICT DO NOTHING
                """)
        }
    }

    func state(_ name: String) throws -> String? {
        try store.first("SELECT value FROM house_state WHERE key = \(name)") { $0.text(0) }
    }

    func remember(_ name: String, _ value: String) throws {
        try store.run(
            """
            INSERT INTO house_state (key, value) VALUES (\(name), \(value))
            ON CONFLICT (key) DO UPDATE SET value = excluded.value
            """)
    }
}
