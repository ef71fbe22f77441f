import Disks
import Kit
import Machine
import Settings
import Shared
import Simulator
import hearthd

/// A bot in this process, under a crowd, on a disk that writes down all it is told. Now and then somebody glances at the world:
/// what Discord, the crowd and the programs on the socket knew when the disk had done so many deeds, all of one moment.
final class RecordedLife {
    struct Glance {
        let world: World
        let crowd: Crowd
        /// Changes on the socket that were answered.
        let answered: Int64
        /// Deeds of the disk.
        let moment: Int
    }

    let ordeal: Ordeal
    private(set) var glances: [Glance] = []
    private(set) var deeds: [RecordingDisk.Deed] = []
    private var answered: Int64 = 0

    init(_ ordeal: Ordeal, glances count: Int) throws {
        self.ordeal = ordeal
        let disk = RecordingDisk(watching: ordeal.folder, stamp: "hearth.db.epoch")
        let configuration = try Configuration.load(file: ordeal.configuration, environment: [:], isRoot: true).configuration
        let token = Secret(ordeal.discord.read(\.bot.token))
        let sink = try LogSink(
            level: .info, format: .logfmt, output: .file(path: ordeal.folder + "/recorded.log", limit: 10 << 20, keep: 1),
            secrets: [token])
        let boot = try Boot(
            configuration, token: token, features: House.features, version: House.version, log: Log(sink, room: "main"))
        defer { boot.stop(keepingSession: true) }
        try boot.start()
        // The first of these come while it is still being born.
        try ordeal.waits(60_000, "the first session") {
            glance(disk)
            return ordeal.isOnline
        }
        try ordeal.isQuiet()
        let client = try ordeal.client()
        while glances.count < count {
            try ordeal.goesOn(for: 20 + ordeal.dice.below(60))
            try changesSomething(client)
            try ordeal.goesOn(for: ordeal.dice.below(20))
            glance(disk)
        }
        deeds = disk.deeds
    }

    /// Discord stands still meanwhile, so nothing that it has seen was written after the moment.
    private func glance(_ disk: RecordingDisk) {
        let (crowd, answered) = (ordeal.crowd, answered)
        glances.append(
            ordeal.discord.act(quietly: true) { world in
                Glance(world: world, crowd: crowd, answered: answered, moment: disk.moment)
            })
    }

    private func changesSomething(_ client: SocketClient) throws {
        _ = try client.ask(
            "house.set",
            ["guild": .id(ordeal.crowd.homes[0].guild), "name": "activity.voice", "value": .int(answered % 2 + 1)])
        answered += 1
    }
}
