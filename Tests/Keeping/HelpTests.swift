import Kit
import Shared
import Testing

struct HelpTests {
    private func names(_ data: JSON) -> [String] { data["rows"]?.array?.compactMap { $0["name"]?.text } ?? [] }

    @Test func `without a word it lists what the asker may do`() throws {
        let house = try Household()
        let all = names(try house.data("house.help"))
        #expect(all.contains("house.release") && all.contains("toy.shout"))
        let few = names(try house.data("house.help", as: Household.viewer))
        #expect(few.contains("toy.shout") && !few.contains("house.release"))
    }

    @Test func `a word is looked for in names first, then in what commands do`() throws {
        let house = try Household()
        #expect(names(try house.data("house.help", ["about": "loudly"])) == ["toy.shout"])
        #expect(names(try house.data("house.help", ["about": "setting"])).first == "house.settings")
        #expect(
            names(try house.data("house.help", ["about": "audit"])) == [
                "audit.list", "audit.show", "audit.undo", "audit.verify",
            ])
    }

    @Test func `one command has a page of its own, by any of its names`() throws {
        let house = try Household()
        let page = try house.data("house.help", ["about": "house set"], as: Household.viewer)["command"]
        #expect(page?["name"] == "house.set")
        #expect(page?["allowed"] == false)
        #expect(page?["usage"]?.text == "hearth house set --name … --value … [--scope …] [--target …]")
        #expect(page?["parameters"]?[2]?["kind"] == "house, guild, channel, role")
        #expect(try house.data("house.help", ["about": "help"])["command"]?["name"] == "house.help")
    }

    @Test func `what is unknown is answered with the nearest`() throws {
        let house = try Household()
        #expect(try house.refusal("house.help", ["about": "house.stauts"]).hint == "Did you mean house status?")
    }

    @Test func `in a message it speaks with the server's prefix`() throws {
        let house = try Household()
        try house.data("house.set", ["name": "house.prefixes", "value": "! ?"])
        house.say("!help toy shout")
        let said = try #require(house.courier.carried.last?.effect)
        guard case .post(_, let post) = said else { return #expect(Bool(false), "\(said)") }
        #expect(post.card.fields.first?.value == Phrase([.code("!toy shout words: …")]))
    }
}
