import CLinux
import Link
import Machine
import Screens
import Shared
import Simulator

/// The console's model with hands: keys by name against a real daemon in a process of its own, beside a simulated Discord.
/// Nothing waits by the clock: every wait is for something to be seen.
final class Robot {
    let discord: Simulation
    let guild: ID<Guild>
    let general: ID<Channel>
    private let server: Server
    private let folder: String
    private var daemon: Child?
    private(set) var model: Model
    private var connection: Connection?
    private(set) var requests: [ControlRequest] = []
    private(set) var copied: [String] = []
    private(set) var done: Set<String> = []
    /// Which keys were pressed while they meant something, and what.
    private(set) var pressed: Set<String> = []

    /// Longest that anything is waited for.
    static let patience = 60_000

    struct InVain: Error, CustomStringConvertible {
        let description: String
    }

    init(size: Size = Size(80, 24)) throws {
        folder = "/tmp/hearth-robot-\(Processes.own)-\(MonotonicTime.now.nanoseconds)"
        discord = Simulation(World(at: Instant(milliseconds: wallMilliseconds())), clock: .wall)
        guild = discord.guild("Tea House")
        general = discord.channel("general", in: guild)
        _ = discord.role("Regular", in: guild)
        for number in 1...30 { _ = discord.member("guest \(number)", in: guild) }
        _ = discord.channel("quiet", in: discord.guild("Night Owls"))
        server = try Server(discord)
        model = Model(
            size: size, glyphs: Glyphs(.braille, policy: .safe), clock: Clock(now: Instant(milliseconds: wallMilliseconds())),
            program: "console-robot")
        try Files.makeFolder(folder)
        try Files.write(Array(discord.read(\.bot.token).utf8), to: folder + "/token")
        let configuration = """
            discord:
              token_file: \(folder)/token
              api_base: \(server.base)
            store:
              path: \(folder)/hearth.db
              backups: \(folder)/backups
            control:
              socket: \(folder)/control.sock
            log:
              file: \(folder)/hearthd.log
            """
        try Files.write(Array(configuration.utf8), to: folder + "/hearth.yml")
        start()
        try until("the daemon to know its commands") { !$0.discord.commandNames().isEmpty }
        try until("the console to be live") { $0.screen.contains("LIVE") }
    }

    deinit {
        connection = nil
        daemon = nil
        server.stop()
        try? Files.removeFolder(folder)
    }

    // MARK: - The daemon's life

    func start() {
        // The tests lie where all programs do.
        let programs = Environment.read()["HEARTH_TESTS"] ?? Robot.ownFolder
        daemon = try? Child([programs + "/hearthd", "--config", folder + "/hearth.yml"], silent: true)
    }

    /// In the middle of whatever it does.
    func kill() {
        if let daemon { _ = CLinux.kill(daemon.process, SIGKILL) }
        daemon = nil
    }

    private static var ownFolder: String {
        var room = [CChar](repeating: 0, count: 4096)
        let length = readlink("/proc/self/exe", &room, room.count - 1)
        let own = String(decoding: room[..<max(0, length)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return own.split(separator: "/").dropLast().map { "/" + $0 }.joined()
    }

    // MARK: - Hands

    func press(_ keys: Key...) {
        for key in keys {
            if let meaning = model.meaning(of: key) { pressed.insert(key.name + " " + meaning) }
            tell(.key(key))
        }
    }

    func type(_ text: String) { for character in text { press(.character(character)) } }

    /// Presses, then waits until the screen says so.
    func type(_ text: String, see words: String) throws {
        type(text)
        try sees(words)
    }

    func press(_ key: Key, see words: String) throws {
        press(key)
        try sees(words)
    }

    func tick() { tell(.tick(Clock(now: Instant(milliseconds: wallMilliseconds())))) }

    private func tell(_ action: Action) {
        for request in model.update(action) {
            switch request {
            case .send(let request):
                requests.append(request)
                connection?.send(request)
                connection?.flush()
            case .copy(let text): copied.append(text)
            case .findZone(let name): if let zone = try? Zone(named: name) { tell(.foundZone(zone)) }
            case .quit: done.insert("quit")
            case .suspend: done.insert("suspend")
            case .repaint: done.insert("repaint")
            case .catchMouse: done.insert("mouse")
            }
        }
    }

    // MARK: - Eyes

    var lines: [String] { model.drawn().lines }
    var screen: String { lines.joined(separator: "\n") }

    func sees(_ words: String) throws { try until("\"\(words)\" on the screen") { $0.screen.contains(words) } }
    func seesNo(_ words: String) throws { try until("no \"\(words)\" on the screen") { !$0.screen.contains(words) } }

    /// Listens to the daemon until it is so.
    func until(_ wanted: String, _ isSo: (Robot) throws -> Bool) throws {
        let deadline = MonotonicTime.now.adding(milliseconds: Robot.patience)
        while true {
            listen()
            if try isSo(self) { return }
            guard MonotonicTime.now < deadline else {
                throw InVain(
                    description: "waited in vain for \(wanted) after \(requests.suffix(3).map(\.json.line)):\n\(screen)")
            }
            waitALittle()
        }
    }

    private func listen() {
        guard let connection else {
            if let found = try? ControlAddress(socket: folder + "/control.sock", host: nil, environment: [:]).connect() {
                self.connection = found
                tell(.connected)
            }
            return
        }
        connection.flush()
        let (lines, ending) = connection.receive()
        for line in lines { if let message = ControlMessage(line) { tell(.said(message)) } }
        if ending != nil {
            self.connection = nil
            tell(.lost("it hung up"))
        }
    }

    /// Until something arrives, and no longer than a moment: then it is looked at again.
    private func waitALittle() {
        guard let connection else { return _ = Mailbox<Void>().receive(within: 20) }
        _ = Streams.waitUntilReady(connection.descriptor, toWrite: false, milliseconds: 20)
    }
}
