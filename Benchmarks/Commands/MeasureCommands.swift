import Kit
import Machine
import Shared
import Simulator
import Store

/// How long a slash command takes while 500 messages a second come in: from handing the interaction to the socket until its
/// callback has come whole. Beside it a bare durable commit of one row, on the same disk, in turn with the commands.
struct MeasureCommands {
    private static let rounds = 600
    private static let pauseMilliseconds = 7
    private static let messagesPerSecond = 500.0

    private let house: RunningHouse
    private let pause = Mailbox<Void>()
    private let people: [ID<Member>]

    static func run(in folder: String, programs: String) throws {
        let house = try RunningHouse(in: folder, programs: programs)
        try house.fillBoard(members: 100, messages: 2000)
        let console = try Conversation(house.socket)
        try console.ask("house.set", ["name": "house.command_limit", "value": 1000, "guild": .id(house.guild)])
        let people = (0..<50).map { house.discord.member("person-\($0)", in: house.guild) }
        let measure = MeasureCommands(house: house, people: people)
        house.discord.act { world in
            let plan = LoadPlan(
                events: 1_000_000, rate: messagesPerSecond, guilds: [house.guild], channels: 5, members: 100, seed: 2)
            world.beginLoad(plan)
        }
        try measure.question("profile", "activity profile")
        try measure.question("leaderboard", "activity leaderboard", [("period", .text("all"))])
        try measure.change()
    }

    private func question(_ name: String, _ command: String, _ options: [(String, OptionValue)] = []) throws {
        let laps = try rounds { try time(command, options, by: people[$0 % people.count]) }
        Measure("\(name), p50", laps.milliseconds(at: 0.5), "ms", aim: .atMost(0.3)).say()
        Measure("\(name), p99", laps.milliseconds(at: 0.99), "ms", aim: .atMost(1)).say()
    }

    private func change() throws {
        let owner = house.discord.member("owner", in: house.guild)
        let bare = try BareCommit(in: house.folder)
        var commits: [Int64] = []
        let laps = try rounds { round in
            commits.append(try bare.time())
            let options: [(String, OptionValue)] = [("name", .text("activity.reply")), ("value", .text("\(round % 9 + 1)"))]
            return try time("house set", options, by: owner)
        }
        let floor = Laps(commits)
        Measure("bare commit, p50", floor.milliseconds(at: 0.5), "ms").say()
        Measure("bare commit, p99", floor.milliseconds(at: 0.99), "ms").say()
        Measure("setting changed, p50", laps.milliseconds(at: 0.5), "ms").say()
        Measure("setting changed, p99", laps.milliseconds(at: 0.99), "ms").say()
        for (part, bound) in [(0.5, 2.0), (0.99, 3.0)] {
            let ratio = laps.milliseconds(at: part) / floor.milliseconds(at: part)
            Measure("setting changed, p\(Int(part * 100)) in bare commits", ratio, "x", aim: .atMost(bound)).say()
        }
    }

    private func rounds(_ body: (Int) throws -> Int64) throws -> Laps {
        Laps(
            try (0..<Self.rounds).map { round in
                // Not in step with the load.
                _ = pause.receive(within: Self.pauseMilliseconds + round % 5)
                return try body(round)
            })
    }

    private func time(_ command: String, _ options: [(String, OptionValue)], by person: ID<Member>) throws -> Int64 {
        _ = house.stopwatch.takeLaps()
        _ = try house.discord.act { world in try world.use(person, command, options, in: house.general) }
        let deadline = MonotonicTime.now.adding(milliseconds: 5000)
        while MonotonicTime.now < deadline {
            _ = pause.receive(within: 1)
            if let lap = house.stopwatch.takeLaps().first { return lap }
        }
        throw RunningHouse.Silent(description: "\(command) was not answered")
    }
}

/// Durations in order.
struct Laps {
    private let sorted: [Int64]
    init(_ nanoseconds: [Int64]) { sorted = nanoseconds.sorted() }

    /// What this part of them did not exceed.
    func milliseconds(at part: Double) -> Double {
        guard !sorted.isEmpty else { return .nan }
        return Double(sorted[min(sorted.count - 1, Int(Double(sorted.count) * part))]) / 1e6
    }
}

/// One row in one durable transaction, again and again.
struct BareCommit {
    private let writer: SQLiteWriter

    init(in folder: String) throws {
        writer = try SQLiteLibrary(path: folder + "/bare.db").openWriter()
        try writer.run("CREATE TABLE bare (id BIGINT PRIMARY KEY, value BIGINT NOT NULL)")
    }

    func time() throws -> Int64 {
        let began = MonotonicTime.now
        try writer.begin()
        try writer.run("INSERT INTO bare (id, value) SELECT COALESCE(MAX(id), 0) + 1, 7 FROM bare")
        try writer.commit()
        return MonotonicTime.now.nanoseconds - began.nanoseconds
    }
}
