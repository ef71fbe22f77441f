import Kit
import Machine
import Shared
import Simulator
import Store
import Testing

extension Stories.ExactlyOnce {
    @Suite("Backups") struct Backups {
        @Test("P12: a backup taken under load is whole, and restored it says nothing of before until its owner lets it")
        func restored() throws {
            let rounds = Environment.read()["HEARTH_BACKUPS"].flatMap { Int($0) } ?? 2
            let ordeal = try Ordeal(Ordeal.Plan(rate: 500))
            // Discord forgets nothing meanwhile: whatever is missing in the end, the restoration has lost.
            ordeal.discord.act { $0.rules.heartbeat = 1.hours }
            try ordeal.isBorn()
            var held: Int64 = 0
            for round in 1...rounds {
                try ordeal.goesOn(for: 200 + ordeal.dice.below(400))
                if ordeal.dice.below(2) == 0 { try ordeal.isKilledOnce() }
                let backup = try ordeal.isBackedUp(as: "round-\(round).db")
                try ordeal.goesOn(for: ordeal.dice.below(500))
                try ordeal.isTrue(ofBackup: backup)
                try ordeal.dies()
                held += try ordeal.isRestored(from: backup)
                print("P12: \(round) of \(rounds) restorations")
            }
            #expect(held > 0, "nothing was held back: nothing was proved")
            try ordeal.isJudged()
            ordeal.tells("P12", faults: rounds, "\(rounds) backups restored, \(held) answers held back until the release")
        }
    }
}

extension Ordeal {
    fileprivate func isKilledOnce() throws {
        try dies()
        try starts()
        try goesOn("its session") { isOnline }
    }

    /// The crowd goes on while it is made; its file has its name when it is whole.
    fileprivate func isBackedUp(as name: String) throws -> String {
        let client = try client()
        try client.say(ControlRequest(id: 1, method: "house.backup", params: ["name": .string(name)]).json.line)
        let path = folder + "/backups/" + name
        try goesOn("a backup") { Files.exists(path) }
        #expect(try client.hear()["result"]?["path"]?.text == path)
        return path
    }

    /// It holds every message up to its newest, and none that was never said.
    fileprivate func isTrue(ofBackup path: String) throws {
        let report = try BackupReport(verifying: path)
        let newest = try SQLiteLibrary(path: path).openReader()
            .first("SELECT MAX(message) FROM activity_facts") { $0.optionalInt(0) ?? 0 }
        let spoken = discord.ledger.spoken.filter { $0.isSpeech && $0.message.number <= newest ?? 0 }.count
        #expect(spoken > 0 && report.rows["activity_facts"] == Int64(spoken), "\(path) of \(spoken) messages")
    }

    /// While nobody is at home people ask on. Then the backup takes the house's place: it hears all that it has missed and keeps
    /// silent on it, answers what is asked from now on, and says the rest when it may. Answers how much it had held back.
    fileprivate func isRestored(from backup: String) throws -> Int64 {
        for _ in 0..<5 { try crowd.asks(in: discord) }
        #expect(try program(["restore", backup]).ends() == 0)
        looksAgain()
        let before = sends
        try starts()
        try waits(30_000, "a session after the restoration") { isOnline }
        try waits(60_000, "everything that was missed") { try hasHeardAll() }
        #expect(sends == before, "\(sends - before) requests sent something from before")
        #expect(try number("SELECT COUNT(*) FROM house_state WHERE key = 'quarantined_since'") == 1)
        let held = try number("SELECT COUNT(*) FROM house_outbox WHERE state = 'waiting'")
        try crowd.asks(in: discord)
        let fresh = try #require(crowd.commands.last)
        try waits(20_000, "an answer to a new question") { answers[fresh] == 1 }
        #expect(sends == before + 1)
        let client = try client()
        let released = try client.ask("house.release")
        #expect(released["held"]?.int == held)
        try isQuiet()
        return held
    }

    /// Requests that say something in a channel, new or again.
    private var sends: Int { discord.ledger.sent.reduce(0) { $0 + 1 + $1.repeats } }
}
