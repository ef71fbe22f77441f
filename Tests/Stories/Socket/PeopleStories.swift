import Kit
import Settings
import Shared
import Simulator
import Testing

extension Stories {
    @Suite("People in the console") struct PeopleStories {
        @Test("LEAD-29, LEAD-30: two share a login; each is named in the audit, linked in Discord, and told what the other did")
        func shared() throws {
            try Story.told { story in
                let (owner, ann) = (story.member("owner"), story.member("ann"))
                let mo = try story.sits("mo")
                let code = try #require(try mo.ask("house.link")["code"]?.text)
                #expect(try story.uses(ann, "house confirm", ["code": .text(code)]).contains("moderators"))
                #expect(try story.uses(owner, "house confirm", ["code": "AAAA-AAAA"]).contains("no code that counts"))
                #expect(try story.uses(owner, "house confirm", ["code": .text(code)]).contains("in the console is"))
                do {
                    let ayla = try story.sits("ayla")
                    let people = try ayla.ask("house.people")["rows"]?.array ?? []
                    #expect(people.filter { $0["state"] == "ok" }.map { $0["name"] } == ["ayla", "mo"])
                    #expect(people.first { $0["name"] == "mo" }?["member"]?["id"] == .id(owner))
                }
                try story.waits("ayla's leaving to be written down") {
                    try story.number("SELECT COUNT(*) FROM house_visits WHERE alias = 'ayla'") == 1
                }
                try story.minutes(5)
                _ = try mo.ask("house.set", ["name": "activity.reply", "value": 3, "guild": .id(story.guild)])
                let past = try story.sits("ayla").ask("house.away")
                #expect(past["quiet"] == false && past["changes"]?.array?.count == 1)
                let who = past["changes"]?[0]?["who"]?.text ?? ""
                #expect(who.hasPrefix("mo (") && who.contains("), ") && who.hasSuffix(" in Discord"), "\(who)")
                #expect(try story.uses(owner, "house unlink").contains("linked with nobody"))
                story.scoring.reply = 3000
            }
        }
    }
}

extension Story {
    /// Somebody opens a console under a name of their own; it ends with this value.
    fileprivate func sits(_ name: String) throws -> SocketClient {
        let client = try SocketClient(configuration.control.socket)
        _ = try client.ask("hello", ["client": "console", "name": .string(name)])
        return client
    }
}
