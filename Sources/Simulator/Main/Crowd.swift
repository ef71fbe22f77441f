import Machine
import Shared
import Simulator

/// The thread on which the made-up community lives. It begins with a burst, once a bot listens, so that boards fill soon.
final class Crowd: Sendable {
    private let stopping = Mailbox<Bool>()
    private let thread: Machine.Thread

    init(_ town: Town, in simulation: Simulation, burst: Int) {
        let stopping = stopping
        thread = Machine.Thread("crowd") {
            var town = town
            var quick = burst
            while true {
                let isHeard = simulation.liveSessions > 0
                let pause = isHeard && quick > 0 ? .milliseconds(25) : town.breath()
                guard let word = stopping.receive(within: Int(pause.milliseconds)) else { return }
                if !word.isEmpty { return }
                guard isHeard else { continue }
                town.live(in: simulation)
                quick -= 1
            }
        }
    }

    func stop() {
        stopping.close()
        thread.join()
    }
}
