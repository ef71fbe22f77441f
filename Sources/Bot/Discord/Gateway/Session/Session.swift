package import Kit
package import Machine
package import Shared

/// One shard's life on the gateway, without a socket: what came in and what time it is go in, what to do comes out. It never
/// forgets a session that may live, and never begins one without being let through the gate.
package struct Session: Sendable {
    package enum Input: Sendable {
        case start
        case connected
        case unreachable(String)
        case hello(milliseconds: Int)
        case heartbeatAsked
        case acknowledged
        case reconnectAsked
        case invalid(resumable: Bool)
        case ready(sequence: Int64, session: String, resumeURL: String)
        case resumed(sequence: Int64)
        /// JSON or a stream that cannot be read.
        case garbled(String)
        case closed(code: Int?, reason: String)
        case send(Outgoing)
        case stop(keepingSession: Bool)
        /// Reading is held back because the inbox is full: silence is then our own doing.
        case held(Bool)
        case tick
    }

    package enum Step: Equatable, Sendable {
        /// Nil: the main address.
        case connect(resumeURL: String?)
        case send(Outgoing)
        /// Wants to begin a session; answered by `gate`.
        case askGate
        case hangUp(code: Int, reason: String)
        case gap(String)
        case note(LinkState)
        case fewerIntents
    }

    package enum Phase: Equatable, Sendable {
        case idle, connecting, greeting, atGate, identifying, resuming, connected
        case waiting(until: MonotonicTime)
        case stopped
    }

    /// A session that Discord may still keep for us.
    package struct Position: Equatable, Sendable {
        package var session: String
        package var resumeURL: String
        /// The last frame that was handed over.
        package var received: Int64
    }

    package let shard: Int
    let chance: @Sendable () -> Double
    package internal(set) var phase = Phase.idle
    package internal(set) var position: Position?
    package internal(set) var committed: Committed
    /// True once this shard has had a session, here or before the start.
    package internal(set) var hasHadSession: Bool
    package internal(set) var latencyMilliseconds: Int?
    var pulse = Pulse()
    var allowance = SendAllowance()
    var queue: [Outgoing] = []
    var gateOpens: MonotonicTime?
    var deadline: MonotonicTime?
    /// Connections in a row that led to no session.
    var failures = 0
    /// Refusals in a row of the session that we want back.
    var refusals = 0
    var lastConnect: MonotonicTime?
    /// Frames in a row at one position that could not be read.
    var garbles = 0

    static let patience = 20_000
    /// However often Discord sends us away, we do not come back more often than this.
    static let spacing = 5_000

    package init(shard: Int, checkpoint: Checkpoint?, chance: @escaping @Sendable () -> Double) {
        self.shard = shard
        self.chance = chance
        hasHadSession = checkpoint != nil
        position = checkpoint.map { Position(session: $0.session, resumeURL: $0.resumeURL, received: $0.sequence) }
        committed = Committed(sequence: checkpoint?.sequence)
    }

    /// The hot path: a numbered frame. False when it belongs to no session of ours, and must not be handed over.
    package mutating func hear(sequence: Int64) -> Bool {
        pulse.heard = true
        guard phase == .connected || phase == .resuming, let received = position?.received else { return false }
        garbles = 0
        if phase == .resuming { deadline = nil }
        position?.received = max(sequence, received)
        return true
    }

    /// Something came in that says nothing to us, but that somebody is there.
    package mutating func hearSomething() { pulse.heard = true }

    package mutating func report(committed sequence: Int64) { committed.report(sequence, received: position?.received ?? 0) }

    package mutating func handle(_ input: Input, now: MonotonicTime) -> [Step] {
        if phase == .stopped {
            guard case .start = input else { return [] }
        }
        switch input {
        case .start: return connectNow(now)
        case .connected: return greet(now)
        case .unreachable(let reason): return retry(now, trouble: reason)
        case .hello(let interval): return welcome(interval, now)
        case .heartbeatAsked: return beat(now)
        case .acknowledged: return acknowledge(now)
        case .reconnectAsked: return hangUpAndConnect(now, "Discord asked for it")
        case .invalid(let resumable): return refused(resumable, now)
        case .ready(let sequence, let session, let url): return begin(sequence, session, url, now)
        case .resumed(let sequence): return resumed(sequence, now)
        case .garbled(let reason): return garbled(reason, now)
        case .closed(let code, let reason): return closed(code, reason, now)
        case .send(let outgoing):
            if !queue.contains(outgoing) { queue.append(outgoing) }
            return flush(now)
        case .stop(let keeping): return stop(keeping)
        case .held(let held):
            pulse.hold(held, now)
            return []
        case .tick: return tick(now)
        }
    }

    /// What the gate says to `askGate`.
    package mutating func gate(_ verdict: IdentifyGate.Verdict, now: MonotonicTime, wall: Instant) -> [Step] {
        guard phase == .atGate else { return [] }
        switch verdict {
        case .open:
            gateOpens = nil
            phase = .identifying
            deadline = now.adding(milliseconds: Self.patience)
            return send(.identify, now) + [note(.identifying)]
        case .notBefore(let time):
            gateOpens = time
            return [note(.waiting)]
        case .exhausted(let budget):
            gateOpens = now.adding(milliseconds: Int(min(max((budget.resets - wall).milliseconds, 1_000), 600_000)))
            return [
                note(
                    .waiting,
                    "Only \(budget.remaining) of \(budget.total) session starts are left until \(budget.resets.rfc3339). "
                        + "Discord takes the token away from a bot that uses them up, so the bot waits until then.")
            ]
        }
    }

    /// When `tick` has something to do.
    package var wake: MonotonicTime? {
        var times = [pulse.next, pulse.answerDue, deadline, gateOpens].compactMap { $0 }
        if case .waiting(let until) = phase { times.append(until) }
        if !queue.isEmpty, phase == .connected { times.append(allowance.free(at: MonotonicTime(nanoseconds: 0))) }
        return times.min()
    }

    func note(_ phase: LinkState.Phase, _ trouble: String? = nil) -> Step {
        .note(LinkState(shard: shard, phase: phase, latencyMilliseconds: latencyMilliseconds, trouble: trouble))
    }
}
