import Machine
import Shared
import Simulator

/// The real hearthd in a process of its own, beside a simulated Discord in this one. Both end with this value.
final class RunningHouse {
    let discord: Simulation
    let server: Server
    let stopwatch = Stopwatch()
    let folder: String
    let guild: ID<Guild>
    let general: ID<Channel>
    private let programs: String
    private var daemon: Child?

    var socket: String { folder + "/control.sock" }

    struct Silent: Error, CustomStringConvertible {
        let description: String
    }

    /// `furnish` changes the world before the daemon sees it.
    init(
        in folder: String, programs: String, compression: String = "zlib-stream", isStarted: Bool = true,
        _ furnish: (Simulation) -> Void = { _ in }
    ) throws {
        self.folder = folder
        self.programs = programs
        discord = Simulation(World(at: Instant(milliseconds: wallMilliseconds())), clock: .wall)
        guild = discord.guild("Tea House")
        general = discord.channel("general", in: guild)
        furnish(discord)
        server = try Server(discord, stopwatch: stopwatch)
        try Files.makeFolder(folder)
        try Files.write(Array(discord.read(\.bot.token).utf8), to: folder + "/token", mode: 0o600)
        let configuration = """
            discord:
              token_file: \(folder)/token
              api_base: \(server.base)
              compression: \(compression)
            store:
              path: \(folder)/hearth.db
              backups: \(folder)/backups
            control:
              socket: \(folder)/control.sock
              clients_of_one_user: 200
            log:
              file: \(folder)/hearthd.log
            """
        try Files.write(Array(configuration.utf8), to: folder + "/hearth.yml", mode: 0o600)
        guard isStarted else { return }
        try start()
        try isReady()
    }

    deinit {
        stop()
        server.stop()
    }

    // MARK: - Life

    func start() throws { daemon = try Child([programs + "/hearthd", "--config", folder + "/hearth.yml"], silent: true) }

    /// Tells it to end, and waits until it has.
    func stop() { daemon = nil }

    /// What it has taken of the machine; nothing when it does not run.
    var consumption: Consumption { daemon.map { Consumption(of: $0.process) } ?? Consumption() }

    /// What all its threads have taken of the processor since it began, finer than `consumption` knows.
    var processorMilliseconds: Double { daemon.map { Consumption.processorMilliseconds(of: $0.process) } ?? 0 }

    func isReady() throws {
        try waits("the daemon to know its commands", atMost: 60_000) { !discord.commandNames().isEmpty }
        try waits("the daemon to open its socket", atMost: 60_000) { (try? Conversation(socket)) != nil }
    }

    /// Looks a few times a second.
    func waits(_ wanted: String, atMost milliseconds: Int, every pause: Int = 20, until isSo: () throws -> Bool) throws {
        let deadline = MonotonicTime.now.adding(milliseconds: milliseconds)
        let patience = Mailbox<Void>()
        while try !isSo() {
            guard MonotonicTime.now < deadline else { throw Silent(description: "waited in vain for \(wanted)") }
            _ = patience.receive(within: pause)
        }
    }

    /// Until it has done nothing for two seconds, so that what it gives back in its first quiet moment is given back.
    func rests() throws {
        var last = (used: consumption.cpu, since: MonotonicTime.now)
        try waits("the daemon to rest", atMost: 60_000) {
            let used = consumption.cpu
            if used > last.used { last = (used, .now) }
            return MonotonicTime.now.milliseconds(since: last.since) > 2000
        }
    }

    /// A hundred members have spoken, and all of it is counted.
    func fillBoard(members: Int, messages: Int) throws {
        discord.act { world in
            world.beginLoad(LoadPlan(events: messages, guilds: [guild], channels: 5, members: members))
        }
        let line = try Conversation(socket)
        try waits("\(messages) messages to be counted", atMost: 60_000) {
            // Until the guild has been heard of, this is refused.
            let totals = try? line.ask("activity.totals", ["guild": .id(guild)])
            return totals?["messages"]?.int == Int64(messages)
        }
    }
}
