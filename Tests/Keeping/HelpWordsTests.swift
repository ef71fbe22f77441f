import Kit
import Shared
import Testing

struct HelpWordsTests {
    private func first(_ about: String, in house: Household, as person: Asker.Operator = Household.owner) throws -> String? {
        try house.data("house.help", ["about": .string(about)], as: person)["rows"]?[0]?["name"]?.text
    }

    @Test(arguments: [
        ("how do I copy everything?", "house.backup"), ("what went wrong", "house.faults"), ("SHOUT", "toy.shout"),
        ("who is connected", "house.clients"), ("change an option", "house.settings"), ("shuot", "toy.shout"),
        ("who did what", "audit.list"), ("switch a feature off", "house.disable"), ("revert", "audit.undo"),
    ])
    func `help finds what somebody wants in their own words`(about: String, command: String) throws {
        #expect(try first(about, in: Household()) == command)
    }

    @Test func `what cannot be used here says why, and what would help`() throws {
        let house = try Household()
        func row(_ about: String, as person: Asker.Operator) throws -> JSON? {
            try house.data("house.help", ["about": .string(about)], as: person)["command"]
        }
        #expect(
            try row("house set", as: Household.viewer)?["why_not"] == "it takes the role admin, and yours is viewer")
        #expect(try row("house set", as: Household.owner)?["why_not"] == nil)
        try house.data("house.disable", ["feature": "toy"])
        let off = try row("toy shout", as: Household.owner)
        #expect(off?["why_not"] == "toy is switched off here; an admin can switch it on with house enable toy")
        #expect(try house.said("house.help", ["about": "loudly"]).joined().contains("switched off here"))
        #expect(try house.said("house.help", ["about": "toy shout"]).joined().contains("you cannot here"))
    }

    @Test func `nonsense finds nothing and says where to look`() throws {
        let house = try Household()
        for about in ["xyzzy plugh", "???", "zzzzzzzz"] {
            #expect(try house.refusal("house.help", ["about": .string(about)]).kind == .notFound, "\(about)")
        }
    }
}
