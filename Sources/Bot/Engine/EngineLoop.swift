package import Kit
internal import Machine
package import Shared

/// The engine with its counter and its clock. A thread runs it; a test steps it by hand.
package final class EngineLoop {
    private let engine: Engine
    private let desk: FrontDesk
    private let clocks: Clocks

    package init(
        desk: FrontDesk, options: EngineOptions, store: any WritingConnection, courier: any Courier, vitals: HouseVitals,
        clocks: Clocks, log: @escaping @Sendable (EngineNote) -> Void
    ) {
        self.desk = desk
        self.clocks = clocks
        engine = Engine(
            catalogue: desk.catalogue, options: options, store: store, courier: courier, vitals: vitals, clocks: clocks,
            log: log)
        engine.published = { [desk] in desk.published($0) }
    }

    /// Takes up what the last process left; answers the sessions that may be resumed.
    package func open() throws -> [Checkpoint] { try engine.open() }

    /// Handles what waits and what is due, without waiting for more. False when the counter is closed and empty.
    @discardableResult
    package func step() -> Bool { turn(waiting: 0) }

    /// When something is due next.
    package var nextDue: Instant? { engine.nextDue }

    /// Runs until the counter is closed. `beat` is called each time round: whoever watches the committer knows that it lives.
    package func run(beat: () -> Void) {
        repeat { beat() } while turn(waiting: patience)
    }

    private func turn(waiting milliseconds: Int) -> Bool {
        guard let batch = desk.work.receive(within: milliseconds) else { return false }
        engine.handle(batch)
        desk.readNoMore(engine.isHolding)
        return true
    }

    /// Until the next timer, five seconds at most: clocks jump, and the watchdog wants a sign.
    private var patience: Int {
        if engine.retryAt != nil { return 200 }
        guard let due = engine.nextDue else { return 5000 }
        return Int(min(5000, max(0, (due - clocks.wall()).milliseconds)))
    }
}
