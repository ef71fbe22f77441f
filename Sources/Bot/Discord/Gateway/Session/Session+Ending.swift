import Kit
import Machine

extension Session {
    /// Leaves with a code that keeps the session, and comes back at once.
    mutating func hangUpAndConnect(_ now: MonotonicTime, _ reason: String) -> [Step] {
        guard phase != .idle, !isWaiting else { return [] }
        if phase == .connected { return [.hangUp(code: 4000, reason: reason)] + connect(now) }
        return [.hangUp(code: 4000, reason: reason)] + retry(now, trouble: nil)
    }

    /// Waits, longer each time and never exactly as long as others do, and connects again.
    mutating func retry(_ now: MonotonicTime, trouble: String?) -> [Step] {
        guard !isWaiting else { return [] }
        failures += 1
        let longest = min(1_000 * Double(1 << min(failures, 7)), 60_000)
        return wait(Int(longest * (0.5 + chance() / 2)), now, trouble: trouble)
    }

    /// However short a pause is asked for, the last connection is some seconds ago when the next one is made.
    mutating func wait(_ milliseconds: Int, _ now: MonotonicTime, trouble: String?) -> [Step] {
        let free = lastConnect?.adding(milliseconds: Self.spacing + Int(chance() * 1_000)) ?? now
        phase = .waiting(until: max(now.adding(milliseconds: milliseconds), free))
        deadline = nil
        gateOpens = nil
        pulse.stop()
        return [note(.waiting, trouble)]
    }

    private var isWaiting: Bool { if case .waiting = phase { true } else { false } }

    /// The session is gone for good: what happens until the next one begins has to be found out.
    private mutating func forget(_ reason: String) -> [Step] {
        guard let lost = position else { return [] }
        position = nil
        committed.begin(handedOver: lost.received)
        (refusals, garbles) = (0, 0)
        return [.gap(reason)]
    }

    /// Discord does not take the session (or the request for one): one to five seconds are asked for.
    mutating func refused(_ resumable: Bool, _ now: MonotonicTime) -> [Step] {
        guard phase != .idle, !isWaiting else { return [] }
        refusals += 1
        let isGone = !resumable || refusals >= 3
        let gap = isGone ? forget("Discord refused the session") : []
        return [.hangUp(code: 4000, reason: "invalid session")] + gap + wait(1_000 + Int(chance() * 4_000), now, trouble: nil)
    }

    /// The stream can no longer be read: it is asked for again, and given up where it stays unreadable at the same place.
    mutating func garbled(_ reason: String, _ now: MonotonicTime) -> [Step] {
        guard phase != .idle, !isWaiting else { return [] }
        garbles += 1
        let gap = garbles >= 3 ? forget("a frame could not be read: \(reason)") : []
        return [.hangUp(code: 4000, reason: "unreadable")] + gap + retry(now, trouble: "A frame could not be read: \(reason)")
    }

    mutating func closed(_ code: Int?, _ reason: String, _ now: MonotonicTime) -> [Step] {
        guard phase != .idle, !isWaiting else { return [] }
        switch CloseCode.consequence(of: code) {
        case .resume: return phase == .connected ? connect(now) : retry(now, trouble: Self.words(code, reason))
        case .resumeLater:
            failures = max(failures, 3)
            return retry(now, trouble: "Discord says that the bot sends too fast.")
        case .identify(let reason):
            let wasKnown = position != nil
            return forget(reason)
                + (wasKnown ? wait(1_000 + Int(chance() * 4_000), now, trouble: nil) : retry(now, trouble: reason))
        case .fewerIntents:
            end()
            return [.fewerIntents]
        case .give(let words):
            end()
            return [note(.stopped, words)]
        }
    }

    private static func words(_ code: Int?, _ reason: String) -> String {
        "The connection ended" + (code.map { " (\($0))" } ?? "") + (reason.isEmpty ? "." : ": \(reason)")
    }

    /// 4000 leaves the session with Discord for the next start; 1000 ends it, and the bot is seen to go offline.
    mutating func stop(_ keepingSession: Bool) -> [Step] {
        end()
        let code = keepingSession ? 4000 : 1000
        if !keepingSession { position = nil }
        return [.hangUp(code: code, reason: keepingSession ? "back soon" : "goodbye"), note(.stopped)]
    }

    private mutating func end() {
        phase = .stopped
        (deadline, gateOpens) = (nil, nil)
        pulse.stop()
        queue = []
    }
}
