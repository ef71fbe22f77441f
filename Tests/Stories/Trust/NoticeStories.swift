import Kit
import Shared
import Simulator
import Testing

extension Stories {
    @Suite("Notices") struct NoticeStories {
        @Test(
            "DEP-11, PRV-01: one place decides privately, in the channel or not at all, by wishes, hours and a budget for each day, and can say why"
        )
        func decides() throws {
            try Story.told { story in
                let owner = story.member("owner")
                let people = ["ann", "ben", "cat", "dan"].map { story.member($0) }
                for one in people { try story.says(one, "hello") }
                func set(_ name: String, _ value: JSON) throws {
                    try story.asks("house.set", ["name": .string(name), "value": value])
                }
                try set("events.reminders", "1h")
                try set("events.remind_by", "privately")
                try set("privacy.messages", 1)
                let (ann, ben, cat, dan) = (people[0], people[1], people[2], people[3])
                #expect(try story.uses(ben, "privacy decline", ["what": "messages"]).contains("no private message"))
                #expect(try story.uses(cat, "privacy hours", ["hours": "00:00-23:59"]).contains("00:00-23:59"))
                _ = try story.uses(dan, "privacy decline", ["what": "messages"])
                _ = try story.uses(dan, "privacy decline", ["what": "pings"])
                func meets(_ title: String, _ when: String) throws {
                    let made = try story.asks(
                        "events.create", ["title": .string(title), "start": .string(when), "channel": .id(story.general)])
                    let id = try #require(made["id"])
                    for one in people { try story.asks("events.rsvp", ["id": id, "answer": "going", "as": .id(one)]) }
                }
                try meets("Tea", "today 15:00")
                try meets("Cake", "today 16:00")
                try story.minutes(130)
                try story.quiet()
                func outcomes(_ member: ID<Member>) throws -> [String] {
                    try story.asks("privacy.notices", ["member": .id(member)])["rows"]?.array?.compactMap { row in
                        "\(row["outcome"]?.text ?? "") \(row["reason"]?.text ?? "")"
                    } ?? []
                }
                #expect(try outcomes(ann) == ["private "])
                #expect(try outcomes(ben) == ["channel wants no private messages"])
                #expect(try outcomes(cat) == ["channel wants to be left in peace from 00:00-23:59"])
                #expect(try outcomes(dan) == ["none wants no private messages"])
                #expect(story.discord.privateMessages(with: ann).count == 1)
                try story.minutes(60)
                #expect(try outcomes(ann) == ["channel has had 1 private messages today", "private "])
                let shown = try story.uses(ann, "privacy notices")
                #expect(shown.contains("told privately") && shown.contains("has had 1 private messages today"), "\(shown)")
                #expect(try story.uses(ann, "privacy notices", ["member": .member(ben)]).contains("for moderators"))
                #expect(
                    try story.uses(owner, "privacy notices", ["member": .member(dan)]).contains("wants no private messages"))
                let own = try story.asks("privacy.export", ["as": .id(cat)])["privacy"]
                #expect(own?["quiet_hours"]?[0]?["hours"] == "00:00-23:59" && own?["notices"]?.array?.isEmpty == false)
                #expect(try story.fails("privacy.hours", ["hours": "25-26", "as": .id(cat)]).field == "hours")
                #expect(try story.uses(cat, "privacy hours", ["hours": "none"]).contains("at any hour"))
                try story.days(9)
                #expect(try story.number("SELECT COUNT(*) FROM privacy_notices") == 0, "kept for a week")
            }
        }
    }
}
