package import Engine
package import Kit
package import Machine
package import Shared
import Store

/// A whole house on a bench: the real engine on a real database, a clock that is turned by hand, and a courier that writes
/// down what it is given. It can lose its process and start again on the same file.
package final class Bench {
    package let clock: HandClock
    package let journal = Journal()
    package let notes = Lock<[EngineNote]>([])
    package private(set) var store: FragileStore
    package private(set) var checkpoints: [Checkpoint] = []
    package var sequence: Int64 = 0

    private let features: [Feature]
    private let options: EngineOptions
    private let oracle: String?
    private let library: SQLiteLibrary
    private var process: Process
    private var starts = 1

    private struct Process {
        let desk: FrontDesk
        let readers: Readers
        let loop: EngineLoop
        let vitals: HouseVitals
    }

    package init(
        _ features: [Feature], options: EngineOptions = EngineOptions(), oracle: String? = nil, at start: Instant = Bench.start
    ) throws {
        clock = HandClock(start)
        self.features = features
        self.options = options
        self.oracle = oracle
        library = try SQLiteLibrary.temporary()
        (process, store) = try Self.start(features, options, oracle, library, clock, journal, notes, 1)
        checkpoints = try process.loop.open()
        begin()
    }

    /// Thursday, 6 August 2026, 12:00 UTC.
    package static let start = Instant(seconds: 1_786_017_600)
    package static let bot = name(999, Member.self)

    private static func start(
        _ features: [Feature], _ options: EngineOptions, _ oracle: String?, _ library: SQLiteLibrary, _ clock: HandClock,
        _ journal: Journal, _ notes: Lock<[EngineNote]>, _ number: Int
    ) throws -> (Process, FragileStore) {
        let schemas: [FeatureMigrations] =
            [("house", HouseSchema.migrations)] + features.map { ($0.name, $0.schema) }.filter { !$0.1.isEmpty }
        let opened = try StoreOpening(path: library.path, features: schemas, version: "1", now: clock.now).open()
        let store = FragileStore(opened.writer, journal)
        let facts = HouseFacts(version: "1", epoch: "epoch\(number)", started: clock.now, oracle: oracle)
        let vitals = HouseVitals(facts: facts)
        let catalogue = try Catalogue(features)
        let readers = Readers(
            ReaderSetting(
                library: library, catalogue: catalogue, options: options, vitals: vitals, clocks: clock.clocks,
                shelf: BareShelf()))
        let desk = FrontDesk(catalogue: catalogue, facts: facts, readers: readers)
        let loop = EngineLoop(
            desk: desk, options: options, store: store, courier: journal, vitals: vitals, clocks: clock.clocks,
            log: { note in notes.locked { $0.append(note) } })
        return (Process(desk: desk, readers: readers, loop: loop, vitals: vitals), store)
    }

    /// The process dies; another one starts on the same file, and its session is resumed.
    package func restart() throws {
        starts += 1
        (process, store) = try Self.start(features, options, oracle, library, clock, journal, notes, starts)
        checkpoints = try process.loop.open()
    }

    // MARK: - Doing

    /// The house is told to close, and from now on has no time for what Discord tells again.
    package func closesAtOnce() { process.desk.close(by: clock.clocks.steadyNanoseconds()) }

    package var catalogue: Catalogue { process.desk.catalogue }
    package var degraded: String? { process.vitals.degraded }
    /// Why the house cannot serve, as whoever asks for its health is told.
    package var ailments: [String] { process.vitals.ailments(at: clock.clocks.steadyNanoseconds()) }

    package func note(_ link: LinkState) {
        process.desk.note(link)
        step()
    }

    /// Nothing more is to be read from Discord.
    package var isHeldBack: Bool { process.desk.isFull }
    package var nextDue: Instant? { process.loop.nextDue }
    package func step() { process.loop.step() }

    private func begin() {
        hear(
            .sessionStarted(
                SessionStart(
                    shard: 0, shards: 1, session: "s", resumeURL: "wss://gateway", bot: Self.bot, botName: "hearth",
                    application: name(998, Application.self), guilds: [], isFirst: true)))
    }

    /// The events come in one batch, in order.
    package func hear(_ events: [Event]) {
        deliver(
            events.map { event in
                sequence += 1
                return Dispatch(shard: 0, sequence: sequence, event: event, receivedNanoseconds: 0)
            })
    }

    package func hear(_ events: Event...) { hear(events) }

    package func deliver(_ dispatches: [Dispatch]) {
        process.desk.deliver(dispatches, weight: dispatches.count)
        step()
    }

    package func receive(_ receipts: Receipt...) {
        process.desk.deliver(receipts)
        step()
    }

    package func trying(_ parcels: [Int64], then: @escaping @Sendable () -> Void = {}) {
        process.desk.noteTrying(parcels, then: then)
        step()
    }

    package func resume() {
        process.desk.note(LinkState(shard: 0, phase: .resuming))
        step()
    }

    /// Time passes in steps, and what falls due runs.
    package func pass(_ duration: Duration, by step: Duration? = nil) {
        var left = duration
        while left > .zero {
            let part = min(left, step ?? left)
            clock.pass(part)
            self.step()
            left -= part
        }
    }

    /// Asks on the control socket and waits for the answer.
    package func ask(_ request: Request) throws -> Answered {
        let answer = Lock<Answered?>(nil)
        process.desk.ask(request) { given in answer.locked { $0 = given } }
        step()
        process.readers.drain()
        guard let given = answer.locked({ $0 }) else { throw Silence() }
        return given
    }

    package func look(_ topic: String, _ params: JSON, in guild: ID<Guild>?) throws -> [Panel.Line] {
        guard let panel = catalogue.panel(topic) else { throw Silence() }
        let answer = Lock<Result<[Panel.Line], Refusal>?>(nil)
        process.desk.look(Look(panel, params: params.object ?? .init(), guild: guild, person: Self.owner)) { given in
            answer.locked { $0 = given }
        }
        step()
        process.readers.drain()
        guard let given = answer.locked({ $0 }) else { throw Silence() }
        return try given.get()
    }

    package static let owner = Asker.Operator(user: 0, name: "root", role: .owner, client: "test")
    /// Nobody answered, or nobody of that name is there.
    package struct Silence: Error {
        package init() {}
    }

    // MARK: - Looking

    package func rows(_ sql: SQL) throws -> [[String]] {
        try store.all(sql) { row in
            var columns: [String] = []
            for index in 0..<8 { columns.append(row.text(index)) }
            return columns
        }
    }

    package func numbers(_ sql: SQL) throws -> [Int64] { try store.all(sql) { $0.int(0) } }
    package func texts(_ sql: SQL) throws -> [String] { try store.all(sql) { $0.text(0) } }
    package var directory: any Directory { StoredDirectory(store: store) }
}

/// An id that is certainly one.
package func name<Kind>(_ number: Int64, _: Kind.Type = Kind.self) -> ID<Kind> {
    ID<Kind>(number) ?? ID<Kind>(firstAt: Instant(milliseconds: 0))
}
