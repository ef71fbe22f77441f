import Machine
import Shared
import Simulator
import Testing

extension Stories {
    @Suite("Exactly once", .serialized) struct ExactlyOnce {
        @Test("P1 LEAD-01: killed at random moments under load, the bot loses nothing and says nothing twice")
        func kills() throws {
            let kills = Environment.read()["HEARTH_KILLS"].flatMap { Int($0) } ?? 25
            let ordeal = try Ordeal(Ordeal.Plan())
            try ordeal.isBorn()
            for number in 1...kills {
                if number > 1 { try ordeal.starts() }
                try ordeal.livesForAWhile()
                try ordeal.dies()
                if number % 100 == 0 { print("P1: \(number) of \(kills) kills") }
            }
            ordeal.discord.act { $0.faults.stop() }
            try ordeal.starts()
            try ordeal.isQuiet()
            try ordeal.isJudged()
            ordeal.tells("P1", faults: kills, "\(kills) kills")
        }

        @Test("OPS-10, P21: told to stop under load, the bot is gone in two seconds and its session is kept")
        func stops() throws {
            let stops = Environment.read()["HEARTH_STOPS"].flatMap { Int($0) } ?? 4
            let ordeal = try Ordeal(Ordeal.Plan())
            try ordeal.isBorn()
            let identifies = ordeal.identifies
            var slowest: Int64 = 0
            for _ in 0..<stops {
                try ordeal.goesOn(for: ordeal.dice.below(300))
                let time = FairTime()
                ordeal.daemon?.isToldToStop()
                try ordeal.goesOn("its end") { ordeal.daemon?.hasEnded() ?? true }
                slowest = max(slowest, time.milliseconds)
                #expect(ordeal.daemon?.ending == .exited(0))
                try ordeal.dies()
                try ordeal.starts()
                try ordeal.goesOn("its session") { ordeal.isOnline }
            }
            #expect(slowest <= 2000, "the slowest stop took \(slowest) ms")
            #expect(ordeal.identifies == identifies, "a session was given up")
            try ordeal.isQuiet()
            try ordeal.isJudged()
            ordeal.tells("P21", faults: stops, "\(stops) stops, the slowest in \(slowest) ms")
        }
    }
}

extension Ordeal {
    /// It dies somewhere in its start, somewhere in its life, or between a message that has arrived and the word that it has.
    fileprivate func livesForAWhile() throws {
        let manner = dice.below(10)
        if manner < 3 { return try goesOn(for: dice.below(300)) }
        try goesOn("its session") { isOnline }
        try isNotTooFarBehind()
        if manner < 6 { return try goesOn(for: dice.below(500)) }
        let fault = manner < 8 ? Fault.hangAfter : .resetAfter
        let before = discord.read { $0.faults.injected[fault] ?? 0 }
        discord.act { $0.faults.next(fault, on: "POST /channels/{channel_id}/messages") }
        try goesOn("a fault of a message") { discord.read { $0.faults.injected[fault] ?? 0 } > before }
        try goesOn(for: dice.below(40))
    }

    var identifies: Int { discord.read(\.identifyCount) }
}
