import Kit
import Shared
import Testing

struct SwitchTests {
    private func heard(_ house: Household) throws -> Int64 { try house.count("SELECT COUNT(*) FROM toy_words") }

    @Test func `a feature that is switched off hears nothing, and hears again afterwards`() throws {
        let house = try Household()
        house.say("one")
        #expect(try heard(house) == 1)
        try house.data("house.disable", ["feature": "toy"], as: Household.admin)
        house.say("two")
        #expect(try heard(house) == 1)
        #expect(try house.refusal("toy.shout", ["words": "hey"]).kind == .unavailable)
        try house.undoLast()
        house.say("three")
        #expect(try heard(house) == 2)
    }

    @Test func `the list of features says what is on and why`() throws {
        let house = try Household()
        try house.data("house.disable", ["feature": "toy", "scope": "house"])
        func row(_ guild: ID<Guild>) throws -> JSON? {
            try house.data("house.features", in: guild)["rows"]?.array?.first { $0["feature"] == "toy" }
        }
        #expect(try row(Household.tea)?["on"] == false)
        #expect(try row(Household.tea)?["origin"] == "house")
        try house.data("house.enable", ["feature": "toy"])
        #expect(try row(Household.tea)?["on"] == true)
        #expect(try row(Household.kitchen)?["on"] == false)
    }

    @Test func `one server's admin switches nothing for the others`() throws {
        let house = try Household()
        #expect(
            try house.refusal("house.disable", ["feature": "toy", "scope": "house"], as: Household.admin).kind == .forbidden)
    }

    @Test func `the house cannot be switched off, nor what was switched off at the start be switched on`() throws {
        let house = try Household(featuresOff: ["toy"])
        #expect(try house.refusal("house.disable", ["feature": "house"]).kind == .conflict)
        #expect(try house.refusal("house.enable", ["feature": "toy"]).kind == .unavailable)
        #expect(try house.count("SELECT COUNT(*) FROM house_settings") == 0)
        #expect(try house.refusal("house.enable", ["feature": "tyo"]).hint == "Did you mean toy?")
    }

    @Test func `a server that I am not in is not found, also by a command that changes something`() throws {
        let house = try Household()
        let nowhere = ID<Guild>(firstAt: Instant(seconds: 1_500_000_000))
        #expect(try house.refusal("toy.shout", ["words": "hey"], in: nowhere).kind == .notFound)
        #expect(try house.refusal("house.disable", ["feature": "toy"], in: nowhere).kind == .notFound)
    }
}
