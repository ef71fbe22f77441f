import Machine
import Shared
import Simulator

/// Messages as fast as they are read: 100 guilds with 20 channels and 100 members each, who speaks by Zipf's law. All is made
/// and packed before the first goes out, and the clock stops when the last is committed. Every member's score must be right.
struct MeasureFlood {
    private static let guilds = 100
    private static let short = 200_000
    private static let long = 2_000_000

    private let house: RunningHouse
    private let plan: LoadPlan
    private let progress: Progress

    static func run(in folder: String, programs: String, only: String) throws {
        for (name, compression, cost, speed) in [("plain", "none", 8.0, 120_000.0), ("zlib-stream", "zlib-stream", 13, 75_000)]
        where name.hasPrefix(only) {
            let flood = try MeasureFlood(in: "\(folder)/\(name)", programs: programs, compression, events: short)
            let idle = flood.house.consumption
            let outcome = try flood.pour()
            Measure("\(name), CPU per event", outcome.cpu * 1e6 / Double(short), "µs", aim: .atMost(cost)).say()
            Measure("\(name), events", Double(short) / outcome.seconds, "/s", aim: .atLeast(speed)).say()
            Measure("\(name), RSS before", idle.resident, "MB", aim: .atMost(22)).say()
            Measure("\(name), RSS at most", outcome.peak.resident, "MB", aim: .atMost(36)).say()
            Measure("\(name), anonymous at most", outcome.peak.anonymous, "MB", aim: .atMost(20)).say()
            try flood.check()
        }
        guard "long".hasPrefix(only) else { return }
        let flood = try MeasureFlood(in: "\(folder)/long", programs: programs, "none", events: long)
        let outcome = try flood.pour(isHeld: false)
        Measure("2,000,000 events, RSS at most", outcome.peak.resident, "MB", aim: .atMost(36)).say()
        let growth = outcome.peak.resident - outcome.early.resident
        Measure("2,000,000 events, RSS over that of 200,000", growth, "MB", aim: .atMost(2)).say()
        try flood.check()
    }

    private init(in folder: String, programs: String, _ compression: String, events: Int) throws {
        var plan = LoadPlan(events: events, guilds: [], channels: 20, members: 100)
        house = try RunningHouse(in: folder, programs: programs, compression: compression) { discord in
            plan = discord.found(Self.guilds, for: plan)
        }
        self.plan = plan
        progress = try Progress(house)
        try progress.reaches(guilds: Self.guilds)
        try house.rests()
    }

    // MARK: - Pouring

    private struct Outcome {
        var seconds = 0.0
        var cpu = 0.0
        var peak = Consumption()
        /// The peak of the first 200,000.
        var early = Consumption()
    }

    private func pour(isHeld: Bool = true) throws -> Outcome {
        var plan = plan
        plan.isHeld = isHeld
        house.discord.act { $0.beginLoad(plan) }
        let before = house.consumption
        var outcome = Outcome()
        try house.waits("the flood to be counted", atMost: 900_000, every: 5) {
            outcome.peak.raise(to: house.consumption)
            let (sent, left, last) = house.discord.read { ($0.loadSent, $0.isLoading, $0.ledger.spoken.last?.message) }
            if sent <= Self.short { outcome.early = outcome.peak }
            return try !left && last.map { try progress.newestMessage() == $0.number } ?? false
        }
        let ended = Instant(milliseconds: wallMilliseconds())
        outcome.seconds = house.discord.read(\.loadReleased).map { Double((ended - $0).milliseconds) / 1000 } ?? 0
        // What is left to fold is part of the work: this is answered when it is done.
        try Conversation(house.socket).ask("activity.totals")
        outcome.cpu = house.consumption.cpu - before.cpu
        return outcome
    }

    // MARK: - Checking

    /// Holds what each member is shown against what the oracle makes of the world's own ledger.
    private func check() throws {
        let today = WallTime(local: wallMilliseconds()).day
        let oracle = Oracle(house.discord.read(\.ledger))
        var truth: [PointsKey.Person: (messages: Int, points: Int, score: Double)] = [:]
        for (key, points) in oracle.points {
            var sum = truth[key.person] ?? (0, 0, 0)
            sum.messages += oracle.messages[key] ?? 0
            sum.points += points
            sum.score += Double(points) * (0..<(today - key.day)).reduce(1.0) { share, _ in share * 0.98 }
            truth[key.person] = sum
        }
        let line = try Conversation(house.socket)
        for (person, sum) in truth {
            let shown = try line.ask("activity.profile", ["guild": .id(person.guild), "member": .id(person.member)])
            guard shown["messages"]?.int == Int64(sum.messages), shown["points"].isThousandths(Double(sum.points)),
                shown["score"].isThousandths(sum.score)
            else {
                throw RunningHouse.Silent(
                    description: "member \(person.member) of \(person.guild) has \(sum), and is shown as \(shown.line)")
            }
        }
        guard truth.values.reduce(0, { $0 + $1.messages }) == plan.events else {
            throw RunningHouse.Silent(description: "the simulated Discord has not said what it was asked to")
        }
    }
}

extension Consumption {
    fileprivate mutating func raise(to other: Consumption) {
        resident = max(resident, other.resident)
        anonymous = max(anonymous, other.anonymous)
    }
}

extension PointsKey {
    fileprivate struct Person: Hashable {
        let guild: ID<Guild>
        let member: ID<Member>
    }

    fileprivate var person: Person { Person(guild: guild, member: member) }
}

extension JSON? {
    /// Whether this number is so many thousandths.
    fileprivate func isThousandths(_ wanted: Double) -> Bool {
        guard let shown = self?.double else { return false }
        return (shown * 1000).rounded() == wanted.rounded()
    }
}
