import Kit
import Machine

extension Session {
    /// At once, unless the last time was a moment ago.
    mutating func connect(_ now: MonotonicTime) -> [Step] {
        guard let last = lastConnect, now < last.adding(milliseconds: Self.spacing) else { return connectNow(now) }
        return wait(0, now, trouble: nil)
    }

    mutating func connectNow(_ now: MonotonicTime) -> [Step] {
        phase = .connecting
        lastConnect = now
        deadline = now.adding(milliseconds: Self.patience * 2)
        pulse.stop()
        allowance = SendAllowance()
        gateOpens = nil
        queue.removeAll { if case .requestMembers = $0 { false } else { true } }
        // The resume address belongs to one machine; where that is gone, the main one may still find the session.
        let url = failures < 3 ? position?.resumeURL : nil
        return [.connect(resumeURL: url.flatMap { $0.isEmpty ? nil : $0 }), note(position == nil ? .connecting : .resuming)]
    }

    mutating func greet(_ now: MonotonicTime) -> [Step] {
        guard phase == .connecting else { return [] }
        phase = .greeting
        deadline = now.adding(milliseconds: Self.patience)
        return []
    }

    mutating func welcome(_ interval: Int, _ now: MonotonicTime) -> [Step] {
        guard phase == .greeting || phase == .connecting else { return [] }
        pulse.start(interval: interval, chance: chance(), now)
        guard let position else {
            phase = .atGate
            deadline = nil
            return [.askGate]
        }
        phase = .resuming
        deadline = now.adding(milliseconds: Self.patience * 3)
        return send(.resume(session: position.session, sequence: position.received), now) + [note(.resuming)]
    }

    mutating func begin(_ sequence: Int64, _ session: String, _ url: String, _ now: MonotonicTime) -> [Step] {
        guard phase == .identifying else { return [] }
        pulse.heard = true
        position = Position(session: session, resumeURL: url, received: sequence)
        hasHadSession = true
        return settle(now)
    }

    mutating func resumed(_ sequence: Int64, _ now: MonotonicTime) -> [Step] {
        guard hear(sequence: sequence), phase == .resuming else { return [] }
        return settle(now)
    }

    private mutating func settle(_ now: MonotonicTime) -> [Step] {
        phase = .connected
        deadline = nil
        (failures, refusals) = (0, 0)
        return [note(.connected)] + flush(now)
    }

    mutating func beat(_ now: MonotonicTime) -> [Step] {
        switch phase {
        case .atGate, .identifying, .resuming, .connected:
            pulse.beat(now)
            return send(.heartbeat(committed.sequence), now)
        default: return []
        }
    }

    mutating func acknowledge(_ now: MonotonicTime) -> [Step] {
        guard let latency = pulse.acknowledged(now) else { return [] }
        latencyMilliseconds = latency
        return phase == .connected ? [note(.connected)] : []
    }

    mutating func tick(_ now: MonotonicTime) -> [Step] {
        if case .waiting(let until) = phase { return until <= now ? connectNow(now) : [] }
        if pulse.isDead(now) { return hangUpAndConnect(now, "nothing was heard since the last heartbeat") }
        if let deadline, deadline <= now {
            return [.hangUp(code: 4000, reason: "no answer in time")] + retry(now, trouble: "Discord does not answer in time")
        }
        var steps = pulse.isDue(now) ? beat(now) : []
        if phase == .atGate, let opens = gateOpens, opens <= now {
            gateOpens = nil
            steps.append(.askGate)
        }
        return steps + flush(now)
    }

    mutating func send(_ outgoing: Outgoing, _ now: MonotonicTime) -> [Step] {
        allowance.note(now)
        return [.send(outgoing)]
    }

    mutating func flush(_ now: MonotonicTime) -> [Step] {
        var steps: [Step] = []
        while phase == .connected, !queue.isEmpty, allowance.free(at: now) <= now {
            steps += send(queue.removeFirst(), now)
        }
        return steps
    }
}
