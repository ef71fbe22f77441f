import Shared
import Simulator

/// What the daemon keeps of the machine's memory while nothing happens in a hundred guilds with a hundred members each.
enum MeasureMemory {
    private static let guilds = 100

    static func run(in folder: String, programs: String) throws {
        let house = try RunningHouse(in: folder + "/idle", programs: programs) { discord in
            discord.found(guilds, for: LoadPlan(events: 0, guilds: [], channels: 20, members: 100))
        }
        try Progress(house).reaches(guilds: guilds)
        try house.rests()
        let idle = house.consumption
        Measure("idle with 100 guilds, RSS", idle.resident, "MB", aim: .atMost(22)).say()
        Measure("idle with 100 guilds, anonymous", idle.anonymous, "MB", aim: .atMost(8)).say()
        Measure("idle with 100 guilds, RSS at most since the start", idle.peak, "MB").say()
    }
}
