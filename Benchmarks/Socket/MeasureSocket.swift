import Machine
import Shared

/// Requests a second on the control socket of the real daemon, with one client and with a hundred.
enum MeasureSocket {
    private static let milliseconds = 3000

    /// `only` those whose names begin so; for profiling.
    static func run(in folder: String, programs: String, only: String = "") throws {
        let house = try RunningHouse(in: folder, programs: programs)
        try house.fillBoard(members: 100, messages: 5000)
        let guild = house.guild.description
        for clients in [1, 100] {
            let depth = clients == 1 ? 32 : 8
            func measure(_ name: String, aim: Double, _ request: @escaping (Int) -> String) throws {
                guard name.hasPrefix(only) else { return }
                let plan = SocketLoad.Plan(clients: clients, depth: depth, milliseconds: milliseconds) {
                    Array((request($0) + "\n").utf8)
                }
                let outcome = try SocketLoad(house.socket, plan).run()
                let people = clients == 1 ? "1 client" : "\(clients) clients"
                Measure("\(name), \(people)", outcome.perSecond, "/s", aim: .atLeast(aim)).say()
            }
            try measure("meta.info", aim: 50_000) { "{\"id\":\($0),\"method\":\"meta.info\"}" }
            try measure("leaderboard page", aim: 10_000) {
                "{\"id\":\($0),\"method\":\"activity.leaderboard\",\"params\":{\"guild\":\"\(guild)\",\"period\":\"all\"}}"
            }
            try measure("leaderboard page of the week", aim: 10_000) {
                "{\"id\":\($0),\"method\":\"activity.leaderboard\",\"params\":{\"guild\":\"\(guild)\"}}"
            }
            try measure("a setting changed", aim: 3000) { number in
                "{\"id\":\(number),\"method\":\"house.set\",\"params\":{\"guild\":\"\(guild)\",\"name\":\"activity.reply\","
                    + "\"value\":\(number % 9 + 1)}}"
            }
        }
    }
}
