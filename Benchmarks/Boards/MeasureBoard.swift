import Kit
import Machine
import Shared
import Store

/// Pages of the leaderboard of one server with a million members, all of whom have spoken today.
enum MeasureBoard {
    private static let pages = 100

    static func run(in folder: String, programs: String) throws {
        let house = try RunningHouse(in: folder, programs: programs)
        house.stop()
        try Multitude(guild: house.guild).settles(in: folder + "/hearth.db")
        try house.start()
        try house.isReady()
        let console = try Conversation(house.socket)
        try house.waits("the server to be known", atMost: 60_000) {
            (try? console.ask("activity.leaderboard", ["guild": .id(house.guild)])) != nil
        }
        for (name, params) in [
            ("all time, the first page", ["period": "all"]),
            ("all time, after 1,000", ["period": "all", "cursor": after(1000)]),
            ("all time, after 900,000", ["period": "all", "cursor": after(900_000)]),
            ("the week, the first page", ["period": "week"]), ("the week, 100 at once", ["period": "week", "limit": 100]),
            ("the week, after 300", ["period": "week", "cursor": after(300)]),
        ] as [(String, JSON)] {
            var params = params.object ?? JSON.Object()
            params["guild"] = .id(house.guild)
            let laps = Laps(
                try (0..<pages).map { _ in
                    let began = MonotonicTime.now
                    try console.ask("activity.leaderboard", .object(params))
                    return MonotonicTime.now.nanoseconds - began.nanoseconds
                })
            Measure("\(name), p50", laps.milliseconds(at: 0.5), "ms").say()
            Measure("\(name), p99", laps.milliseconds(at: 0.99), "ms", aim: .atMost(20)).say()
        }
    }

    /// As somebody who reads it all.
    private static func turnPages(_ console: Conversation, _ guild: ID<Guild>, to offset: Int) throws -> JSON {
        var cursor: JSON = .string(Cursor(offset: 0).text)
        for _ in 0..<offset / 500 {
            let page = try console.ask(
                "activity.leaderboard", ["guild": .id(guild), "period": "all", "limit": 500, "cursor": cursor])
            cursor = page["next"] ?? .null
        }
        return cursor
    }

    private static func after(_ count: Int) -> JSON { .string(Cursor(offset: count).text) }
}
