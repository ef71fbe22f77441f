import Keeping
import Kit
import Shared
import Testing

@Suite("What nobody can know")
struct ResolveTests {
    private static func uncertain(_ house: Household) throws -> Int64 {
        try house.data("toy.shout", ["words": "hear, hear"])
        let parcel = try #require(house.courier.carried.last)
        house.receive(Receipt(parcel: parcel.id, outcome: .uncertain("the channel was too busy"), tries: 3))
        return parcel.id
    }

    private static func phase(_ id: Int64, _ house: Household) throws -> String? {
        try house.store.first("SELECT state FROM house_outbox WHERE id = \(id)") { $0.text(0) }
    }

    @Test func `P4: what may or may not have arrived is shown until somebody says what became of it`() throws {
        let house = try Household()
        let id = try Self.uncertain(house)
        let row = try house.data("house.outbox")["rows"]?[0]
        #expect(row?["phase"] == "uncertain" && row?["note"] == "the channel was too busy")
        #expect(try house.data("house.status")["signs"]?.array?.contains { $0["key"] == "uncertain" } == true)
        #expect(try house.data("house.resolve", ["id": .int(id), "verdict": "arrived"])["phase"] == "done")
        #expect(try Self.phase(id, house) == "done")
        #expect(try house.refusal("house.resolve", ["id": .int(id), "verdict": "dropped"]).kind == .conflict)
        #expect(try house.refusal("house.resolve", ["id": 999, "verdict": "again"]).kind == .notFound)
    }

    @Test func `it goes out again with its own nonce, or is let go`() throws {
        let house = try Household()
        let id = try Self.uncertain(house)
        let first = try #require(house.courier.carried.last)
        #expect(try house.data("house.resolve", ["id": .int(id), "verdict": "again"])["phase"] == "waiting")
        let again = try #require(house.courier.carried.last)
        #expect(house.courier.carried.count == 2 && again.id == id && again.nonce == first.nonce)
        #expect(again.effect == first.effect && again.firstTried == nil && again.tries == 0)
        let other = try Self.uncertain(house)
        #expect(try house.data("house.resolve", ["id": .int(other), "verdict": "dropped"])["phase"] == "dropped")
        #expect(try Self.phase(other, house) == "dropped")
    }
}
