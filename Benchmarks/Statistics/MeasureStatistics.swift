import Kit
import Machine
import Shared

/// Statistics of one server with a hundred thousand members and a year of days behind it.
enum MeasureStatistics {
    private static let laps = 20

    static func run(in folder: String, programs: String) throws {
        let house = try RunningHouse(in: folder, programs: programs)
        house.stop()
        try YearOfDays(guild: house.guild).settles(in: folder + "/hearth.db")
        try house.start()
        try house.isReady()
        let console = try Conversation(house.socket)
        try house.waits("the server to be known", atMost: 60_000) {
            (try? console.ask("levels.curve", ["guild": .id(house.guild)])) != nil
        }
        for (name, method, params, most) in [
            ("the week beside the one before", "analytics.server", ["span": "week"], 500),
            ("the month beside the one before", "analytics.server", ["span": "month"], 500),
            ("four hundred days", "analytics.days", ["days": 400], 100),
            ("a year's usual week", "analytics.heatmap", ["weeks": 52], 50),
            ("channels of a month", "analytics.channels", ["span": "month"], 200),
            ("who stayed, 8 weeks of joining", "analytics.cohorts", ["weeks": 8], 250),
            ("who came back, of 90 days", "analytics.funnel", ["days": 90], 300),
            ("what another curve would mean", "levels.curve", ["curve": "amari"], 150),
        ] as [(String, String, JSON, Double)] {
            var words = params.object ?? JSON.Object()
            words["guild"] = .id(house.guild)
            let taken = Laps(
                try (0..<laps).map { _ in
                    let began = MonotonicTime.now
                    try console.ask(method, .object(words))
                    return MonotonicTime.now.nanoseconds - began.nanoseconds
                })
            Measure("\(name), p50", taken.milliseconds(at: 0.5), "ms", aim: .atMost(most)).say()
        }
    }
}
