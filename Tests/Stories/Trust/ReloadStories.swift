import Kit
import Machine
import Shared
import Simulator
import Testing

extension Stories.ExactlyOnce {
    @Suite("Reload") struct Reload {
        @Test(
            "COR-03, OPS-10: told to, the daemon takes up another configuration in the same process and session, and keeps the one it has where the other is wrong"
        )
        func reload() throws {
            let ordeal = try Ordeal(Ordeal.Plan(rate: 200))
            try ordeal.isBorn()
            let process = try #require(ordeal.daemon?.process)
            let good = try Files.read(ordeal.configuration)
            func reloads(_ extra: String, _ wanted: String) throws {
                try Files.write(good + Array(extra.utf8), to: ordeal.configuration)
                let said = ordeal.log.components(of: wanted)
                #expect(try ordeal.program(["reload"]).ends() == 0)
                try ordeal.goesOn(atMost: 30_000, wanted) { ordeal.log.components(of: wanted) > said }
            }
            try reloads("features:\n  off: [analytics]\n", "ready")
            try ordeal.goesOn("the session") { ordeal.isOnline }
            let rows = try ordeal.client().ask("house.features")["rows"]?.array ?? []
            #expect(rows.first { $0["feature"] == "analytics" }?["on"] == false)
            try Files.write(Array("nonsense: [".utf8), to: ordeal.configuration)
            try Signals.send(.hangUp, to: process)
            try ordeal.goesOn(atMost: 30_000, "the complaint") { ordeal.log.contains("was not read again") }
            try reloads("features:\n  off: [analytix]\n", "the last one is used")
            try ordeal.goesOn("the session") { ordeal.isOnline }
            let after = try ordeal.client().ask("house.features")["rows"]?.array ?? []
            #expect(after.first { $0["feature"] == "analytics" }?["on"] == false, "the one before counts")
            #expect(ordeal.daemon?.process == process && ordeal.daemon?.hasEnded() == false)
            #expect(ordeal.discord.read(\.identifyCount) == 1, "one session through all of it")
            try ordeal.isQuiet()
            try ordeal.isJudged()
        }
    }
}

extension Ordeal {
    /// What the daemon has written down.
    var log: String { String(decoding: (try? Files.read(folder + "/hearthd.log")) ?? [], as: UTF8.self) }
}

extension String {
    /// How often a text stands in it.
    func components(of text: String) -> Int { ranges(of: text).count }
}
