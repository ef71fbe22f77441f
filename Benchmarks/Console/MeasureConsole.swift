import Machine
import Simulator

/// What the console sends over the line, and how soon: the real program on a terminal, beside the real daemon.
enum MeasureConsole {
    private static let presses = 200
    /// Ten down, ten up.
    private static let arrows = Array(repeating: "\u{1B}OB", count: 10) + Array(repeating: "\u{1B}OA", count: 10)

    static func run(in folder: String, programs: String) throws {
        let house = try RunningHouse(in: folder, programs: programs)
        try house.fillBoard(members: 100, messages: 5000)
        for (name, size, first, scroll) in [("80x24", (80, 24), 4608.0, 600.0), ("200x60", (200, 60), 12_288, 600)] {
            let began = MonotonicTime.now
            let screen = try Screen(programs + "/hearth", socket: house.socket, size: size)
            let start = try screen.listen(since: began, quiet: 300, patience: 5000)
            Measure("start to the whole first screen, \(name)", Double(start.nanoseconds) / 1e6, "ms", aim: .atMost(150)).say()
            Measure("first screen, \(name)", Double(start.bytes), "B", aim: .atMost(first)).say()
            _ = try screen.press("l", quiet: 300)
            try laps("cursor down, \(name)", screen, arrows, bytes: 400)
            try laps("a page down, \(name)", screen, ["\u{06}", "\u{02}"], bytes: scroll * 10)
            try laps("another screen, \(name)", screen, ["o", "l"], bytes: first, milliseconds: 50)
            Measure("nobody does anything, \(name)", Double(try screen.idle(milliseconds: 5000)) / 5, "B/s", aim: .atMost(300))
                .say()
        }
        let screen = try Screen(programs + "/hearth", socket: house.socket, size: (80, 24))
        _ = try screen.listen(quiet: 300, patience: 5000)
        _ = try screen.press("l", quiet: 300)
        house.discord.act { world in
            world.beginLoad(LoadPlan(events: 1_000_000, rate: 500, guilds: [house.guild], channels: 5, members: 100, seed: 3))
        }
        let bytes = Double(try screen.idle(milliseconds: 5000)) / 5
        Measure("live board at 500 messages/s, 80x24", bytes, "B/s", aim: .atMost(2048)).say()
        try laps("cursor down at 500 messages/s, 80x24", screen, arrows, bytes: nil)
    }

    private static func laps(
        _ name: String, _ screen: Screen, _ keys: [String], bytes: Double?, milliseconds: Double = 16
    ) throws {
        let paintings = try (0..<presses).map { try screen.press(keys[$0 % keys.count]) }
        let times = Laps(paintings.map(\.nanoseconds))
        Measure("\(name), p99", times.milliseconds(at: 0.99), "ms", aim: .atMost(milliseconds)).say()
        guard let bytes else { return }
        let median = paintings.map(\.bytes).sorted()[paintings.count / 2]
        Measure("\(name), p50", Double(median), "B", aim: .atMost(bytes)).say()
    }
}
