import Machine

/// When to beat, and whether anybody is there. Whatever comes in is a sign of life: a long backlog may well delay the
/// acknowledgement itself.
struct Pulse: Sendable {
    private var interval = 0
    private(set) var next: MonotonicTime?
    /// By then something must have come in since the last beat.
    private(set) var answerDue: MonotonicTime?
    private var beaten: MonotonicTime?
    private var isHeld = false
    var heard = false {
        didSet { if heard { answerDue = nil } }
    }

    mutating func start(interval milliseconds: Int, chance: Double, _ now: MonotonicTime) {
        self = Pulse(isHeld: isHeld)
        interval = min(max(milliseconds, 100), 600_000)
        next = now.adding(milliseconds: Int(Double(interval) * chance))
    }

    init(isHeld: Bool = false) { self.isHeld = isHeld }

    mutating func stop() { self = Pulse(isHeld: isHeld) }

    /// A beat that was asked for moves no other.
    mutating func beat(_ now: MonotonicTime, isAsked: Bool = false) {
        beaten = now
        heard = false
        if !isAsked { next = now.adding(milliseconds: interval) }
        answerDue = isHeld ? nil : now.adding(milliseconds: interval / 2)
    }

    /// How long the acknowledgement took.
    mutating func acknowledged(_ now: MonotonicTime) -> Int? {
        heard = true
        defer { beaten = nil }
        return beaten.map { Int(now.milliseconds(since: $0)) }
    }

    /// While nothing is read nothing can be heard; afterwards there is half an interval again.
    mutating func hold(_ held: Bool, _ now: MonotonicTime) {
        guard held != isHeld else { return }
        isHeld = held
        answerDue = held || heard || beaten == nil ? nil : now.adding(milliseconds: interval / 2)
    }

    func isDue(_ now: MonotonicTime) -> Bool { next.map { $0 <= now } ?? false }
    func isDead(_ now: MonotonicTime) -> Bool { answerDue.map { $0 <= now } ?? false }
}
