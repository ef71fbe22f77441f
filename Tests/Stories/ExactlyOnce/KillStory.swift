import Kit
import Machine
import Shared
import Simulator
import Store
import Testing

/// A daemon that is killed again and again while a crowd goes on talking. What it counted and said must be what it would
/// have counted and said in peace.
final class KillStory {
    struct Plan {
        var seed: UInt64
        var kills: Int
        /// Deeds of the crowd in a second.
        var rate = 1000
        /// Of these, so many are commands.
        var commands = 20

        init(environment: [String: String]) {
            seed = environment["HEARTH_SEED"].flatMap { UInt64($0) } ?? UInt64.random(in: 1...999_999)
            kills = environment["HEARTH_KILLS"].flatMap { Int($0) } ?? 30
            rate = environment["HEARTH_RATE"].flatMap { Int($0) } ?? rate
        }
    }

    let discord = Simulation(World(at: Instant(milliseconds: wallMilliseconds())), clock: .wall)
    private(set) var crowd: Crowd
    let plan: Plan
    private let server: Server
    private let folder: StoryFolder
    private var dice: SeededDice
    private var daemon: OwnProgram?
    private let pause = Mailbox<Void>()
    private var eye: (any Connection)?
    private static let slot = 5

    init(_ plan: Plan) throws {
        self.plan = plan
        dice = SeededDice(plan.seed ^ 0xDEAD)
        folder = try StoryFolder()
        crowd = Crowd(seed: plan.seed, guilds: 3, channels: 14, people: 25, in: discord)
        server = try Server(discord)
        discord.act { world in
            world.rules.replayEvents = 100_000
            world.rules.heartbeat = .milliseconds(2000)
        }
        let token = folder.path + "/token"
        try Files.write(Array(BotAccount.madeUpToken.utf8), to: token)
        let yaml = """
            discord:
              api_base: \(server.base)
              token_file: \(token)
              shards: 1
            store:
              path: \(folder.path)/hearth.db
              backups: \(folder.path)/backups
            control:
              socket: \(folder.path)/control.sock
            log:
              file: \(folder.path)/hearthd.log

            """
        try Files.write(Array(yaml.utf8), to: folder.path + "/hearth.yml")
    }

    deinit {
        daemon?.dies()
        server.stop()
    }

    // MARK: - The story

    func isTold() throws {
        try starts()
        try waits(60_000, "the first session") { !discord.positions.isEmpty }
        try isQuiet(within: 60_000)
        for number in 0..<plan.kills {
            if number > 0 { try starts() }
            try livesForAWhile()
            daemon?.dies()
        }
        discord.act { $0.faults.stop() }
        try starts()
        try isQuiet(within: 120_000)
    }

    /// It dies somewhere in its start, somewhere in its life, or between a message that has arrived and the word that it has.
    private func livesForAWhile() throws {
        let manner = dice.below(10)
        if manner < 3 { return try goesOn(for: dice.below(2000)) }
        try goesOn(atMost: 20_000) { !discord.positions.isEmpty }
        if manner < 6 { return try goesOn(for: dice.below(2000)) }
        let fault = manner < 8 ? Fault.hangAfter : .resetAfter
        let before = discord.read { $0.faults.injected[fault] ?? 0 }
        discord.act { $0.faults.next(fault, on: "POST /channels/{channel_id}/messages") }
        try goesOn(atMost: 20_000) { discord.read { $0.faults.injected[fault] ?? 0 } > before }
        try goesOn(for: dice.below(40))
    }

    private func starts() throws {
        daemon = try OwnProgram(
            "hearthd", ["--config", folder.path + "/hearth.yml"], output: folder.path + "/hearthd.out")
    }

    private func goesOn(for milliseconds: Int) throws {
        let end = MonotonicTime.now.adding(milliseconds: milliseconds)
        try goesOn(atMost: milliseconds + 1000) { MonotonicTime.now >= end }
    }

    /// The crowd acts at its rate until something is so.
    private func goesOn(atMost milliseconds: Int, until isSo: () -> Bool) throws {
        let began = MonotonicTime.now
        var done = 0
        while !isSo() {
            let passed = Int(MonotonicTime.now.milliseconds(since: began))
            guard passed < milliseconds else { throw lost("what was to happen while the crowd goes on") }
            while done < passed * plan.rate / 1000 {
                done += 1
                if dice.below(plan.rate) < plan.commands {
                    try crowd.asks(in: discord)
                } else {
                    try crowd.acts(in: discord)
                }
            }
            _ = pause.receive(within: Self.slot)
        }
    }

    // MARK: - Waiting

    private func isQuiet(within milliseconds: Int) throws {
        var last: Quiet?
        try waits(milliseconds, { "quiet: " + (last?.description ?? "no database") }) {
            if eye == nil { eye = try? SQLiteLibrary(path: folder.path + "/hearth.db").openReader() }
            guard let eye else { return false }
            last = try? Quiet(eye, discord, shards: 1)
            return last?.isQuiet ?? false
        }
    }

    private func waits(_ milliseconds: Int, _ wanted: String, _ isSo: () -> Bool) throws {
        try waits(milliseconds, { wanted }, isSo)
    }

    private func waits(_ milliseconds: Int, _ wanted: () -> String, _ isSo: () -> Bool) throws {
        let deadline = MonotonicTime.now.adding(milliseconds: milliseconds)
        while !isSo() {
            guard MonotonicTime.now < deadline else { throw lost(wanted()) }
            _ = pause.receive(within: Self.slot)
        }
    }

    private func lost(_ wanted: String) -> Story.Overdue {
        let words = ["hearthd.out", "hearthd.log"].map { name in
            let bytes = (try? Files.read(folder.path + "/" + name, atMost: 64 << 20)) ?? []
            return String(decoding: bytes, as: UTF8.self).split(separator: "\n").suffix(15).joined(separator: "\n")
        }
        return Story.Overdue(
            description: "seed \(plan.seed): waited in vain for \(wanted); \(state)\n" + words.joined(separator: "\n--\n"))
    }

    private var state: String {
        guard let eye else { return "no database" }
        let under = (try? Quiet(eye, discord, shards: 1)).map { "\($0)" } ?? "the database cannot be read"
        let last = discord.requests.suffix(12).map { "\($0)" }.joined(separator: "\n")
        return under + "\nlast requests:\n" + last
    }

    func program(patience: Int = 20_000) throws -> SocketClient {
        try SocketClient(folder.path + "/control.sock", patience: patience)
    }

    func number(_ sql: SQL) throws -> Int64 { try eye?.first(sql) { $0.int(0) } ?? 0 }
}
