import Kit
import Pulse
import Shared
import Testing
import Workbench

@Suite("Days of chance")
struct RandomTownTests {
    /// Stumbles over every seventh message, after others have counted it.
    private static let clumsy = Feature(
        "clumsy", "Fails", version: "1",
        listeners: [
            .message("clumsy.stumble", order: 50) { turn, message in
                if message.id.number % 7 == 0 { throw Refusal.unavailable("stumbled") }
                return .passed
            }
        ], export: { _, _ in .null }, erase: { _, _ in 0 })

    @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func `standings are those of a naive recount, through restarts, faults and full disks`(_ seed: UInt64) throws {
        var dice = Dice(seed: seed)
        let bench = try Bench([Activity.feature, Self.clumsy])
        bench.hear(Town.seen())
        var told: [Recount.Deed] = []
        var said: [Said] = []
        for round in 0..<60 {
            bench.clock.pass(.seconds(Int64.random(in: 1...14_000, using: &dice)))
            bench.step()
            var events: [(Event, Recount.Deed)] = []
            for _ in 0..<Int.random(in: 1...12, using: &dice) {
                events.append(Self.happening(bench.clock.now, &said, Int64(round), &dice))
            }
            if round % 9 == 4 { bench.store.room = Int.random(in: 0...6, using: &dice) }
            let before = bench.sequence
            bench.hear(events.map(\.0))
            if bench.store.room != nil {
                // The gateway tells again what was not committed, once there is space.
                bench.store.room = nil
                bench.clock.pass(2.seconds)
                bench.resume()
                bench.deliver(
                    events.enumerated().map {
                        Dispatch(shard: 0, sequence: before + Int64($0) + 1, event: $1.0, receivedNanoseconds: 0)
                    })
            }
            told += events.map(\.1)
            if round % 11 == 7 { try bench.restart() }
        }
        let recount = Recount(told)
        let now = bench.clock.now
        for member in Int64(1)...5 {
            let naive = recount.result(of: member, today: now)
            #expect(try bench.stood(member) == naive.stood, "seed \(seed), member \(member)")
            let score = try #require(try bench.profile(member)["score"]?.double)
            #expect(abs(score * 1000 - naive.score) <= 1, "seed \(seed), member \(member)")
        }
        #expect(try bench.numbers("SELECT COUNT(*) FROM activity_facts") == [Int64(said.filter { !$0.isAutomatic }.count)])
    }

    /// Somebody says something, now or late, once or again; or likes, or takes a like back.
    private static func happening(_ now: Instant, _ said: inout [Said], _ round: Int64, _ dice: inout Dice) -> (
        Event, Recount.Deed
    ) {
        let member = Int64.random(in: 1...5, using: &dice)
        let like = said.isEmpty ? 9 : Int.random(in: 0...9, using: &dice)
        if like < 3, let one = said.filter({ !$0.isAutomatic }).randomElement(using: &dice) {
            let emoji = Bool.random(using: &dice) ? "a" : "b"
            let reaction = Town.reaction(member, on: one.id, of: one.author, emoji, in: one.place)
            return like < 2
                ? (
                    .reactionAdded(reaction),
                    .liked(giver: member, message: one.id, author: one.author, emoji: emoji, at: now)
                ) : (.reactionRemoved(reaction), .unliked(giver: member, message: one.id, emoji: emoji))
        }
        if like == 4, let again = said.randomElement(using: &dice) { return (again.event, .said(again)) }
        let late = like == 5 ? Int64.random(in: 0...200_000, using: &dice) : 0
        var one = Said(
            member, in: Int64.random(in: 1...3, using: &dice), at: now - .seconds(late), extra: Int64(said.count) + 1,
            replyTo: like == 6 ? said.last.map { ($0.id, $0.author) } : nil)
        one.isAutomatic = like == 7 && round % 3 == 0
        said.append(one)
        return (one.event, .said(one))
    }
}
