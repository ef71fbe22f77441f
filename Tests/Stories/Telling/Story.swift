import Control
import Discord
import Engine
import Kit
import Machine
import Settings
import Shared
import Simulator
import Store
import Testing
import hearthd

/// The whole daemon in this process, over real sockets, beside a simulated Discord. A story is told in sentences; when it is
/// over, Discord must have found nothing to complain about and the daemon must have counted exactly what happened.
final class Story {
    /// How the house is furnished before the story begins.
    struct Setting {
        var features: [Feature] = hearthd.House.features
        var shards = 1
        var compression = Configuration.Compression.zlibStream
        var configure: (inout Configuration, Simulation) -> Void = { _, _ in }
        /// Changes the world before the daemon sees it.
        var world: (Simulation) -> Void = { _ in }
        /// The account that every program on the socket seems to have; ours when nil.
        var account: UInt32?
        /// The key of the language model, where one is configured.
        var oracleKey: Secret?
        /// What the daemon finds in its environment.
        var environment: (Simulation) -> [String: String] = { _ in [:] }
        /// Whether the daemon is at home when the story begins.
        var isOpen = true
    }

    let discord: Simulation
    let clock: StoryClock
    let guild: ID<Guild>
    let general: ID<Channel>
    /// What the oracle is told of the house's rules; a story that changes a weight says so here.
    var scoring = Scoring()
    /// What this story provokes, and Discord therefore may complain of.
    var forgiven: Set<Violation.Kind> = []
    /// Minutes in voice pay, which the oracle of messages and reactions leaves out.
    var paysVoice = false
    let setting: Setting
    private let server: Server
    private let folder: StoryFolder
    private(set) var configuration: Configuration
    private let news = Mailbox<Void>()
    private var boot: Boot?
    private var eye: (any Connection)?
    private var client: SocketClient?

    /// Longest that anything is waited for.
    static let patience = 30_000

    init(_ setting: Setting = Setting()) throws {
        self.setting = setting
        folder = try StoryFolder()
        discord = Simulation(World(at: StoryClock.beginning), clock: .wall)
        clock = StoryClock(discord)
        guild = discord.guild("Tea House")
        general = discord.channel("general", in: guild)
        setting.world(discord)
        server = try Server(discord)
        configuration = Configuration()
        configuration.store.path = folder.path + "/hearth.db"
        configuration.store.backups = folder.path + "/backups"
        configuration.control.socket = folder.path + "/control.sock"
        configuration.store.backupHours = 0
        configuration.discord.apiBase = try RemoteAddress(parsing: server.base)
        configuration.discord.compression = setting.compression
        configuration.discord.shards = .count(setting.shards)
        setting.configure(&configuration, discord)
        if setting.isOpen { try opens() }
    }

    deinit {
        boot?.stop(keepingSession: true)
        server.stop()
    }

    /// Tells a story from its beginning to its end, and judges it.
    static func told(
        _ setting: Setting = Setting(), _ body: (Story) throws -> Void, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let story = try Story(setting)
        try body(story)
        try story.ends(sourceLocation)
    }

    // MARK: - The daemon

    /// The daemon starts; the story goes on when its commands are known and everything was heard.
    func opens() throws {
        try starts()
        try quiet()
        try knowsCommands()
    }

    func knowsCommands() throws { try waits("the slash commands are known") { !discord.commandNames().isEmpty } }

    /// The daemon starts, and nobody waits for it.
    func starts() throws {
        let token = Secret(discord.read(\.bot.token))
        let log = try LogSink(
            level: .debug, format: .logfmt, output: .file(path: folder.path + "/hearthd.log", limit: 10 << 20, keep: 1),
            secrets: [token] + [setting.oracleKey].compactMap(\.self))
        let boot = try Boot(
            configuration, token: token, oracleKey: setting.oracleKey, features: setting.features, version: "story",
            log: Log(log, room: "main"), environment: setting.environment(discord),
            clocks: clock.forEngine, linkClock: clock.forLink,
            world: world)
        let news = news
        try boot.start(beat: { news.send(()) })
        self.boot = boot
        eye = try SQLiteLibrary(path: configuration.store.path).openReader()
    }

