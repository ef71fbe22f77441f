import Kit
import Pulse
import Shared
import Workbench

/// What the rows say of a member.
struct Stood: Equatable {
    var points: Int64 = 0
    var messages: Int64 = 0
    var streak: Int64 = 0
    var best: Int64 = 0
}

extension Bench {
    static func activity(at start: Instant = Bench.start) throws -> Bench {
        let bench = try Bench([Activity.feature, Tuning.feature(over: [Activity.feature])], at: start)
        bench.hear(Town.seen())
        return bench
    }

    /// Messages come in now, one after the other, each at its own time.
    func say(_ messages: Said...) { hear(messages.map(\.event)) }

    /// The rows say all that was counted once the engine has had a quiet moment.
    func stood(_ number: Int64) throws -> Stood {
        step()
        return try store.first(
            "SELECT points, messages, streak, best FROM activity_standings WHERE member = \(Town.member(number))"
        ) { Stood(points: $0.int(0), messages: $0.int(1), streak: $0.int(2), best: $0.int(3)) } ?? Stood()
    }

    /// Points in thousandths.
    func points(_ number: Int64) throws -> Int64 { try stood(number).points }

    func profile(_ number: Int64) throws -> JSON { try run("activity.profile", ["member": .id(Town.member(number))]) }

    func board(_ params: JSON = ["period": "all"]) throws -> [JSON] {
        try run("activity.leaderboard", params)["rows"]?.array ?? []
    }

    func why(_ number: Int64, days: Int64 = 400) throws -> JSON {
        try run("activity.why", ["member": .id(Town.member(number)), "days": .int(days), "limit": 500])
    }
}

extension Instant {
    /// 6 August 2026, noon, and so much later.
    static func noon(_ later: Duration = .zero) -> Instant { Bench.start + later }
}
