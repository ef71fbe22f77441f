import Machine
import Shared
import Simulator

/// What a start costs: the first one, until a thousand guilds with a hundred members each are known, and one with a session to
/// go on with, until that is resumed.
enum MeasureStart {
    private static let guilds = 1000
    private static let restarts = 9

    static func run(in folder: String, programs: String) throws {
        let house = try RunningHouse(in: folder + "/cold", programs: programs) { discord in
            discord.found(guilds, for: LoadPlan(events: 0, guilds: [], channels: 5, members: 100))
        }
        try Progress(house).reaches(guilds: guilds)
        let cold = house.consumption
        Measure("cold start with 1,000 guilds, CPU", cold.cpu, "s", aim: .atMost(0.4)).say()
        Measure("cold start with 1,000 guilds, RSS at most", cold.peak, "MB", aim: .atMost(45)).say()
        try house.rests()

        let laps = try (0..<restarts).map { _ in try restart(house) }
        Measure("restart to RESUMED, median", Laps(laps.map(\.whole)).milliseconds(at: 0.5) / 1000, "s", aim: .atMost(0.2))
            .say()
        Measure("of it from the new process's start", Laps(laps.map(\.start)).milliseconds(at: 0.5) / 1000, "s").say()
        let identifies = house.discord.read(\.identifyCount)
        guard identifies == 1 else { throw RunningHouse.Silent(description: "\(identifies) sessions were begun, not one") }
    }

    /// Nanoseconds from telling it to end until the next process has its session again.
    private static func restart(_ house: RunningHouse) throws -> (whole: Int64, start: Int64) {
        let told = MonotonicTime.now
        house.stop()
        let ended = MonotonicTime.now
        try house.start()
        try house.waits("the session to be resumed", atMost: 10_000, every: 1) { house.discord.read(\.liveSessions) == 1 }
        let resumed = MonotonicTime.now
        return (resumed.nanoseconds - told.nanoseconds, resumed.nanoseconds - ended.nanoseconds)
    }
}
