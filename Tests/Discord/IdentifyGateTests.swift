import Discord
import Kit
import Machine
import Shared
import Testing

@Suite("The gate to new sessions")
struct IdentifyGateTests {
    private let now = MonotonicTime(nanoseconds: 5_000_000_000_000)
    private let wall = Instant(seconds: 1_800_000_000)

    @Test("one session in five seconds for each key")
    func spacing() {
        var gate = IdentifyGate()
        gate.learn(IdentifyBudget(total: 1000, remaining: 1000, resets: wall + 1.hours), concurrency: 2)
        #expect(gate.ask(shard: 0, now: now, wall: wall) == .open)
        #expect(gate.ask(shard: 1, now: now, wall: wall) == .open)
        #expect(gate.ask(shard: 2, now: now, wall: wall) == .notBefore(now.adding(milliseconds: 5_250)))
        #expect(gate.ask(shard: 2, now: now.adding(milliseconds: 5_250), wall: wall) == .open)
        #expect(gate.budget?.remaining == 997)
    }

    @Test("two hundred are never touched, until the day is over")
    func reserve() {
        var gate = IdentifyGate(
            record: IdentifyRecord(budget: IdentifyBudget(total: 1000, remaining: 201, resets: wall + 1.hours)))
        #expect(gate.ask(shard: 0, now: now, wall: wall) == .open)
        let later = now.adding(milliseconds: 10_000)
        guard case .exhausted(let budget) = gate.ask(shard: 0, now: later, wall: wall) else {
            Issue.record("the reserve was touched")
            return
        }
        #expect(budget.remaining == 200)
        #expect(gate.ask(shard: 0, now: later, wall: wall + 2.hours) == .open)
        #expect(gate.budget?.remaining == 999)
    }

    @Test("P5: 2,000 processes in an hour that can resume nothing stop at two hundred and say so")
    func crashLoop() {
        let budget = IdentifyBudget(total: 1000, remaining: 700, resets: wall + 20.hours)
        var record = IdentifyRecord(budget: budget)
        var begun: [Int64] = []
        var isExhausted = false
        for number in 0..<2_000 {
            let passed = Int64(number) * 1_800
            // Each has a clock of its own that begins at nothing.
            let start = MonotonicTime(nanoseconds: 1)
            var gate = IdentifyGate(record: record, now: start, wall: wall + .milliseconds(passed))
            switch gate.ask(shard: 0, now: start, wall: wall + .milliseconds(passed)) {
            case .open: begun.append(passed)
            case .notBefore(let time): #expect(time.milliseconds(since: start) <= 5_250)
            case .exhausted(let left):
                isExhausted = true
                #expect(left.remaining == 200)
            }
            record = gate.record
        }
        #expect(begun.count == 500 && isExhausted)
        #expect(zip(begun, begun.dropFirst()).allSatisfy { $1 - $0 >= 5_000 })
    }

    @Test("of the same day the smaller number counts, of another one what Discord says")
    func learning() {
        var gate = IdentifyGate(
            record: IdentifyRecord(budget: IdentifyBudget(total: 1000, remaining: 300, resets: wall + 5.hours)))
        gate.learn(IdentifyBudget(total: 1000, remaining: 310, resets: wall + 5.hours + 2.seconds), concurrency: 1)
        #expect(gate.budget?.remaining == 300)
        gate.learn(IdentifyBudget(total: 1000, remaining: 290, resets: wall + 5.hours), concurrency: 1)
        #expect(gate.budget?.remaining == 290)
        gate.learn(IdentifyBudget(total: 1000, remaining: 1000, resets: wall + 29.hours), concurrency: 16)
        #expect(gate.budget?.remaining == 1000 && gate.record.concurrency == 16)
    }

    @Test("a clock that was turned back delays the next session by five seconds and not by more")
    func turnedBack() {
        let record = IdentifyRecord(begun: [0: wall + 3.hours])
        var gate = IdentifyGate(record: record, now: now, wall: wall)
        #expect(gate.ask(shard: 0, now: now, wall: wall) == .notBefore(now.adding(milliseconds: 5_250)))
    }
}
