import Engine
import Kit
import Machine
import Shared
import Testing

struct ProcessTests {
    @Test func `status says how the house is, to everyone on the socket`() throws {
        let house = try Household()
        house.vitals.note(LinkState(shard: 0, phase: .connected, latencyMilliseconds: 41))
        let status = try house.data("house.status", in: nil, as: Household.viewer)
        #expect(status["state"] == "ok")
        #expect(status["version"] == "1.0")
        #expect(status["uptime_ms"] == 1_000_000)
        #expect(status["latency_ms"] == 41)
        let keys = try house.lines(of: "house.overview", as: Household.viewer).map(\.key)
        #expect(Set(keys).isSuperset(of: ["gateway", "latency", "store", "outbox", "faults", "uptime"]))
    }

    @Test func `servers are listed as Discord told us`() throws {
        let house = try Household()
        house.say("hello")
        house.happen(.guildUnavailable(Household.kitchen))
        let rows = try house.data("house.guilds", in: nil, as: Household.viewer)["rows"]
        #expect(rows?.array?.map { $0["name"] } == ["Kitchen", "Tea House"])
        #expect(rows?.array?.map { $0["state"] } == ["warn", "ok"])
        #expect(rows?.array?.map { $0["messages_today"] } == [0, 1])
        #expect(rows?.array?.map { $0["points_today"]?.double } == [0, 1.5])
        #expect(try house.lines(of: "house.guilds").count == 2)
    }

    @Test func `members learn nothing of the process, whatever they may do in their server`() throws {
        let house = try Household()
        house.say("E!house clients")
        let said = try #require(house.courier.carried.last?.effect)
        guard case .post(_, let post) = said else { return #expect(Bool(false), "\(said)") }
        #expect(post.card.tone == .refused)
        #expect(post.card.text.pieces.contains(.quoted("This is for the owners of this bot.")))
    }

    @Test func `faults are listed and struck from the list`() throws {
        let house = try Household()
        guard case .failed(let reference) = try house.ask("toy.stumble") else { return #expect(Bool(false)) }
        #expect(try house.data("house.faults", in: nil)["rows"]?[0]?["reference"]?.text == reference)
        #expect(try house.data("house.status")["state"] == "warn")
        #expect(try house.refusal("house.clear_faults", ["reference": "NONE"]).kind == .notFound)
        #expect(try house.data("house.clear_faults", ["reference": .string(reference)])["cleared"] == 1)
        #expect(try house.lines(of: "house.faults").isEmpty)
    }

    @Test func `a client is disconnected once that is on disk, and never by a dry run`() throws {
        let house = try Household()
        let ended = Lock<[String]>([])
        house.vitals.connect(
            clients: { [["id": "3", "name": "ada"]] },
            disconnect: { client in
                ended.locked { $0.append(client) }
                return true
            }, log: { _ in [] }, extra: { [] })
        _ = try house.ask("house.disconnect", ["client": "3"], isDryRun: true)
        #expect(ended.locked { $0 } == [])
        #expect(try house.refusal("house.disconnect", ["client": "4"]).kind == .notFound)
        try house.data("house.disconnect", ["client": "3"])
        #expect(ended.locked { $0 } == ["3"])
    }

    @Test func `a backup keeps to its folder and is for owners`() throws {
        let house = try Household()
        #expect(try house.data("house.backup", ["name": "monday.db"])["path"] == "/backups/monday.db")
        #expect(try house.refusal("house.backup", ["name": "../../etc/passwd"]).field == "name")
        #expect(try house.refusal("house.backup", as: Household.admin).kind == .forbidden)
    }

    @Test func `what is due and what is on its way can be seen`() throws {
        let house = try Household()
        let timers = try house.data("house.timers")["rows"]
        #expect(timers?[0]?["job"] == "house.sweep")
        #expect(timers?[0]?["every_ms"] == 3_600_000)
        try house.data("toy.shout", ["words": "hey"])
        let row = try house.data("house.outbox")["rows"]?[0]
        #expect(row?["kind"] == "post")
        #expect(row?["phase"] == "waiting")
        #expect(try house.data("house.outbox", in: Household.kitchen)["rows"] == [])
        #expect(try house.data("house.router")["rows"]?.array?.contains { $0["handler"] == "toy.shout" } == true)
        #expect(try house.data("house.gaps")["rows"] == [])
        #expect(try house.data("house.jobs")["rows"] == [])
    }
}
