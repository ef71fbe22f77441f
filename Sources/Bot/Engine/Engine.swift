internal import Kit
internal import Machine
internal import Shared

/// Handles causes, several to a transaction, and lets their consequences out once they are on disk. One thread owns it.
///
/// A transaction whose handler fails is rolled back and its tasks are tried again one by one, the failing handler left out:
/// what was in memory is forgotten with what was on its way to disk, so neither can disagree with the other.
final class Engine {
    static let largestBatch = 1000
    /// Of work, not of time: on a busy machine small batches would make all the more of it.
    static let longestBatchNanoseconds: Int64 = 10_000_000

    let catalogue: Catalogue
    let options: EngineOptions
    let store: any WritingConnection
    let courier: any Courier
    let houseVitals: HouseVitals
    let clocks: Clocks
    let log: @Sendable (EngineNote) -> Void
    let settings: SettingsBook
    let projection = Projection()
    var hots: [ObjectIdentifier: any Hot] = [:]
    var hotTouched = false
    private var hotsAreOpen = false
    /// The last frame of each shard's session that is on disk.
    var sessions: [Int: Int64] = [:]
    /// What Discord calls each shard's session.
    var sessionNames: [Int: String] = [:]
    var bot: ID<Member>?
    var salt = ""
    var nextDue: Instant?
    var outboxWaiting = 0
    var published: @Sendable (Set<String>) -> Void = { _ in }
    /// Whether the process has to be gone.
    var isLate: @Sendable () -> Bool = { false }
    /// Events were left to the next start, and so are all that come after them.
    var hasLeftEvents = false
    /// When the store is tried again, on the clock that does not jump.
    var retryAt: Int64?
    /// The wall clock as the scheduler last saw it.
    var lastLook: Instant?
    /// What Discord and the courier have said and nobody will say again, until the store takes it.
    var kept: [Task] = []
    /// Who hears, by guild.
    var ears: [Int64: Ears] = [:]
    let meters = Meters()
    var quarantinedSince: Instant?
    /// Parcels of the work at hand that left before its commit: tried again, it does not send them again.
    var sentEarly: Set<Int64> = []
    var backfill = Backfill()
    var rolls = MemberRolls()
    /// Requests so far, for their causes' names.
    var requests: Int64 = 0

    init(
        catalogue: Catalogue, options: EngineOptions, store: any WritingConnection, courier: any Courier, vitals: HouseVitals,
        clocks: Clocks, log: @escaping @Sendable (EngineNote) -> Void
    ) {
        self.catalogue = catalogue
        self.options = options
        settings = SettingsBook(standards: options.standards)
        self.store = store
        self.courier = courier
        houseVitals = vitals
        self.clocks = clocks
        self.log = log
    }

    // MARK: - Work

    /// Handles everything that waits, then what is due.
    func handle(_ work: [Work]) {
        CrashPoint.batchTaken.passed()
        var tasks: [Task] = []
        for one in work { tasks += unpacked(one) }
        sentEarly.removeAll(keepingCapacity: true)
        settle(tasks[...])
        runWhatIsDue()
        if work.isEmpty { settleWhatIsBehind() }
        if let retryAt, clocks.steadyNanoseconds() >= retryAt { probe() }
        settleKept()
        fetchBack()
        callRolls()
    }

    private func unpacked(_ work: Work) -> [Task] {
        switch work {
        case .dispatches(let batch): return batch.indices.map { .dispatch(batch, at: $0) }
        case .receipts(let receipts): return receipts.map(Task.receipt)
        case .trying(let parcels, let then): return [.trying(parcels, then: then)]
        case .gap(let shard, let reason): return [.gap(shard: shard, reason: reason)]
        case .fetched(let fetched): return fetched.tasks
        case .request(let request, let answer): return [.request(request, answer: answer)]
        case .refused(let person, let method, let sentence): return [.refused(person, method: method, sentence: sentence)]
        case .departed(let person): return [.departed(person)]
        case .fault(let fault): return [.fault(fault)]
        case .barrier(let then): return [.barrier(then)]
        case .link(let link):
            houseVitals.note(link)
            return []
        }
    }

    func settle(_ tasks: ArraySlice<Task>) {
        var rest = tasks
        while let first = rest.first {
            if let degraded = houseVitals.degraded { return hold(rest, because: degraded) }
            if hasLeftEvents || isLate(), let fewer = leaveEvents(among: rest) {
                rest = fewer[...]
                continue
            }
            if first.standsAlone {
                rest = rest.dropFirst()
                dryRun(first)
                continue
            }
            let batch = rest.prefix { !$0.standsAlone }.prefix(Self.largestBatch)
            let done = settleTogether(batch)
            rest = rest.dropFirst(done)
        }
    }

    /// Answers how many of the tasks were settled; a long batch is cut short.
    private func settleTogether(_ batch: ArraySlice<Task>) -> Int {
        var attempt = Attempt()
        do {
            let done = try transaction(batch, &attempt)
            release(attempt)
            return done
        } catch is Attempt.Uncontained {
            for task in batch { settleAlone(task) }
        } catch let error as StoreError where error.isTheStores {
            giveUp(batch, error)
        } catch {
            log(EngineNote(.error, "engine", "a batch failed: \(error)"))
            for task in batch { settleAlone(task) }
        }
        return batch.count
    }