    private var world: ControlWorld {
        let clock = clock
        let own = ControlWorld(now: { clock.steady }, wall: { clock.wall.milliseconds })
        guard let account = setting.account else { return own }
        let peer = Sockets.Peer(process: 1, user: account, groups: [account])
        return ControlWorld(now: own.now, wall: own.wall, peer: { _ in peer }, name: { _ in "somebody" })
    }

    /// The daemon stops in order, as for an upgrade.
    func closes() {
        client = nil
        eye = nil
        boot?.stop(keepingSession: true)
        boot = nil
    }

    /// The daemon stops, and Discord will not know its session any more: what is said until it is back, it does not hear.
    func losesItsSession() {
        closes()
        discord.act { $0.faults.next(.refuseResume) }
    }

    func restarts() throws {
        closes()
        try opens()
    }

    // MARK: - Time

    func days(_ count: Int) throws { try passes(count.days) }
    func hours(_ count: Int) throws { try passes(count.hours) }
    func minutes(_ count: Int) throws { try passes(count.minutes) }
    func seconds(_ count: Int) throws { try passes(count.seconds) }

    private func passes(_ duration: Duration) throws {
        if boot != nil { try quiet() }
        clock.leap(duration)
        boot?.nudge()
        if boot != nil { try quiet() }
    }

    /// A pause that somebody waits for is over; nobody waits until all is quiet.
    func hurries(_ duration: Duration) {
        clock.hurry(duration)
        boot?.nudge()
    }

    /// The daemon has read what Discord has said until now, and done what is due.
    func catchesUp() { boot?.nudge() }

    // MARK: - Waiting

    /// Waits until the daemon has handled everything that happened, and Discord everything that the daemon wanted.
    func quiet(_ sourceLocation: SourceLocation = #_sourceLocation) throws {
        guard let eye else { return }
        var last: Quiet?
        try waits({ "quiet: " + (last?.description ?? "nothing was seen") }) {
            last = try Quiet(eye, discord, shards: setting.shards)
            return last?.isQuiet ?? false
        }
    }

    var folderPath: String { folder.path }

    /// Where the web door is open; nil where there is none.
    var webPort: Int? { boot?.webPort }

    var isAtHome: Bool { eye != nil }

    func isQuiet() throws -> Bool { try eye.map { try Quiet($0, discord, shards: setting.shards).isQuiet } ?? true }

    func waits(_ wanted: String, until isSo: () throws -> Bool) throws { try waits({ wanted }, until: isSo) }

    struct Overdue: Error, CustomStringConvertible {
        let description: String
    }

    /// Looks again whenever the engine has turned, and otherwise a few times a second.
    private func waits(_ wanted: () -> String, until isSo: () throws -> Bool) throws {
        let deadline = MonotonicTime.now.adding(milliseconds: Self.patience)
        while try !isSo() {
            guard MonotonicTime.now < deadline else {
                throw Overdue(description: "waited in vain for \(wanted())\n\(lastWords)")
            }
            _ = news.receive(within: 5)
        }
    }

    /// The end of the daemon's log, for whoever has to find out why.
    var lastWords: String { log.split(separator: "\n").suffix(25).joined(separator: "\n") }

    var log: String {
        let bytes = (try? Files.read(folder.path + "/hearthd.log")) ?? []
        return String(decoding: bytes, as: UTF8.self)
    }

    // MARK: - The socket

    /// Another program on the socket.
    func program() throws -> SocketClient { try SocketClient(configuration.control.socket) }

    /// Asks on the socket, in the story's guild; a refusal is thrown.
    @discardableResult
    func asks(_ method: String, _ params: JSON = [:], in guild: ID<Guild>? = nil) throws -> JSON {
        var object = params.object ?? .init()
        if object["guild"] == nil { object["guild"] = .id(guild ?? self.guild) }
        return try asksAnywhere(method, .object(object))
    }

    /// Asks on the socket without naming a guild.
    @discardableResult
    func asksAnywhere(_ method: String, _ params: JSON = [:]) throws -> JSON {
        let client = try client ?? program()
        self.client = client
        return try client.ask(method, params)
    }

    // MARK: - The store

    /// One number out of the store.
    func number(_ sql: SQL) throws -> Int64 { try eye?.first(sql) { $0.int(0) } ?? 0 }
}
