import Kit
import Machine
import Shared
import Simulator
import Testing

extension Stories {
    @Suite("History under kills", .serialized) struct HistoryOrdeal {
        @Test("P1 LEAD-27: history that is read through kills counts exactly what counting live would have")
        func kills() throws {
            let environment = Environment.read()
            let messages = environment["HEARTH_MESSAGES"].flatMap { Int($0) } ?? 1500
            let kills = environment["HEARTH_KILLS"].flatMap { Int($0) } ?? 5
            var plan = Ordeal.Plan()
            plan.ago = 40.days
            let ordeal = try Ordeal(plan)
            try ordeal.talks(messages, during: 39.days)
            try ordeal.isBorn()
            for home in ordeal.crowd.homes { try ordeal.begins(home.guild) }
            var amid = 0
            for number in 1...kills {
                let enough = messages * number / (kills + 1)
                try ordeal.waits(600_000, "\(enough) messages") { try ordeal.readSoFar() >= enough || ordeal.hasReadAll() }
                if try !ordeal.hasReadAll() { amid += 1 }
                try ordeal.dies()
                try ordeal.talks(20)
                try ordeal.starts()
                if number % 20 == 0 { print("LEAD-27: \(number) of \(kills) kills") }
            }
            try ordeal.waits(3_600_000, "all that was said") { try ordeal.hasReadAll() }
            try ordeal.isQuiet()
            try ordeal.isJudged(gaps: nil)
            let past = try ordeal.number("SELECT COUNT(*) FROM activity_facts WHERE kinds >= 8")
            #expect(past == messages, "each is marked, and once")
            #expect(amid > kills / 2, "\(amid) kills fell into the reading")
            ordeal.tells("LEAD-27", faults: kills, "\(messages) messages of the past, \(kills) kills")
        }
    }
}

extension Ordeal {
    /// Words over a long time, before the bot is there.
    fileprivate func talks(_ count: Int, during time: Duration) throws {
        let pause = Duration.milliseconds(time.milliseconds / Int64(count))
        for _ in 0..<count {
            try talks(1)
            discord.leap(pause)
        }
        discord.leap(Instant(milliseconds: wallMilliseconds()) - discord.now)
    }

    fileprivate func begins(_ guild: ID<Guild>) throws {
        let socket = try client()
        let params: JSON = ["guild": .id(guild)]
        do { _ = try socket.ask("history.start", params) } catch let error as ControlError
            where error.name == "confirmation_needed"
        {
            var confirmed = params.object ?? .init()
            confirmed["confirm"] = error.data["confirm"]
            _ = try socket.ask("history.start", .object(confirmed))
        }
    }

    fileprivate func readSoFar() throws -> Int { Int(try number("SELECT COALESCE(SUM(messages), 0) FROM house_past")) }
    fileprivate func hasReadAll() throws -> Bool { try number("SELECT COUNT(*) FROM house_past WHERE state = 'reading'") == 0 }
}
