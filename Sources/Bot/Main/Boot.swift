package import Control
package import Discord
internal import Easel
package import Engine
package import Kit
package import Machine
internal import Oracle
package import Settings
package import Shared
internal import Store
internal import Web

/// The wiring: the one place that knows every room.
package final class Boot: Sendable {
    private let configuration: Configuration
    private let log: Log
    private let desk: FrontDesk
    private let slashNames: SlashNames
    private let vitals: HouseVitals
    private let readers: Readers
    private let library: SQLiteLibrary
    private let link: DiscordLink
    /// Nil where no language model is configured.
    private let oracle: Oracle?
    private let server: ControlServer
    /// Nil where no backups are made by themselves.
    private let keeper: BackupKeeper?
    /// Nil where no door to the web is configured, and before the start.
    private let web = Lock<WebServer?>(nil)
    /// Entered by the engine's thread for as long as it lives: nobody else touches the writing connection.
    private let opened: Lock<OpenedStore?>
    private let engineThread = Lock<Thread?>(nil)
    private let clocks: Clocks
    private let options: EngineOptions
    private let isOpen = Lock(true)

    package struct Refused: Error, CustomStringConvertible {
        package let description: String
    }

    package init(
        _ configuration: Configuration, token: Secret, oracleKey: Secret? = nil, features: [Feature], version: String, log: Log,
        environment: [String: String] = [:], clocks: Clocks = .system, linkClock: LinkClock = .system,
        world: ControlWorld = ControlWorld()
    ) throws(Refused) {
        self.configuration = configuration
        self.log = log
        self.clocks = clocks
        do {
            let catalogue = try Catalogue(features, first: configuration.features.first)
            try Self.check(configuration.features.on + configuration.features.off, catalogue)
            let store = try Self.open(configuration, features, version, clocks.wall())
            for remark in store.remarks { log.room("store").info(remark) }
            library = store.library
            let facts = HouseFacts(
                version: version, epoch: "\(store.epoch)", started: clocks.wall(),
                oracle: configuration.oracle.openModel)
            opened = Lock(store)
            vitals = HouseVitals(facts: facts)
            options = EngineOptions(configuration, standards: try catalogue.standards(environment))
            let isOpen = isOpen
            let shelf = BackupShelf(
                library, folder: configuration.store.backups,
                drill: RestoreDrill(features: Self.schemas(features), version: version), clocks: clocks,
                isWanted: { isOpen.locked { $0 } })
            keeper = BackupKeeper(shelf, configuration.store, clocks, log.room("backups"))
            readers = Readers(
                ReaderSetting(
                    library: library, catalogue: catalogue, options: options, vitals: vitals, clocks: clocks,
                    shelf: shelf))
            desk = FrontDesk(catalogue: catalogue, facts: facts, readers: readers)
            let gateway = log.room("discord")
            link = try DiscordLink(
                LinkConfiguration(configuration, token, version), inbox: desk,
                ledger: IdentifyFile(configuration.store.path + ".identifies", log: gateway),
                commands: CommandFile(configuration.store.path + ".commands", log: gateway), clock: linkClock,
                log: LinkLog { gateway.write($0, $1) }, easel: ChildEasel())
            let prophecy = log.room("oracle")
            oracle = OracleConfiguration(configuration, oracleKey, version).map { [desk] in
                Oracle($0, inbox: desk, now: linkClock.now, log: { prophecy.write($0, $1) })
            }
            slashNames = SlashNames(desk, testGuilds: configuration.discord.testGuilds) { [link] in link.register($0) }
            let control = log.room("control")
            server = ControlServer(
                path: configuration.control.socket, viewPath: configuration.control.openViewSocket,
                roles: try RoleBook(configuration.control.roles), desk: desk,
                limits: ControlLimits(configuration.control), world: world, log: { control.write($0, $1) })
        } catch {
            throw Refused(description: "\(error)")
        }
    }

    private static func check(_ names: [String], _ catalogue: Catalogue) throws(Refused) {
        let known = catalogue.features.map(\.name)
        for name in names where !known.contains(name) {
            let near =
                nearest(to: name, among: known).map { " Did you mean \($0)?" }
                ?? " There are: \(known.joined(separator: ", "))."
            throw Refused(description: "The configuration switches a feature \"\(name)\" that there is not.\(near)")
        }
    }

    private static func open(
        _ configuration: Configuration, _ features: [Feature], _ version: String, _ now: Instant
    ) throws(OpeningRefusal) -> sending OpenedStore {
        let folder = configuration.store.path.split(separator: "/").dropLast().joined(separator: "/")
        try? Files.makeFolder((configuration.store.path.hasPrefix("/") ? "/" : "") + folder)
        return try StoreOpening(
            path: configuration.store.path, backups: configuration.store.backups,
            features: schemas(features), version: version, now: now,
            cacheMegabytes: configuration.store.cacheMegabytes
        ).open()
    }

    private static func schemas(_ features: [Feature]) -> [FeatureMigrations] {
        let own = [(feature: "house", migrations: HouseSchema.migrations)]
        return (own + features.map { (feature: $0.name, migrations: $0.schema) }).filter { !$0.migrations.isEmpty }
    }

    // MARK: - Life

    /// Opens every door. `beat` is called by the committer each time round.
    package func start(beat: @escaping @Sendable () -> Void = {}) throws(Refused) {
        do {
            keeper?.start()
            let keeper = keeper
            let checkpoints = try startEngine {
                beat()
                keeper?.look()
            }
            try readers.start(count: 2)
            let server = server
            let sink = log.sink
            let library = library
            let control = server
            vitals.connect(
                clients: { control.clients().map(\.json) }, disconnect: control.disconnect,
                log: { sink.recent(after: 0, atMost: $0).records.map(\.json) },
                extra: { [link, oracle, keeper, clocks] in
                    Self.signs(library, control.clients().count) + [RequestSign.draw(link.requests), OracleSign.draw(oracle)]
                        + [keeper?.sign(at: clocks.wall())].compactMap(\.self)
                })
            try server.start(process: "process \(Processes.own)")
            try openWeb()
            link.start(checkpoints: checkpoints)
            oracle?.start()
            slashNames.look()
        } catch {
            stop(keepingSession: true)
            throw Refused(description: "\(error)")
        }
    }

    private func openWeb() throws {
        guard let setting = WebSetting(configuration.web, desk: desk, vitals: vitals, readers: readers, clocks: clocks) else {
            return
        }
        let opened = try WebServer(setting)
        web.locked { $0 = opened }
        log.room("web").info("the web door is open", [.text("address", setting.address), .whole("port", opened.port)])
    }

    /// The port that the web door took; nil where there is none.
    package var webPort: Int? { web.locked { $0?.port } }

    /// The engine lives on a thread of its own, with the writing connection.
    private func startEngine(_ beat: @escaping @Sendable () -> Void) throws -> [Checkpoint] {
        let (desk, vitals, opened, clocks, options) = (desk, vitals, opened, clocks, options)
        let courier = ForkedCourier(discord: link, oracle: oracle, inbox: desk)
        let sink = log.sink
        let answer = Mailbox<Result<[Checkpoint], Refused>>()
        let thread = Thread("engine") {
            opened.locked { opened in
                guard let store = opened else { return }
                let loop = EngineLoop(
                    desk: desk, options: options, store: store.writer, courier: courier, vitals: vitals, clocks: clocks,
                    log: { note in Log(sink, room: note.room).write(note) })
                do {
                    answer.send(.success(try loop.open()))
                    loop.run(beat: beat)
                    try store.writer.stop()
                } catch {
                    answer.send(.failure(Refused(description: "\(error)")))
                }
                opened = nil
            }
        }
        engineThread.locked { $0 = thread }
        guard let result = answer.receive()?.first else { throw Refused(description: "the engine did not start") }
        return try result.get()
    }

    /// Ends in the order that loses nothing: nobody new comes in, Discord is told the last committed frame, the engine finishes.
    /// What it does not finish within half a second Discord tells the next process.
    package func stop(keepingSession: Bool) {
        isOpen.locked { $0 = false }
        keeper?.stop()
        server.stop()
        web.locked { $0 }?.stop()
        CrashPoint.doorsClosed.passed()
        link.stop(keepingSession: keepingSession)
        oracle?.stop()
        CrashPoint.linkStopped.passed()
        desk.close(by: clocks.steadyNanoseconds() + 500_000_000)
        engineThread.locked { $0 }?.join()
        readers.stop()
    }

    /// The clocks that were handed in have jumped: what is due by them now is done now.
    package func nudge() {
        desk.nudge()
        link.nudge()
        oracle?.nudge()
        server.wake()
    }

    private static func signs(_ library: SQLiteLibrary, _ clients: Int) -> [Sign] {
        let size = (try? Files.status(library.path).size) ?? 0
        return [
            Sign("clients", "Clients", "\(clients) on the socket", .ok),
            Sign("database", "Database", "\(size / 1024) KiB", .ok),
            MachineSign.disk(room: Files.room(beside: library.path), database: size),
            MachineSign.sqlite(SQLiteLibrary.version),
            Sign("memory", "Memory", "\(Processes.residentBytes >> 20) MiB", .ok),
        ]
    }
}

extension Clocks {
    package static let system = Clocks(
        wall: { Instant(milliseconds: wallMilliseconds()) }, steadyNanoseconds: { MonotonicTime.now.nanoseconds },
        workNanoseconds: { threadNanoseconds() })
}
