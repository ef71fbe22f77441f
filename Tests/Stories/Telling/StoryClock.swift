import Discord
import Engine
import Machine
import Shared
import Simulator

/// The one clock that the simulated Discord and the daemon live by. It begins at noon of a Monday, runs on as the wall's
/// does, and leaps when the story says that time passes.
struct StoryClock: Sendable {
    /// Monday, 5 January 2026, noon UTC: no story comes near midnight by itself.
    static let beginning = Instant(seconds: 1_767_614_400)

    private let simulation: Simulation
    /// How far the steady clock was turned, for pauses that would be waited out.
    private let hurried = Lock(Duration.zero)

    init(_ simulation: Simulation) {
        self.simulation = simulation
        simulation.pass(Self.beginning - Instant(milliseconds: wallMilliseconds()))
    }

    var wall: Instant { simulation.now }
    var steady: MonotonicTime {
        MonotonicTime.now.adding(milliseconds: Int(hurried.locked { $0 }.milliseconds))
    }

    /// Days and hours: what is said and done is of another time, and no socket minds.
    func leap(_ duration: Duration) { simulation.leap(duration) }

    /// Seconds: pauses that somebody waits for are over.
    func hurry(_ duration: Duration) {
        hurried.locked { $0 += duration }
        simulation.pass(duration)
    }

    var forEngine: Clocks { Clocks(wall: { wall }, steadyNanoseconds: { steady.nanoseconds }) }
    /// Without chance every pause is its shortest.
    var forLink: LinkClock { LinkClock(now: { steady }, wall: { wall }, chance: { 0 }) }
}
