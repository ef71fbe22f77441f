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
        engine.isLate = { [desk, clocks] in desk.isLate(at: clocks.steadyNanoseconds()) }
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
        engine.settleWhatIsBehind()
    }

    private func turn(waiting milliseconds: Int) -> Bool {
        engine.houseVitals.noteBeat(at: clocks.steadyNanoseconds())
        guard let batch = desk.work.receive(within: milliseconds) else { return false }
        engine.houseVitals.noteBeat(at: clocks.steadyNanoseconds())
        engine.handle(batch)
        if !batch.isEmpty { isWarm = true } else if isWarm, milliseconds >= Self.silence { rest() }
        desk.settled(batch, isBehind: engine.isBehind)
        desk.readNoMore(engine.isHolding)
        return true
    }

    /// After so long without work, memory that only speed wanted is given back.
    private static let silence = 1000
    /// From work to the next silence.
    private var isWarm = true
    private var hasRested = false

    private func rest() {
        isWarm = false
        engine.store.rest()
        if !hasRested { Memory.forgetUnusedCode() }
        hasRested = true
        Memory.trimHeap()
    }

    /// Until the next timer, five seconds at most: clocks jump, and the watchdog wants a sign. One second where something was
    /// left for a quiet moment.
    private var patience: Int {
        if engine.retryAt != nil { return 200 }
        let most = isWarm || engine.isBehind ? Self.silence : 5000
        guard let due = engine.nextDue else { return most }
        return Int(min(Int64(most), max(0, (due - clocks.wall()).milliseconds)))
    }
}
