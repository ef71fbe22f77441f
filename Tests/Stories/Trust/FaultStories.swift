import Kit
import Shared
import Simulator
import Testing

extension Stories {
    @Suite("Faults") struct FaultStories {
        private static var setting: Story.Setting { Story.Setting(features: Story.Setting().features + [Playground.feature]) }

        @Test("DEP-13, OPS-09: faults are grouped, counted, posted once to staff with their reference, listed and cleared")
        func told() throws {
            try Story.told(Self.setting) { story in
                let (owner, ann) = (story.member("owner"), story.member("ann"))
                let (staff, keepers) = (story.channel("staff"), story.channel("keepers"))
                let elsewhere = story.discord.guild("Night Market")
                let market = story.discord.channel("general", in: elsewhere)
                try story.asks("house.set", ["name": "house.fault_channel", "value": .id(staff)])
                try story.asks("house.set", ["name": "house.fault_channel", "value": .id(keepers), "scope": "house"])
                let answer = try story.writes(ann, "E!stumble")
                _ = try story.uses(ann, "playground stumble")
                _ = try story.writes(story.discord.member("ben", in: elsewhere), in: market, "E!stumble")
                let rows = try story.asksAnywhere("house.faults")["rows"]?.array ?? []
                #expect(rows.count == 1 && rows[0]["times"] == 3 && rows[0]["servers"] == 2, "\(rows)")
                let reference = try #require(rows.first?["reference"]?.text)
                #expect(answer.contains(reference))
                for channel in [staff, keepers] {
                    let told = try story.quietMessages(in: channel)
                    #expect(told.count == 1 && told[0].contains(reference) && told[0].contains("playground.stumble"), "\(told)")
                }
                #expect(try story.quietMessages(in: staff)[0].contains("Stumble()") == false, "words may be another server's")
                let listed = try story.uses(owner, "house faults")
                #expect(listed.contains(reference) && listed.contains("2 times") && !listed.contains("Stumble()"), "\(listed)")
                let page = try story.asksAnywhere("house.fault", ["reference": .string(reference.lowercased())])
                #expect(page["message"] == "Stumble()" && page["places"]?.array?.count == 2)
                #expect(try story.uses(owner, "house clear_faults").contains("1 fault is struck"))
                #expect(try story.uses(owner, "house faults").contains("All is well"))
                #expect(try story.asksAnywhere("house.faults")["rows"]?[0]?["servers"] == 1, "the other server's stays")
                _ = try story.writes(ann, "E!stumble")
                #expect(try story.quietMessages(in: staff).count == 2, "cleared, and then it happened again")
                #expect(try story.quietMessages(in: keepers).count == 1, "the house has heard of it")
                #expect(try story.asksAnywhere("house.clear_faults", ["reference": .string(reference)])["cleared"] == 1)
                #expect(try story.asksAnywhere("house.faults")["rows"]?.array == [])
            }
        }

        @Test("DEP-13: a read that falls over is in the list too, and wrong references are said to be wrong")
        func reading() throws {
            try Story.told(Self.setting) { story in
                let refused = try story.fails("playground.trip")
                #expect(refused.name == "failed", "\(refused)")
                let rows = try story.asksAnywhere("house.faults")["rows"]?.array ?? []
                #expect(rows.map { $0["handler"] } == ["playground.trip"], "\(rows)")
                let reference = try #require(rows.first?["reference"]?.text)
                let near = String(reference.dropLast()) + "_"
                #expect(try story.fails("house.fault", ["reference": .string(near)]).hint == "Did you mean \(reference)?")
                #expect(try story.fails("house.clear_faults", ["reference": "' OR 1=1"]).field == "reference")
                let ann = story.member("ann")
                #expect(try story.uses(ann, "house faults").contains("Time Out Members"))
                #expect(
                    try story.uses(story.member("owner"), "house fault", ["reference": .text(reference)]).contains(reference))
            }
        }
    }
}

extension Story {
    /// What is refused on the socket; an answer fails the story.
    func fails(
        _ method: String, _ params: JSON = [:], in guild: ID<Guild>? = nil, _ sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> ControlError {
        do {
            let answer = try asks(method, params, in: guild)
            Issue.record("\(method) answered \(answer)", sourceLocation: sourceLocation)
            return ControlError(name: "", message: "")
        } catch let error as ControlError { return error }
    }
}
