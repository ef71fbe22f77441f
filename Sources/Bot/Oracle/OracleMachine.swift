internal import Calls
internal import Kit
internal import Machine
internal import Shared

/// Decides what is asked when: one inquiry at a time, so many a minute. What may have been answered and paid for is not asked
/// again; what cannot have been is, a few times. After a row of failures it rests, and whoever asks meanwhile is told at once.
struct OracleMachine {
    struct Errand: Equatable {
        var parcel: Int64
        var inquiry: Inquiry
        var arrived: MonotonicTime
        var tries = 0
    }

    enum Step: Equatable {
        case ask(Errand)
        /// Nothing is to be done before this; for ever when nil.
        case wait(until: MonotonicTime?)
        case tell(Receipt)
    }

    static let mostWaiting = 100
    static let mostTries = 3
    /// Longer than this no answer is waited for, whatever is in its way.
    static let patience: Int64 = 600_000
    /// So many failures in a row are no accident.
    static let misfortunes = 5
    private static let minute: Int64 = 60_000

    private let perMinute: Int
    private var waiting: [Errand] = []
    private var asked: [MonotonicTime] = []
    private var failuresInARow = 0
    /// The endpoint wants peace, or its trouble will not be over soon.
    private var pausedUntil: MonotonicTime?
    /// Whether whoever asks in the pause waits for its end.
    private var isPauseShort = false
    private(set) var health = OracleHealth()

    init(perMinute: Int) { self.perMinute = perMinute }

    mutating func take(_ parcel: Int64, _ inquiry: Inquiry, _ now: MonotonicTime) {
        waiting.append(Errand(parcel: parcel, inquiry: inquiry, arrived: now))
        health.waiting = waiting.count
    }

    mutating func next(_ now: MonotonicTime) -> Step {
        if let pausedUntil, pausedUntil <= now { self.pausedUntil = nil }
        health.pausedUntil = pausedUntil
        guard let first = waiting.first else { return .wait(until: nil) }
        if pausedUntil != nil, !isPauseShort { return .tell(refuse("it has failed lately and is left in peace")) }
        if waiting.count > Self.mostWaiting { return .tell(refuse("too many wait for it")) }
        if now.milliseconds(since: first.arrived) > Self.patience { return .tell(refuse("it was not to be had in time")) }
        if let pausedUntil { return .wait(until: pausedUntil) }
        asked.removeAll { now.milliseconds(since: $0) >= Self.minute }
        if asked.count >= perMinute { return .wait(until: asked[0].adding(milliseconds: Int(Self.minute))) }
        asked.append(now)
        waiting[0].tries += 1
        return .ask(waiting[0])
    }

    /// The receipt, when the errand is over.
    mutating func answered(_ outcome: HTTPOutcome, _ now: MonotonicTime) -> Receipt? {
        switch outcome {
        case .answered(let response): judge(response, now)
        case .notSent(let words): again(nil, words, now)
        case .lost(let words): fail(words, now)
        }
    }

    private mutating func judge(_ response: HTTPResponse, _ now: MonotonicTime) -> Receipt? {
        guard let errand = waiting.first else { return nil }
        let pause = response.seconds("retry-after").map { HTTPResponse.pause(seconds: max($0, 1)) }
        switch response.status {
        case 200..<300:
            guard let finding = Chat.finding(in: response.body, to: errand.inquiry) else {
                return fail("it said something that is no answer", now)
            }
            return succeed(finding)
        case 429:
            rest(pause ?? 10_000 << errand.tries, now)
            return errand.tries < Self.mostTries ? nil : fail("it wants to be asked less often (429)", now)
        case 500...: return again(pause, "it has trouble of its own", now)
        case let status:
            if [401, 403, 404].contains(status) { failuresInARow = max(failuresInARow, Self.misfortunes - 1) }
            return fail(Self.advice(status), now)
        }
    }

    // MARK: - Ends

    private mutating func again(_ pause: Int?, _ words: String, _ now: MonotonicTime) -> Receipt? {
        guard let errand = waiting.first, errand.tries < Self.mostTries else { return fail(words, now) }
        rest(pause.map { min($0, 60_000) } ?? 1000 << (2 * errand.tries), now)
        health.trouble = words
        return nil
    }

    /// A pause of minutes is waited for; a longer one is not.
    private mutating func rest(_ milliseconds: Int, _ now: MonotonicTime) {
        pausedUntil = now.adding(milliseconds: milliseconds)
        isPauseShort = milliseconds <= 120_000
    }

    private mutating func succeed(_ finding: Finding) -> Receipt {
        let errand = waiting.removeFirst()
        failuresInARow = 0
        (health.answered, health.trouble, health.waiting) = (health.answered + 1, nil, waiting.count)
        return Receipt(
            parcel: errand.parcel, outcome: .done(made: nil), tries: errand.tries, answer: try? JSON(encoding: finding))
    }

    private mutating func fail(_ words: String, _ now: MonotonicTime) -> Receipt {
        failuresInARow += 1
        health.trouble = words
        if failuresInARow >= Self.misfortunes {
            rest(min(120_001 << (failuresInARow - Self.misfortunes).clamped(to: 0...5), 3_600_000), now)
        }
        return refuse(words)
    }

    private mutating func refuse(_ words: String) -> Receipt {
        let errand = waiting.removeFirst()
        (health.failed, health.waiting) = (health.failed + 1, waiting.count)
        return Receipt(parcel: errand.parcel, outcome: .expired(words), tries: errand.tries)
    }

    private static func advice(_ status: Int) -> String {
        switch status {
        case 401, 403: "it refuses the key (\(status)): look at oracle.key_file"
        case 404: "it does not know the address or the model (404): look at oracle.url and oracle.model"
        case 300..<400: "it sends us elsewhere (\(status)): put the last address into oracle.url"
        default: "it refuses the request (\(status))"
        }
    }
}

extension Int {
    fileprivate func clamped(to range: ClosedRange<Int>) -> Int {
        Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
    }
}
