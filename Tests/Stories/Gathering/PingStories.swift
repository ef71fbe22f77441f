import Kit
import Shared
import Simulator
import Testing

extension Stories {
    @Suite("Pings") struct PingsStories {
        @Test("PNG-01, CMD-01: a ping is added, listed, changed and removed through every door, also in the old form")
        func doors() throws {
            try Story.told { story in
                let owner = story.member("owner")
                let added = try story.writes(owner, "E!add_ping <#\(story.general)> 60 5")
                #expect(added.contains("Ping 1 is set up") && added.contains("every 1 h"), "\(added)")
                #expect(added.contains("add_ping is now E!pings add <channel>"), "\(added)")
                #expect(try story.uses(owner, "pings list").contains("top 5 of week, every 1 h"))
                #expect(try story.uses(owner, "pings edit", ["id": 1, "top": 2]).contains("Mentions the top 2"))
                #expect(try story.asks("pings.pause", ["id": 1])["state"] == "paused")
                #expect(try story.writes(owner, "E!remove_ping 1").contains("is removed"))
                #expect(try story.writes(owner, "E!list_pings").contains("There are none"))
                #expect(try story.writes(story.member("ann"), "E!add_ping <#\(story.general)> 60 5").contains("Manage Server"))
                try story.seconds(11)
                #expect(try !story.writes(owner, "E!add_ping <#\(story.general)> 90").contains("is now"), "once is enough")
                #expect(try story.writes(owner, "E!add_ping #nowhere 60 5").contains("There is no channel"))
            }
        }

        @Test("PNG-02, PNG-03: it comes when it is due, once through a restart, in its own words, to the most active alone")
        func occurrences() throws {
            try Story.told { story in
                let (ann, ben, cat) = (story.member("ann"), story.member("ben"), story.member("cat"))
                for (person, count) in [(ben, 3), (cat, 2), (ann, 1)] {
                    for line in 0..<count { try story.says(person, "line \(line)") }
                }
                let first = try story.asks(
                    "pings.add",
                    ["channel": .id(story.general), "every": "1h", "top": 2, "text": "{members} lead {period} in {server}"])[
                        "next_ms"]?.int
                try story.minutes(59)
                #expect(try story.pings().isEmpty)
                try story.minutes(1)
                try story.restarts()
                try story.quiet()
                let pings = try story.pings()
                #expect(pings.map(\.content) == ["<@\(ben)> <@\(cat)> lead this week in Tea House"])
                #expect(try story.asks("pings.history")["rows"]?[0]?["due_ms"]?.int == first)
                story.closes()
                try story.hours(9)
                try story.opens()
                #expect(try story.pings().count == 1, "nine missed ones are no burst")
                #expect(try story.asks("pings.history")["rows"]?[0]?["outcome"] == "missed")
            }
        }

        @Test("PNG-04, PNG-05, PRV-01: who declines, was mentioned lately or has a spared role is passed over, and told why")
        func sparing() throws {
            try Story.told { story in
                let people = ["ann", "ben", "cat", "dan"].map { story.member($0) }
                for (number, person) in people.enumerated() {
                    for line in 0..<(4 - number) { try story.says(person, "line \(line)") }
                }
                let staff = story.discord.role("Staff", in: story.guild)
                story.discord.gives(staff, to: people[0], in: story.guild)
                try story.asks("pings.add", ["channel": .id(story.general), "every": "1h", "top": 1])
                #expect(
                    try story.uses(story.member("owner"), "pings spare", ["role": .role(staff)]).contains("No ping mentions"))
                #expect(try story.uses(people[1], "privacy decline", ["what": "pings"]).contains("I do not mention you"))
                try story.hours(1)
                #expect(try story.pings().map { $0.mentions.first } == [people[2]])
                let shown = try story.uses(story.member("owner"), "pings test", ["id": 1])
                #expect(shown.contains("wants no pings") && shown.contains("has the role Staff"), "\(shown)")
                #expect(shown.contains("was mentioned less than 6 h ago") && shown.contains("<@\(people[3])>"), "\(shown)")
            }
        }
    }
}

extension Story {
    /// What the bot has written in the general channel of its own accord.
    func pings() throws -> [MessageRecord] {
        try quiet()
        return discord.botMessages(in: general).filter { $0.reference == nil && $0.interaction == nil }
    }
}
