import Kit
import Machine
import Shared
import Simulator
import Store
import Testing

/// The daemon itself, as a process of its own, under a crowd that goes on whatever becomes of it. What it counted and said must
/// in the end be what it would have counted and said in peace.
final class Ordeal {
    struct Plan {
        var seed: UInt64
        /// Deeds of the crowd in a second.
        var rate = 1000
        /// Of these, so many are commands.
        var commands = 20
        /// How long ago the world begins; nobody lives in it before the story lets time pass.
        var ago: Duration = .zero
        /// The program that is tried; the one beside the tests when nil.
        var program: String?
        /// Where the database lies; in the ordeal's own folder when nil.
        var folder: String?

        /// Seed and rate as a variable says, else by chance and as given.
        init(environment: [String: String] = Environment.read(), rate: Int = 1000) {
            seed = environment["HEARTH_SEED"].flatMap { UInt64($0) } ?? UInt64.random(in: 1...999_999)
            self.rate = environment["HEARTH_RATE"].flatMap { Int($0) } ?? rate
            program = environment["HEARTH_DAEMON"]
        }
    }

    let discord: Simulation
    let plan: Plan
    var crowd: Crowd
    private(set) var daemon: OwnProgram?
    /// Milliseconds from each start to its session's being live again.
    private(set) var resumes: [Int] = []
    /// Milliseconds in which the crowd acted.
    private(set) var lively: Int64 = 0
    var dice: SeededDice
    private let server: Server
    private let place: StoryFolder
    private var started: MonotonicTime?
    private let pause = Mailbox<Void>()
    private var eye: (any Connection)?
    private static let slot = 5

    init(_ plan: Plan) throws {
        self.plan = plan
        discord = Simulation(World(at: Instant(milliseconds: wallMilliseconds()) - plan.ago), clock: .wall)
        discord.pass(.zero - plan.ago)
        dice = SeededDice(plan.seed ^ 0xDEAD)
        place = try StoryFolder()
        let folder = place.path
        crowd = Crowd(seed: plan.seed, guilds: 3, channels: 14, people: 25, in: discord)
        server = try Server(discord)
        discord.act { world in
            world.rules.replayEvents = 100_000
            world.rules.heartbeat = .milliseconds(5000)
        }
        let token = folder + "/token"
        try Files.write(Array(BotAccount.madeUpToken.utf8), to: token)
        let yaml = """
            discord:
              api_base: \(server.base)
              token_file: \(token)
              shards: 1
            store:
              path: \(database)
              backups: \(folder)/backups
            control:
              socket: \(socket)
            log:
              file: \(folder)/hearthd.log

            """
        try Files.write(Array(yaml.utf8), to: configuration)
    }

    deinit {
        daemon?.dies()
        server.stop()
    }

    var folder: String { place.path }
    var configuration: String { folder + "/hearth.yml" }
    var socket: String { folder + "/control.sock" }
    var database: String { (plan.folder ?? folder) + "/hearth.db" }

    // MARK: - The daemon

    /// Starts it, with more in its environment where that is wanted; nobody waits for it.
    func starts(_ environment: [String: String?] = [:]) throws {
        started = .now
        daemon = try program([], environment)
    }

    /// Another process of the same program, on the same configuration.
    func program(_ words: [String], _ environment: [String: String?] = [:]) throws -> OwnProgram {
        try OwnProgram(
            plan.program ?? "hearthd", words + ["--config", configuration], output: folder + "/hearthd.out",
            environment: environment)
    }

    /// The first life: a session, and everything known of the guilds.
    func isBorn() throws {
        try starts()
        try waits(60_000, "the first session") { isOnline }
        try isQuiet(within: 60_000)
    }

    /// It is killed. Discord has seen its connection go before anything else happens, so that nobody takes a dead one for alive.
    func dies() throws {
        daemon?.dies()
        try waits(10_000, "the end of its connection") { discord.positions.isEmpty }
        started = nil
    }

    var isOnline: Bool {
        guard !discord.positions.isEmpty else { return false }
        if let began = started { resumes.append(Int(MonotonicTime.now.milliseconds(since: began))) }
        started = nil
        return true
    }

    // MARK: - The crowd

    func goesOn(for milliseconds: Int) throws {
        let end = MonotonicTime.now.adding(milliseconds: milliseconds)
        try goesOn(atMost: milliseconds + 1000, "time to pass") { MonotonicTime.now >= end }
    }

