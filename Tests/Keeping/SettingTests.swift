import Kit
import Shared
import Testing

struct SettingTests {
    @Test func `COR-13 a value is set for a server, shown with its origin and taken back`() throws {
        let house = try Household()
        let set = try house.data("house.set", ["name": "toy.reply", "value": "3.5"])
        #expect(set["value"]?.double == 3.5)
        #expect(set["before"]?.double == 2)
        let row = try house.data("house.settings", ["name": "toy"])["rows"]?[0]
        #expect(row?["value"]?.double == 3.5)
        #expect(row?["origin"]?.text == "guild")
        #expect(row?["version"] == set["version"])
        #expect(
            try house.data("house.settings", ["name": "toy"], in: Household.kitchen)["rows"]?[0]?["origin"]?.text == "default")
        try house.data("house.unset", ["name": "toy.reply"])
        #expect(try house.reply() == 2)
    }

    @Test func `what is set near counts before what is set far`() throws {
        let house = try Household()
        try house.data("house.set", ["name": "toy.reply", "value": 5, "scope": "house"])
        #expect(try house.reply() == 5)
        try house.data("house.set", ["name": "toy.reply", "value": 6])
        #expect(try house.reply() == 6)
        try house.data("house.set", ["name": "toy.reply", "value": 7, "scope": "channel", "target": "#talk"])
        let row = try house.data("house.settings", ["name": "toy.reply"])["rows"]?[0]
        #expect(row?["value"]?.double == 6)
        #expect(row?["nearer"]?[0]?["value"]?.double == 7)
    }

    @Test func `a stale version is a conflict and changes nothing`() throws {
        let house = try Household()
        let first = try #require(try house.data("house.set", ["name": "toy.reply", "value": 3])["version"]?.int)
        guard case .reply = try house.ask("house.set", ["name": "toy.reply", "value": 4], ifVersion: first) else {
            Issue.record("the seen version must be accepted")
            return
        }
        #expect(try house.refusal("house.set", ["name": "toy.reply", "value": 5], ifVersion: first).kind == .conflict)
        #expect(try house.reply() == 4)
    }

    @Test func `a value that was taken back and set again has another version`() throws {
        let house = try Household()
        let first = try #require(try house.data("house.set", ["name": "toy.reply", "value": 3])["version"]?.int)
        try house.data("house.unset", ["name": "toy.reply"])
        try house.data("house.set", ["name": "toy.reply", "value": 4])
        #expect(try house.refusal("house.unset", ["name": "toy.reply"], ifVersion: first).kind == .conflict)
    }

    @Test func `undo puts back what was there before, or nothing`() throws {
        let house = try Household()
        try house.data("house.set", ["name": "toy.reply", "value": 3])
        try house.data("house.set", ["name": "toy.reply", "value": 4])
        try house.undoLast()
        #expect(try house.reply() == 3)
        try house.data("house.unset", ["name": "toy.reply"])
        try house.undoLast()
        #expect(try house.reply() == 3)
        try house.data("house.set", ["name": "toy.reply", "value": 9, "scope": "channel", "target": "talk"])
        try house.undoLast()
        #expect(try house.count("SELECT COUNT(*) FROM house_settings WHERE scope = 'channel'") == 0)
    }

    @Test func `a dry run shows before and after and leaves everything as it was`() throws {
        let house = try Household()
        guard case .planned(let plan, _, _) = try house.ask("house.set", ["name": "toy.reply", "value": 3], isDryRun: true)
        else {
            Issue.record("a dry run answers a plan")
            return
        }
        #expect(plan.changes == [Change("setting toy.reply of guild \(Household.tea)", before: .double(2), after: .double(3))])
        #expect(try house.reply() == 2)
        #expect(try house.count("SELECT COUNT(*) FROM house_settings") == 0)
        #expect(try house.count("SELECT COUNT(*) FROM toy_changes") == 0)
    }

    @Test func `listeners of the news already obey the new value`() throws {
        let house = try Household()
        #expect(try house.reply() == 2)
        try house.data("house.set", ["name": "toy.reply", "value": 8])
        #expect(try house.store.all("SELECT value FROM toy_changes") { $0.double(0) } == [8])
    }

    @Test func `only owners set what counts in the whole house`() throws {
        let house = try Household()
        let words: JSON = ["name": "toy.reply", "value": 3, "scope": "house"]
        #expect(try house.refusal("house.set", words, as: Household.admin).kind == .forbidden)
        #expect(
            try house.refusal("house.set", ["name": "toy.reply", "value": 3], in: nil, as: Household.admin).kind == .forbidden)
        #expect(try house.refusal("house.set", ["name": "toy.reply", "value": 3], as: Household.viewer).kind == .forbidden)
        try house.data("house.set", ["name": "toy.reply", "value": 3], as: Household.admin)
        try house.data("house.set", words)
        #expect(try house.count("SELECT COUNT(*) FROM house_settings") == 2)
    }

    @Test func `nobody sets anything in a channel of another server`() throws {
        let house = try Household()
        let refusal = try house.refusal(
            "house.set",
            ["name": "toy.reply", "value": 3, "scope": "channel", "target": .id(Household.pantry)], as: Household.admin)
        #expect(refusal.kind == .notFound)
        #expect(refusal.field == "target")
    }

    @Test func `what is set to a channel is set to one of the server, and told by its name`() throws {
        let house = try Household()
        let foreign = try house.refusal("house.set", ["name": "toy.place", "value": .id(Household.pantry)])
        #expect(foreign.kind == .notFound && foreign.field == "value")
        #expect(foreign.sentence == "There is no channel \(Household.pantry) in this server.")
        #expect(
            try house.refusal("house.set", ["name": "toy.place", "value": "tlak"]).hint?.hasPrefix("Did you mean \"talk\"?")
                == true)
        #expect(
            try house.said("house.set", ["name": "toy.place", "value": "#talk"])
                == ["toy.place is now #talk in this server. It was none."])
        #expect(try house.said("house.settings", ["name": "toy.place"])[1] == "toy.place  #talk  (guild) Where it is told")
    }

    @Test func `a typo is told the nearest name, a bad value is quoted`() throws {
        let house = try Household()
        let unknown = try house.refusal("house.set", ["name": "toy.repyl", "value": 3])
        #expect(unknown.kind == .notFound)
        #expect(unknown.hint == "Did you mean toy.reply?")
        let bad = try house.refusal("house.set", ["name": "toy.reply", "value": "many"])
        #expect(bad.kind == .invalid)
        #expect(bad.field == "value")
        #expect(bad.sentence.contains("\"many\""))
        let far = try house.refusal("house.set", ["name": "house.zone", "value": "UTC", "scope": "channel", "target": "talk"])
        #expect(far.field == "scope")
    }
}
