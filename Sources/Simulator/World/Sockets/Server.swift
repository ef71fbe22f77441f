package import Machine

/// The simulated Discord behind real sockets on 127.0.0.1: REST and gateway on one port, resumes on another, all on one
/// thread.
package final class Server: Sendable {
    package let port: Int
    package let resumePort: Int
    private let bell: Bell
    private let thread: Machine.Thread
    private let stopping: Lock<Bool>

    /// What a bot is told as DISCORD_API_BASE.
    package var base: String { "http://127.0.0.1:\(port)/api/v10" }

    package init(_ simulation: Simulation, port: Int = 0, stopwatch: Stopwatch? = nil) throws(SystemError) {
        let (listener, mainPort) = try Sockets.listenOnLoopback(port: port)
        let (resumeListener, otherPort) = try Sockets.listenOnLoopback(port: 0)
        self.port = mainPort
        resumePort = otherPort
        simulation.act { world in
            world.addresses.gateway = "ws://127.0.0.1:\(mainPort)"
            world.addresses.resume = "ws://127.0.0.1:\(otherPort)"
            world.rules.crossing = .milliseconds(250)
            if stopwatch != nil { world.departing = [] }
        }
        let stopping = Lock(false)
        let ready = Mailbox<Result<Bell, SystemError>>()
        thread = Machine.Thread("discord") {
            do throws(SystemError) {
                let loop = try ServerLoop(simulation, listener, resumeListener, stopwatch)
                ready.send(.success(loop.bell))
                loop.run { stopping.locked { $0 } }
            } catch {
                ready.send(.failure(error))
            }
        }
        self.stopping = stopping
        guard let answer = ready.receive()?.first else { throw SystemError("start", code: 0) }
        let bell = try answer.get()
        self.bell = bell
        simulation.onChange { bell.ring() }
    }

    /// Closes every socket; the world stays as it is.
    package func stop() {
        stopping.locked { $0 = true }
        bell.ring()
        thread.join()
    }

    deinit { stop() }
}