    private func settleAlone(_ task: Task) {
        if let degraded = houseVitals.degraded { return hold([task], because: degraded) }
        var failures: [Attempt.Handler: any Error] = [:]
        for _ in 0..<64 {
            var attempt = Attempt()
            attempt.failures = failures
            do {
                _ = try transaction([task], &attempt)
                return release(attempt)
            } catch let failure as Attempt.Uncontained {
                failures[failure.handler] = failure.error
            } catch let error as StoreError where error.isTheStores {
                return giveUp([task], error)
            } catch {
                return drop(task, error)
            }
        }
    }

    /// Not even alone can it be done; whoever waits for it is told.
    private func drop(_ task: Task, _ error: any Error) {
        let fault = Fault("engine", error, in: nil)
        log(EngineNote(.error, "engine", "a task was dropped: \(fault.message)", ["reference": fault.reference]))
        switch task {
        case .request(_, let answer): answer(.failed(reference: fault.reference))
        case .barrier(let then): then()
        case .fault: return
        default: break
        }
        settle([.fault(fault)][...])
    }

    /// Runs tasks in one transaction and commits; on any failure nothing of them is left, on disk or in memory.
    private func transaction(_ tasks: ArraySlice<Task>, _ attempt: inout Attempt) throws -> Int {
        let started = clocks.steadyNanoseconds()
        let worked = clocks.workNanoseconds()
        attempt.began = clocks.wall()
        try store.begin()
        CrashPoint.batchBegun.passed()
        var done = 0
        do {
            try openHots()
            for (index, task) in tasks.enumerated() {
                try perform(task, number: index, &attempt)
                done += 1
                CrashPoint.taskDone.passed()
                if done % 8 == 0, done < tasks.count, clocks.workNanoseconds() - worked > Self.longestBatchNanoseconds {
                    break
                }
            }
            if attempt.isRead { try settleHots() } else { try writeHots() }
            CrashPoint.foldsWritten.passed()
            for (shard, sequence) in attempt.sequences {
                try Gaps.handled(sequence, newest: attempt.newest[shard] ?? 0, shard, at: clocks.wall(), in: store)
            }
            CrashPoint.sequenceWritten.passed()
            if !attempt.faults.isEmpty { try write(attempt.faults) }
            try store.commit()
        } catch {
            try? store.rollback()
            forget()
            throw error
        }
        CrashPoint.committed.passed()
        meters.tell(houseVitals)
        houseVitals.noteCache(store.cacheUse)
        houseVitals.noteCommit(events: attempt.events, milliseconds: (clocks.steadyNanoseconds() - started) / 1_000_000)
        return done
    }

    private func release(_ attempt: Attempt) {
        if houseVitals.degraded != nil { recovered() }
        for (shard, sequence) in attempt.sequences {
            if sessions[shard] != nil { sessions[shard] = sequence }
            courier.committed(shard: shard, sequence: sequence)
        }
        if !attempt.parcels.isEmpty || attempt.early > 0 {
            outboxWaiting += attempt.parcels.count + attempt.early
            houseVitals.noteOutbox(outboxWaiting)
        }
        CrashPoint.announced.passed()
        if !attempt.parcels.isEmpty {
            courier.carry(attempt.parcels)
            CrashPoint.carried.passed()
        }
        for fault in attempt.faults {
            log(EngineNote(.error, "engine", fault.message, ["handler": fault.handler, "reference": fault.reference]))
        }
        let touched = store.takeTouchedTables()
        if touched.contains("house_settings") {
            settingsChanged()
            backfill.hasRows = true
        }
        if touched.contains("house_state") { leaveQuarantineIfEnded() }
        if touched.contains("house_past") { backfill.hasRows = true }
        if touched.contains("house_timers") { nextDue = (try? Timers.next(in: store)) ?? nil }
        if !touched.isEmpty { published(touched) }
        for release in attempt.releases { release() }
        CrashPoint.released.passed()
    }

    // MARK: - Memory

    /// What rows say that were written in time is in memory again before anybody asks.
    func openHots() throws {
        guard !hotsAreOpen else { return }
        let now = clocks.wall()
        let turn = Turn(
            cause: .job("house.open", key: "house", due: now), now: now, guild: nil, asker: .job("house.open"), door: .job,
            store: store, house: self)
        for type in catalogue.features.flatMap(\.hot) { try opened(type).open(turn) }
        hotsAreOpen = true
    }

    private func opened<State: Hot>(_ type: State.Type) -> State { hot(type) }

    func writeHots() throws {
        for hot in hots.values { try hot.write(to: store) }
    }

    /// Whoever reads rows from here on reads all there is.
    func settleHots() throws {
        for hot in hots.values { try hot.settle(to: store) }
    }

    var isBehind: Bool { hots.values.contains(where: \.isBehind) }

    /// Nobody waits: a good time to write what was left for later.
    func settleWhatIsBehind() {
        if isBehind, houseVitals.degraded == nil { settle([.barrier {}][...]) }
    }

    /// Forgets what is in memory: the rows are the truth.
    func forget() {
        for hot in hots.values { hot.forget() }
        hotsAreOpen = false
        projection.forget()
        backfill.forget()
        rolls.forget()
        settings.forget()
        ears = [:]
        _ = store.takeTouchedTables()
    }
}

/// A line for the log.
package struct EngineNote: Sendable {
    package enum Level: String, Sendable { case debug, info, warning, error }
    package let level: Level
    package let room: String
    package let message: String
    package let fields: [String: String]
    package init(_ level: Level, _ room: String, _ message: String, _ fields: [String: String] = [:]) {
        self.level = level
        self.room = room
        self.message = message
        self.fields = fields
    }
}
