import Kit
import Machine
import Shared
import Simulator
import Testing

extension Stories.ExactlyOnce {
    @Suite("P3: outages") struct Outages {
        @Test("P3: sessions refused after outages of any length, and the bot killed while it reads back: all counts once")
        func killedWhileReadingBack() throws {
            let outages = Environment.read()["HEARTH_OUTAGES"].flatMap { Int($0) } ?? 2
            let ordeal = try Ordeal(Ordeal.Plan())
            try ordeal.isBorn()
            var kills = 0
            for number in 1...outages {
                try ordeal.talks(ordeal.dice.below(50))
                try ordeal.dies()
                ordeal.discord.pass(.milliseconds(Int64(ordeal.dice.below(600_001))))
                try ordeal.talks(1 + ordeal.dice.below(400))
                ordeal.discord.act { $0.faults.next(.refuseResume) }
                try ordeal.starts()
                try ordeal.waits(60_000, "the gap's end") { (try? ordeal.hasNewSession()) ?? false }
                for _ in 0..<ordeal.dice.below(3) {
                    try ordeal.talks(ordeal.dice.below(20))
                    try ordeal.waitsAtMost(milliseconds: ordeal.dice.below(60))
                    try ordeal.dies()
                    kills += 1
                    try ordeal.starts()
                }
                try ordeal.isQuiet()
                #expect(try ordeal.number("SELECT COUNT(*) FROM house_gaps WHERE state = 'filled'") == Int64(number))
                if number % 20 == 0 { print("P3: \(number) of \(outages) outages") }
            }
            try ordeal.isJudged(gaps: Int64(outages))
            ordeal.tells("P3", faults: outages + kills, "\(outages) refused sessions, \(kills) kills while reading back")
        }
    }
}

extension Ordeal {
    fileprivate func hasNewSession() throws -> Bool { discord.positions.count == 1 }

    fileprivate func waitsAtMost(milliseconds: Int) throws {
        let end = MonotonicTime.now.adding(milliseconds: milliseconds)
        try waits(milliseconds + 1_000, "time to pass") { MonotonicTime.now >= end }
    }
}