    /// Only words, at once: what else happens while no session stands cannot be known afterwards.
    func talks(_ count: Int) throws {
        for _ in 0..<count { try crowd.speaks(in: discord) }
    }

    /// The crowd acts at its rate until something is so.
    func goesOn(atMost milliseconds: Int = 20_000, _ wanted: String, until isSo: () throws -> Bool) throws {
        let began = MonotonicTime.now
        defer { lively += MonotonicTime.now.milliseconds(since: began) }
        var done = 0
        while try !isSo() {
            let passed = Int(MonotonicTime.now.milliseconds(since: began))
            guard passed < milliseconds else { throw lost("\(wanted), while the crowd goes on") }
            let due = passed * plan.rate / 1000
            // A slow machine's crowd falls behind rather than deaf to what happens.
            for _ in 0..<min(due - done, plan.rate / 20 + 1) {
                if dice.below(plan.rate) < plan.commands { try crowd.asks(in: discord) } else { try crowd.acts(in: discord) }
            }
            done = due
            _ = pause.receive(within: Self.slot)
        }
    }

    // MARK: - Waiting

    func isQuiet(within milliseconds: Int = 120_000) throws {
        var last: Quiet?
        try waits(milliseconds, { "quiet: " + (last?.description ?? "no database") }) {
            if eye == nil { eye = try? SQLiteLibrary(path: database).openReader() }
            guard let eye else { return false }
            last = try? Quiet(eye, discord, shards: 1, now: Instant(milliseconds: wallMilliseconds()))
            return last?.isQuiet ?? false
        }
    }

    /// All that was dispatched is on disk, whatever is still to be said of it.
    func hasHeardAll() throws -> Bool {
        if eye == nil { eye = try? SQLiteLibrary(path: database).openReader() }
        guard let eye else { return false }
        let now = try Quiet(eye, discord, shards: 1, now: Instant(milliseconds: wallMilliseconds()))
        return now.behind == 0 && now.overdue == 0 && now.missed == 0 && now.sent == now.committed
    }

    /// Lets a slow machine catch up before it falls so far behind that each start is one long replay.
    func isNotTooFarBehind() throws {
        guard let eye, let now = try? Quiet(eye, discord, shards: 1), now.behind > max(2000, plan.rate * 2) else { return }
        try waits(60_000, "its catching up") { try Quiet(eye, discord, shards: 1).behind < plan.rate }
    }

    /// Another file lies in the database's place: what was open is of the old one.
    func looksAgain() { eye = nil }

    func waits(_ milliseconds: Int, _ wanted: String, _ isSo: () throws -> Bool) throws {
        try waits(milliseconds, { wanted }, isSo)
    }

    private func waits(_ milliseconds: Int, _ wanted: () -> String, _ isSo: () throws -> Bool) throws {
        let deadline = MonotonicTime.now.adding(milliseconds: milliseconds)
        while try !isSo() {
            guard MonotonicTime.now < deadline else { throw lost(wanted()) }
            _ = pause.receive(within: Self.slot)
        }
    }

    func lost(_ wanted: String) -> Story.Overdue {
        let words = ["hearthd.out", "hearthd.log"].map { name in said(in: name).suffix(15).joined(separator: "\n") }
        return Story.Overdue(
            description: "seed \(plan.seed): waited in vain for \(wanted); \(state)\n" + words.joined(separator: "\n--\n"))
    }

    /// The lines that the daemon has written.
    func said(in name: String = "hearthd.out") -> [Substring] {
        let bytes = (try? Files.read(folder + "/" + name, atMost: 64 << 20)) ?? []
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    }

    private var state: String {
        guard let eye else { return "no database" }
        let under =
            (try? Quiet(eye, discord, shards: 1, now: Instant(milliseconds: wallMilliseconds()))).map { "\($0)" }
            ?? "the database cannot be read"
        let last = discord.requests.suffix(12).map { "\($0)" }.joined(separator: "\n")
        return under + "\nlast requests:\n" + last
    }

    func client(patience: Int = 20_000) throws -> SocketClient { try SocketClient(socket, patience: patience) }

    func number(_ sql: SQL) throws -> Int64 { try eye?.first(sql) { $0.int(0) } ?? 0 }
}
