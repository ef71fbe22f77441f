package import Machine
package import Shared

/// A world with a clock and a lock, so that a story, a socket server and a crowd can share it.
package final class Simulation: Sendable {
    /// Time as the story tells it, or as the wall has it.
    package enum Clock: Sendable { case told, wall }

    package let world: Lock<World>
    private let clock: Clock
    private let waker = Lock(Waker())
    /// How far a story has run ahead of the wall.
    private let lead = Lock(Duration.zero)

    /// Whoever has to know that something happened.
    private struct Waker {
        var wake: @Sendable () -> Void = {}
    }

    package init(_ world: consuming sending World = World(), clock: Clock = .told) {
        self.world = Lock(world)
        self.clock = clock
    }

    /// Called whenever somebody did something, so that a server flushes what waits.
    package func onChange(_ body: @escaping @Sendable () -> Void) { waker.locked { $0.wake = body } }

    package var now: Instant {
        switch clock {
        case .wall: Instant(milliseconds: wallMilliseconds()) + lead.locked { $0 }
        case .told: world.locked { $0.now }
        }
    }

    /// Looks into the world.
    package func read<Answer: Sendable>(_ body: (World) -> Answer) -> Answer { world.locked { body($0) } }

    /// Does something in the world, at the present moment.
    @discardableResult
    package func act<Answer: Sendable, Failure: Error>(
        quietly: Bool = false, _ body: (inout World) throws(Failure) -> Answer
    ) throws(Failure) -> Answer {
        let wall = clock == .wall ? now : nil
        let answer = try world.locked { (world) throws(Failure) in
            if let wall { world.advance(to: wall) }
            return try body(&world)
        }
        if !quietly { waker.locked { $0.wake }() }
        return answer
    }

    /// Time passes, and with it every deadline: a bot that does not beat meanwhile loses its socket.
    package func pass(_ duration: Duration) {
        switch clock {
        case .told: act { $0.advance(to: $0.now + duration) }
        case .wall:
            lead.locked { $0 += duration }
            act { _ in }
        }
    }

    /// "Three days pass", and all the while the sockets were kept alive: only the story's own time jumps.
    package func leap(_ duration: Duration) {
        act { $0.forgiveSockets(duration) }
        pass(duration)
    }

    // MARK: - The bot's side, without sockets

    package func respond(to request: Request) -> Response { act { $0.respond(to: request, at: $0.now) } }

    package func open(isResumeAddress: Bool = false) -> Int {
        act { $0.open(isResumeAddress: isResumeAddress, at: $0.now) }
    }

    package func send(_ frame: JSON, on connection: Int) { act { $0.receive(connection, frame.bytes, at: $0.now) } }
    package func close(_ connection: Int, code: Int? = nil) { act { $0.closed(connection, code: code, at: $0.now) } }
    package func frames(of connection: Int) -> [Outbound] { act { $0.drain(connection) } }

    package var violations: [Violation] { read(\.violations) }
    package var ledger: Ledger { read(\.ledger) }
    package func oracle(_ scoring: Scoring = Scoring()) -> Oracle { Oracle(ledger, scoring: scoring) }
}
