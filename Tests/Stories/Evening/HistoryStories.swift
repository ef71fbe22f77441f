import Kit
import Machine
import Shared
import Simulator
import Testing

extension Stories {
    @Suite("History") struct HistoryStories {
        @Test("LEAD-27, ACT-01, ACT-05: whoever invites the bot finds boards as if it had always been there, marked as history")
        func joined() throws {
            try Story.told { story in
                let club = story.discord.guild("Old Club", withBot: false)
                let people = ["ann", "ben", "cat"].map { story.discord.member($0, in: club) }
                let rooms = ["tea", "music", "quiet"].map { story.discord.channel($0, in: club) }
                let bee = story.discord.otherBot("bee", in: club)
                var last: Said?
                for day in 0..<8 {
                    for number in 0..<40 {
                        let person = people[(number * 7 + day) % 3]
                        if number % 5 == 4, let said = last {
                            last = try story.replies(person, to: said, "an answer")
                        } else {
                            last = try story.says(person, in: rooms[(number / 3 + day) % 2], "word \(number)")
                        }
                        if number % 11 == 0 { try story.says(bee, in: rooms[0], "buzz") }
                        story.clock.leap(.seconds(40 + number % 7 * 200))
                    }
                    story.clock.leap(day == 3 ? 40.hours : 17.hours)
                }
                story.discord.act { $0.inviteBot(to: club) }
                try story.waits("the club is known") { try story.number("SELECT COUNT(*) FROM history_servers") == 2 }
                try story.says(people[0], in: rooms[1], "welcome")
                try story.quiet()
                let shown = try story.asks("history.show", in: club)
                #expect(shown["messages"]?.int ?? 0 >= 352 && shown["reading"] == 0, "\(shown.line)")
                #expect(shown["rows"]?.array?.count == 2, "where nothing was ever said nothing is asked")
                let why = try story.asks("activity.why", ["member": .id(people[0]), "days": 30, "limit": 100], in: club)
                let deeds = why["rows"]?.array?.compactMap { $0["what"]?.text } ?? []
                #expect(deeds.first == "message" && deeds.dropFirst().allSatisfy { $0 == "message, from history" }, "\(deeds)")
                let hours = try story.number("SELECT SUM(messages) FROM activity_hours WHERE guild = \(club)")
                #expect(hours == 321, "the heatmap is real")
                let members = try story.number("SELECT SUM(members) FROM activity_hours WHERE guild = \(club)")
                let truth = try story.number(
                    """
                    SELECT COUNT(*) FROM (SELECT DISTINCT author, ((message >> 22) + 1420070400000) / 3600000 FROM activity_facts
                    WHERE guild = \(club)) AS seen
                    """)
                #expect(members == truth, "each is one member of an hour, in whatever order its channels were read")
                #expect(try story.asksAnywhere("house.jobs").line.contains("history.read"))
                let requests = story.discord.requests.count {
                    "\($0)".contains("GET /channels/") && "\($0)".contains("messages")
                }
                try story.restarts()
                try story.quiet()
                let later = story.discord.requests.count { "\($0)".contains("GET /channels/") && "\($0)".contains("messages") }
                #expect(later == requests, "what has been read is not read again")
            }
        }

        @Test(
            "LEAD-27: history is read by command: seen before, stopped, gone on with, and nobody is counted against their wish")
        func commanded() throws {
            var setting = Story.Setting()
            setting.isOpen = false
            try Story.told(setting) { story in
                let (ann, ben, eve) = (story.member("ann"), story.member("ben"), story.member("eve"))
                let secret = story.discord.channel(
                    "secret", in: story.guild,
                    overwrites: [Overwrite(id: story.guild.number, target: .role, deny: .readHistory)])
                try story.says(ann, in: secret, "nobody may read this later")
                for day in 0..<3 {
                    for number in 0..<120 {
                        try story.says([ann, ben, eve][number % 3], "line \(number) of day \(day)")
                        story.clock.leap(.seconds(number % 10 == 0 ? 900 : 20))
                    }
                    story.clock.leap(20.hours)
                }
                try story.opens()
                let opened = story.discord.now
                for one in [ben, eve] { try story.says(one, "hello, bot") }
                try story.seconds(1)
                let until = story.discord.now
                try story.asks("privacy.decline", ["what": "counting", "as": .id(ben)])
                _ = try story.asks("privacy.erase", confirmedIn: story, ["as": .id(eve)])
                let guild = story.guild
                story.scoring.leavesOut = { who, place, at in
                    place == secret || who == eve && at < until || who == ben && at < opened
                }
                let plan = try story.asks("history.preview")
                #expect(plan["channels"] == 1 && plan["days"] == 90 && plan["requests"]?.int ?? 0 >= 1, "\(plan.line)")
                #expect(plan["unread"]?[0]?["reason"]?.text?.contains("Read Message History") == true)
                #expect(plan["not_counted"]?.line.contains("reactions") == true)
                #expect(try story.number("SELECT COUNT(*) FROM house_past") == 0, "looking changes nothing")
                for (params, words) in [
                    (["days": 0], "between 1 and 3650"), (["days": "many"], "whole number"), (["dayz": 3], "Did you mean"),
                ] as [(JSON, String)] {
                    #expect(try story.refused("history.start", params).contains(words), "\(params.line)")
                }
                #expect(try story.refused("history.stop").contains("No history is being read"))
                story.discord.act { $0.faults.next(.unavailableBefore, times: 400, on: "GET /channels/{channel_id}/messages") }
                let unconfirmed = try story.refused("history.start")
                #expect(unconfirmed.contains("confirm") || unconfirmed.contains("Nothing"), "\(unconfirmed)")
                _ = try story.asks("history.start", confirmedIn: story)
                #expect(try story.asks("history.stop")["channels"] == 1)
                story.discord.act { $0.faults.stop() }
                #expect(try story.asks("history.show")["rows"]?[0]?["state"] == "stopped")
                try story.restarts()
                #expect(try story.asks("history.show")["reading"] == 0, "what was stopped stays so")
                _ = try story.asks("history.start", confirmedIn: story)
                try story.quiet()
                #expect(try story.asks("history.show")["rows"]?[0]?["part"] == 100)
                let counted = try story.number("SELECT COUNT(*) FROM activity_facts WHERE guild = \(guild)")
                #expect(counted == 121, "ann's in the only channel that may be read, and ben's that was counted live")
                #expect(try story.refused("history.start").contains("has been read"))
                _ = try story.asks("history.start", confirmedIn: story, ["again": true])
                try story.quiet()
                let all = try story.number("SELECT COUNT(*) FROM activity_facts WHERE guild = \(guild)")
                #expect(all == counted, "what is read again is not counted again")
            }
        }
    }
}

extension Story {
    /// Asks, is shown the plan, and confirms exactly that.
    func asks(_ method: String, confirmedIn story: Story, _ params: JSON = [:]) throws -> JSON {
        do { return try asks(method, params) } catch let error as ControlError where error.name == "confirmation_needed" {
            var object = params.object ?? .init()
            object["confirm"] = error.data["confirm"]
            return try asks(method, .object(object))
        }
    }

    /// Asks for what cannot be; answers what the refusal says.
    func refused(_ method: String, _ params: JSON = [:]) throws -> String {
        do {
            return "done: " + (try asks(method, params).line)
        } catch let error as ControlError { return [error.message, error.hint ?? ""].joined(separator: " ") }
    }
}
