import Kit
import Shared
import Store
import Testing

struct QuarantineTests {
    private static let restored = Instant(seconds: 1_699_999_500)

    /// As a restore leaves it: one message from before, and the mark.
    private static func restore(_ store: SQLiteWriter) throws {
        try store.begin()
        let effect = #"{"post":{"channel":{"known":{"_0":"1"}},"_1":{}}}"#
        try store.run("INSERT INTO house_state (key, value) VALUES ('quarantined_since', \(String(restored.milliseconds)))")
        try store.run(
            """
            INSERT INTO house_outbox (id, lane, cause, step, guild, effect, nonce, caused, created, state, tries)
            VALUES (1, 1, 'm1', 0, NULL, \(effect), 'h1', \(restored - 1.hours), \(restored - 1.hours), 'waiting', 0)
            """)
        try store.commit()
    }

    @Test func `a restored house holds back what is older until an owner releases it`() throws {
        let house = try Household()
        try house.data("toy.shout", ["words": "before"])
        let old = try #require(house.courier.carried.last)
        let effect = try #require(try house.store.first("SELECT effect FROM house_outbox WHERE id = \(old.id)") { $0.text(0) })

        let restored = try Household { store in
            try Self.restore(store)
            try store.begin()
            try store.run("UPDATE house_outbox SET effect = \(effect)")
            try store.commit()
        }
        #expect(restored.courier.carried.isEmpty)
        #expect(try restored.data("house.status")["signs"]?.array?.contains { $0["key"] == "quarantine" } == true)
        try restored.data("toy.shout", ["words": "after"])
        #expect(restored.courier.carried.map(\.id) == [2])
        #expect(try restored.refusal("house.release", as: Household.admin).kind == .forbidden)
        _ = try restored.ask("house.release", isDryRun: true)
        #expect(restored.courier.carried.map(\.id) == [2])

        #expect(try restored.data("house.release")["held"] == 1)
        #expect(restored.courier.carried.map(\.id) == [2, 1])
        #expect(try restored.refusal("house.release").kind == .conflict)
        #expect(try restored.data("house.status")["signs"]?.array?.contains { $0["key"] == "quarantine" } == false)
    }
}
