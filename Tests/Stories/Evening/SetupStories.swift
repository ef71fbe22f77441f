import Kit
import Machine
import Shared
import Simulator
import Store
import Testing

extension Stories {
    @Suite("Setup") struct SetupStories {
        @Test("LEAD-26, DEP-09, COR-17: hearth setup leads from nothing to the first board, and again changes nothing")
        func setup() throws {
            let scene = try SetupScene()
            let robot = try scene.robot()
            try robot.expects("Token (nobody sees it):")
            robot.types("\u{3}")
            try robot.expects("ended with 130")
            #expect(!Files.exists(scene.configuration), "interrupted, it has written nothing")

            let second = try scene.robot()
            for (wrong, words) in [
                ("123456789012345678", "That is an id"), ("no token", "one word"), ("abc.def", "has 2"),
                (scene.token.replacing("hearth", with: "hearty"), "Discord refuses this token"),
            ] {
                try second.expects("Token (nobody sees it):")
                second.types(wrong + "\r")
                try second.expects(words)
            }
            try second.expects("Token (nobody sees it):")
            second.types("Bot " + scene.token + "\r")
            try second.expects("Written: \(scene.folder)/token")
            try second.expects("Message Content Intent")
            scene.discord.act { $0.rules.privileged.insert(.messageContent) }
            try second.expects("Enter looks again")
            second.types("\r")
            try second.expects("Manage Roles")
            try second.expects("Start it now: hearthd --config \(scene.configuration)")
            let daemon = try scene.daemon()
            try second.expects("invite it: https://discord.com/oauth2/authorize")
            let rights = try #require(second.number(after: "permissions="))
            scene.discord.act { $0.inviteBot(to: scene.guild, with: .init(rawValue: rights)) }
            try second.expects("The bot is in Old Club.")
            try second.expects("Nothing stands in the bot's way.")
            try second.expects("Where shall staff be told")
            second.types("genral\r")
            try second.expects("Where shall staff be told")
            second.types("general\r")
            try second.expects("Staff are told in general.")
            try second.expects("90 messages were read.")
            try second.expects("8. The board of Old Club")
            try second.expects("Ann")
            try second.expects("Done.")
            try second.expects("ended with 0")
            #expect(!second.seen.contains(scene.token), "the token is shown nowhere")
            #expect(try Files.status(scene.folder + "/token").permissions & 0o777 == 0o600)
            #expect(scene.discord.commandNames().isEmpty == false, "the commands are registered by themselves")

            let written = try Files.read(scene.configuration)
            let again = try scene.runs(["--yes", "--staff", "general"])
            #expect(again.code == 0 && again.output.contains("90 messages were read."), "\(again.output)")
            #expect(try Files.read(scene.configuration) == written)
            #expect(try scene.runs(["--guild", "Nowhere", "--yes", "--timeout", "1"]).code == 5)
            #expect(try scene.runs(["--histroy", "3"]).output.contains("Did you mean --history?"))
            let other = SetupScene.token(of: ID<Member>(firstAt: Instant(seconds: 1_700_000_000)))
            try Files.write(Array(other.utf8), to: scene.folder + "/other")
            let another = try scene.runs(["--token-file", scene.folder + "/other", "--yes"])
            #expect(another.code == 78 && another.output.contains("this house has been the bot"), "\(another.output)")
            #expect(!another.output.contains(other))
            daemon.dies()
        }
    }
}

/// A machine with nothing on it but the programs, beside a Discord with a server that has lived without the bot for a while.
private final class SetupScene {
    let discord: Simulation
    let guild: ID<Guild>
    let token: String
    private let server: Server
    private let place: StoryFolder

    init() throws {
        let now = Instant(milliseconds: wallMilliseconds())
        let start = now - 3.days
        token = Self.token(of: ID<Member>(firstAt: start - 300.days))
        discord = Simulation(World(at: start, token: token), clock: .wall)
        discord.pass(.zero - 3.days)
        place = try StoryFolder()
        server = try Server(discord)
        guild = discord.guild("Old Club", withBot: false)
        discord.act { $0.rules.privileged.remove(.messageContent) }
        let people = ["ann", "ben", "cat"].map { discord.member($0, in: guild) }
        let room = discord.channel("general", in: guild)
        for number in 0..<90 {
            try discord.says(people[number % 3], in: room, "line \(number)")
            discord.leap(.seconds(2800))
        }
        discord.leap(Instant(milliseconds: wallMilliseconds()) - discord.now)
    }

    deinit { server.stop() }

    static func token(of bot: ID<Member>) -> String {
        Base64.encode(Array(bot.description.utf8)).filter { $0 != "=" } + ".hearth.a-made-up-token-for-the-simulator"
    }

    var folder: String { place.path }
    var configuration: String { folder + "/hearth.yml" }

    private var environment: [String: String] {
        [
            "HEARTH_STORE_PATH": folder + "/hearth.db", "HEARTH_STORE_BACKUPS": folder + "/backups",
            "HEARTH_SOCKET": folder + "/control.sock", "DISCORD_API_BASE": server.base, "HOME": folder, "TERM": "xterm",
        ]
    }

    func robot() throws -> Robot {
        try Robot("hearth", ["setup", "--config", configuration], environment: environment)
    }

    func daemon() throws -> OwnProgram {
        try OwnProgram("hearthd", ["--config", configuration], output: folder + "/hearthd.out", environment: environment)
    }

    func runs(_ words: [String]) throws -> (code: Int32, output: String) {
        let output = folder + "/setup.out"
        if Files.exists(output) { try Files.remove(output) }
        let program = try OwnProgram(
            "hearth", ["setup", "--config", configuration] + words, output: output, environment: environment)
        let code = program.ends()
        return (code, String(decoding: try Files.read(output), as: UTF8.self))
    }
}
