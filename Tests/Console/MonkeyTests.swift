import Machine
import Testing

/// Keys, clicks, sizes, news and lost connections by chance against the model, its update and its drawing. `make monkey` lets it
/// run for a million inputs under the address sanitizer; a seed replays it.
struct MonkeyTests {
    private static let length = Environment.read()["HEARTH_MONKEY"].flatMap { Int($0) } ?? 400
    private static let seed = Environment.read()["HEARTH_SEED"].flatMap { UInt64($0) } ?? .random(in: 1 ... .max >> 1)

    @Test func `CON-01: no random input breaks the screen, and none changes anything without its plan having been seen`() {
        var monkey = Monkey(seed: Self.seed)
        for number in 1...Self.length {
            monkey.act()
            if let fault = monkey.fault {
                Issue.record("HEARTH_SEED=\(Self.seed) HEARTH_MONKEY=\(number) replays it: \(fault)")
                return
            }
            if number % 50_000 == 0 { print("monkey: \(number) of \(Self.length), seed \(Self.seed)") }
        }
    }

    @Test func `a seed replays what a monkey does`() {
        var (first, second) = (Monkey(seed: 7), Monkey(seed: 7))
        for _ in 0..<300 {
            first.act()
            second.act()
        }
        #expect(first.stage.screen == second.stage.screen && first.stage.asked.count == second.stage.asked.count)
        #expect(first.stage.asked.count > 20)
    }
}
