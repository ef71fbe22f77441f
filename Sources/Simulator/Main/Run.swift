import CLinux
import Machine
import Shared
import Simulator

/// One run of the program, from the ready line to the signal that ends it.
struct Run {
    private let options: Options

    init(_ options: Options) { self.options = options }

    func untilStopped() -> Int32 {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGINT)
        sigaddset(&signals, SIGTERM)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        do {
            let simulation = try prepared()
            let server = try Server(simulation, port: options.port)
            let town = Town(options.mood, seed: options.seed, pace: options.pace, in: simulation)
            beginLoad(simulation)
            let crowd = options.mood == .none ? nil : Crowd(town, in: simulation, burst: options.mood == .lively ? 220 : 20)
            say("ready \(server.base)\n", on: STDOUT_FILENO)
            var signal: Int32 = 0
            sigwait(&signals, &signal)
            crowd?.stop()
            server.stop()
            return verdict(simulation)
        } catch {
            complain("hearth-simulator: \(error)")
            return 1
        }
    }

    private func prepared() throws -> Simulation {
        var rules = Rulebook()
        rules.privileged = options.privileged
        rules.replayEvents = options.replay
        var world = World(
            seed: options.seed, at: Instant(milliseconds: wallMilliseconds()), token: options.token, rules: rules)
        if let file = options.faults { world.faults = try FaultBook(script: try JSON(parsing: try readFile(file))) }
        return Simulation(world, clock: .wall)
    }

    private func beginLoad(_ simulation: Simulation) {
        guard let events = options.load else { return }
        let options = options
        simulation.act { world in
            for number in world.guildIDs.count..<max(options.guilds, world.guildIDs.count) {
                _ = world.found(number == 0 ? "Tea House" : "Tea House \(number + 1)")
            }
            var plan = LoadPlan(
                events: events, rate: options.rate, guilds: world.guildIDs, channels: options.channels,
                members: options.members, seed: options.seed)
            plan.isHeld = options.isHeld
            world.beginLoad(plan)
        }
    }

    /// A run that was asked for faults and injected none of some kind has proved nothing: it says so.
    private func verdict(_ simulation: Simulation) -> Int32 {
        let missing = simulation.read(\.faults.neverInjected)
        if missing.isEmpty { return 0 }
        complain("hearth-simulator: never injected: \(missing.map(\.rawValue).joined(separator: ", "))")
        return 3
    }
}
