import Kit
import Machine
import Shared
import Simulator
import Store

/// The dry run of rewards in a server with a hundred thousand members, who all have a week behind them.
enum MeasureRewards {
    private static let runs = 15

    static func run(in folder: String, programs: String) throws {
        let house = try RunningHouse(in: folder, programs: programs)
        for role in ["Muted", "Bronze", "Silver", "Gold"] { _ = house.discord.role(role, in: house.guild, position: 1) }
        try house.isReady()
        house.stop()
        try Multitude(guild: house.guild, count: 100_000, days: 7).settles(in: folder + "/hearth.db")
        try house.start()
        try house.isReady()
        let console = try Conversation(house.socket)
        for (role, tier, criteria) in [
            ("Bronze", 0, "points(30d) >= 20"), ("Silver", 1, "points(30d) >= 200 and streak >= 1 and not role(\"Muted\")"),
            (
                "Gold", 2,
                "score >= 1000 and messages(7d) >= 500 and (account_age >= 4w or momentum >= 5) and not role(\"Muted\")"
            ),
        ] {
            try console.ask(
                "rewards.add",
                [
                    "guild": .id(house.guild), "role": .string(role), "tier": .int(Int64(tier)), "criteria": .string(criteria),
                ])
        }
        for (name, method, most, params) in [
            ("dry run, three tiers", "rewards.plan", 1000, [:]),
            (
                "simulation, another rule", "rewards.simulate", 1000,
                ["reward": "Silver", "criteria": "points(7d) >= 150 and streak >= 1"]
            ),
            ("simulation, other weights", "rewards.simulate", 5000, ["message": 2, "decay": 0.95, "days": 30]),
        ] as [(String, String, Double, JSON)] {
            var params = params.object ?? JSON.Object()
            params["guild"] = .id(house.guild)
            let laps = Laps(
                try (0..<runs).map { _ in
                    let began = MonotonicTime.now
                    try console.ask(method, .object(params))
                    return MonotonicTime.now.nanoseconds - began.nanoseconds
                })
            Measure("\(name), p50", laps.milliseconds(at: 0.5), "ms").say()
            Measure("\(name), worst", laps.milliseconds(at: 1), "ms", aim: .atMost(most)).say()
        }
    }
}
