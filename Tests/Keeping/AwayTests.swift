import Engine
import Keeping
import Kit
import Machine
import Shared
import Testing

struct AwayTests {
    private static let mo = Asker.Operator(user: 1000, name: "bots", alias: "mo", role: .admin, client: "console")
    private static let ayla = Asker.Operator(user: 1000, name: "bots", alias: "ayla", role: .admin, client: "console")

    @Test func `LEAD-29: who comes back learns what others did, what failed and what ended, and nothing of their own`() throws {
        let house = try Household()
        #expect(try house.data("house.away", in: nil, as: Self.mo)["first"] == true)
        house.leaves(Self.mo)
        #expect(try house.data("house.away", in: nil, as: Self.mo)["quiet"] == true)
        house.pass(1.hours)
        try house.data("house.set", ["name": "toy.reply", "value": 4], as: Self.ayla)
        try house.data("house.set", ["name": "toy.reply", "value": 5], as: Self.mo)
        _ = try house.ask("toy.stumble")
        let past = try house.data("house.away", in: nil, as: Self.mo)
        #expect(past["quiet"] == false && past["since_ms"] == .int(1_700_000_000_000))
        #expect(past["changes"]?.array?.map { $0["who"] } == ["ayla (bots)"])
        #expect(past["changes"]?[0]?["command"] == "house.set" && past["faults"]?.array?.count == 1)
        #expect(try house.said("house.away", ["since": "2001-01-01"]).contains { $0.contains("house.set") })
        house.leaves(Self.mo)
        #expect(try house.data("house.away", in: nil, as: Self.mo)["quiet"] == true)
        #expect(try house.data("house.away", in: nil, as: Self.ayla)["first"] == true)
    }

    @Test func `what happened is for moderators and for nobody in Discord`() throws {
        let house = try Household()
        #expect(try house.refusal("house.away", in: nil, as: Household.viewer).kind == .forbidden)
        #expect(try house.refusal("house.away", ["since": "the day of days"], in: nil, as: Self.mo).field == "since")
        house.say("E!house away")
        guard case .post(_, let post)? = house.courier.carried.last?.effect else { return #expect(Bool(false)) }
        #expect(post.card.tone == .refused)
    }

    @Test func `LEAD-29: people are those who are here, then those who were, each once`() throws {
        let house = try Household()
        house.leaves(Self.ayla)
        house.leaves(Self.mo)
        let client: JSON = [
            "id": "3", "user": 1000, "name": "bots", "alias": "mo", "role": "admin", "client": "console", "since_ms": 9000,
        ]
        house.vitals.connect(
            clients: { [client, client, ["id": "4", "user": 1, "name": "cron", "client": "hearth"]] },
            disconnect: { _ in false }, log: { _ in [] }, extra: { [] })
        let rows = try house.lines(of: "house.people").map(\.row)
        #expect(rows.map { $0["person"] } == ["mo (bots)", "ayla (bots)"])
        #expect(rows.map { $0["state"] } == ["ok", "off"] && rows.map { $0["since_ms"] } == [9000, nil])
        #expect(rows[0]["left_ms"] == nil && rows[1]["left_ms"] == .int(1_700_000_000_000))
        #expect(try house.said("house.people", [:]).joined().contains("ayla (bots)"))
    }
}
