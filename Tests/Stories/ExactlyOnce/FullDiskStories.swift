import Disks
import Kit
import Machine
import Shared
import Simulator
import Testing

extension Stories.ExactlyOnce {
    @Suite("A full disk") struct FullDisk {
        @Test(
            "P9: a disk that fills under load degrades the bot, and space is enough to heal it",
            .enabled(if: SmallDisk.isPossible, "only root may mount a small disk"))
        func fills() throws {
            let times = Environment.read()["HEARTH_FILLINGS"].flatMap { Int($0) } ?? 1
            let disk = try SmallDisk(bytes: 16 << 20)
            var plan = Ordeal.Plan(rate: 500)
            plan.folder = disk.path
            let ordeal = try Ordeal(plan)
            try ordeal.isBorn()
            var slowest: Int64 = 0
            for _ in 0..<times {
                try ordeal.goesOn(for: 200)
                try disk.fill()
                let client = try ordeal.client()
                try ordeal.goesOn("the bot to find its disk full") { try Self.isRefused(client, ordeal) }
                try ordeal.goesOn(for: 800 + ordeal.dice.below(800))
                #expect(try Self.isRefused(client, ordeal), "it is still full")
                #expect(
                    try client.ask("activity.totals", ["guild": .id(ordeal.crowd.homes[0].guild)]) != .null, "reading goes on")
                disk.empty()
                let time = FairTime()
                try ordeal.goesOn("its healing") { try !Self.isRefused(client, ordeal) }
                slowest = max(slowest, time.milliseconds)
            }
            #expect(slowest <= 5000, "healing took \(slowest) ms")
            #expect(ordeal.daemon?.hasEnded() == false)
            #expect(ordeal.discord.read(\.opened).count == 1, "the gateway was let go")
            try ordeal.isQuiet()
            try ordeal.isJudged()
            ordeal.tells("P9", faults: times, "\(times) full disks, healed in \(slowest) ms at most")
        }

        /// Whether a change is answered with `degraded`.
        private static func isRefused(_ client: SocketClient, _ ordeal: Ordeal) throws -> Bool {
            let params: JSON = ["guild": .id(ordeal.crowd.homes[0].guild), "name": "activity.voice", "value": 0]
            let answer = try client.exchange("house.set", params)
            guard let name = answer["error"]?["name"]?.text else { return false }
            #expect(name == "degraded")
            return true
        }
    }
}
