import Kit
import Shared
import Simulator
import Testing

extension Stories {
    @Suite("Stewards") struct StewardStories {
        @Test("MOD-07, LEAD-04: tune shows the board by the old and the new rules, changes nothing in a preview, and is undone")
        func tune() throws {
            try Story.told { story in
                let (owner, ann, ben) = (story.member("owner"), story.member("ann"), story.member("ben"))
                let first = try story.says(ann, "one")
                for line in 0..<4 { try story.says(ann, "line \(line)") }
                for line in 0..<2 { try story.replies(ben, to: first, "answer \(line)") }
                let shown = try story.uses(owner, "house tune", ["reply": "10", "preview": true])
                #expect(shown.contains("activity.reply: 2 → 10") && shown.contains("Nothing has changed yet"), "\(shown)")
                #expect(shown.contains("**1.** <@\(ben)>  22 (now 2)"), "\(shown)")
                #expect(try story.asks("house.settings", ["name": "activity.reply"])["rows"]?[0]?["value"]?.double == 2)
                let tuned = try story.asks("tune", ["reply": "10", "cooldown": "2h"])
                #expect(tuned["applied"] == true && tuned["board"]?[0]?["member"]?["id"] == .id(ben))
                #expect(try story.writes(owner, "E!tune reply: lots").contains("points is a number"))
                #expect(try story.writes(owner, "E!tune").contains("Say what is to change"))
                #expect(try story.writes(ann, "E!tune reply: 100").contains("Manage Server"))
                try story.asks("house.tune", ["reply": "2"])
            }
        }

        @Test("MOD-07: whoever has been away is listed first, then forgotten or removed, above 25 after a confirmation")
        func purge() throws {
            try Story.told { story in
                let owner = story.member("owner")
                let gone = (0..<27).map { story.member("gone-\($0)") }
                let kept = story.discord.role("Kept", in: story.guild)
                for one in gone.dropLast() { story.discord.gives(kept, to: one, in: story.guild) }
                for one in gone { try story.says(one, "I was here") }
                try story.days(100)
                let from = story.discord.now
                let here = story.member("here")
                try story.says(here, "I am here")
                try story.quiet()
                let listed = try story.asks("members.inactive", ["days": 90, "limit": 10])
                #expect(listed["total"] == 27 && listed["rows"]?.array?.count == 10 && listed["next"]?.text != nil)
                let one = try story.uses(owner, "members purge", ["days": 90, "how": "kick", "spare": .role(kept)])
                #expect(one.contains("1 members who have been away for 90 days are being removed"), "\(one)")
                try story.waits("one is gone") { !story.discord.members(of: story.guild).contains(gone[26]) }
                story.discord.parts(gone[25], from: story.guild)
                let asked = try story.discord.uses(owner, "members purge", ["days": 90], in: story.general)
                let plan = try story.answer(to: asked)
                #expect(plan.contains("members away for 90 days") && plan.contains("records"), "\(plan)")
                #expect(try story.points(of: gone[0]) > 0, "nothing has happened yet")
                #expect(try story.asks("members.list")["total"] == 28, "the bot, the owner, one who is here and 25 who are")
                let shown = try #require(story.discord.reply(to: asked))
                #expect(try story.answer(to: story.discord.clicks(owner, "Do it", on: shown.said)).contains("being forgotten"))
                story.scoring.leavesOut = { who, _, at in gone.contains(who) && at < from }
                try story.waits("all are forgotten") { try story.number("SELECT COUNT(*) FROM house_erasures") >= 27 }
                #expect(try story.points(of: gone[0]) == 0 && story.points(of: here) > 0)
            }
        }
    }
}
