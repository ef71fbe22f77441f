import Kit
import Machine
import Settings
import Shared
import Simulator
import Store
import Testing

extension Stories {
    @Suite("Own data") struct OwnDataStories {
        @Test("PRV-03, PRV-05: a member sees what is kept and how long, and gets all of it as a file")
        func seen() throws {
            try Story.told { story in
                let ann = story.member("ann")
                try story.says(ann, "something")
                let shown = try story.uses(ann, "privacy data")
                #expect(shown.contains("activity") && shown.contains("no text, until you have it forgotten"), "\(shown)")
                #expect(shown.contains("for 30 d"), "a time that a setting says: \(shown)")
                let asked = try story.discord.uses(ann, "privacy export", in: story.general)
                _ = try story.answer(to: asked)
                let reply = try #require(story.discord.reply(to: asked))
                #expect(reply.isEphemeral && reply.attachments.first?["filename"] == "data-of-\(ann).json")
                let all = try story.asks("privacy.export", ["as": .id(ann)])
                #expect(all["activity"]?["messages"]?.array?.count == 1)
            }
        }

        @Test("PRV-04, LEAD-20: who has themselves forgotten sees first what that does, gets a receipt, and begins anew")
        func forgotten() throws {
            try Story.told { story in
                let (ann, ben) = (story.member("ann"), story.member("ben"))
                try story.says(ben, "first")
                let from = story.discord.now
                let said = try story.says(ann, "something")
                try story.replies(ben, to: said, "an answer")
                let asked = try story.discord.uses(ann, "privacy erase", in: story.general)
                #expect(try story.answer(to: asked).contains("Nothing has happened yet"))
                #expect(try story.points(of: ann) > 0)
                let plan = try #require(story.discord.reply(to: asked))
                let done = try story.answer(to: story.discord.clicks(ann, "Do it", on: plan.said))
                #expect(done.contains("Forgotten") && done.contains("Receipt"), "\(done)")
                #expect(try story.points(of: ann) == 0)
                let until = story.discord.now
                story.scoring.leavesOut = { who, _, at in who == ann && at >= from && at <= until }
                try story.seconds(1)
                try story.says(ann, "something new")
                #expect(try story.points(of: ann) > 0)
                #expect(try story.asks("privacy.export", ["as": .id(ann)])["activity"]?["messages"]?.array?.count == 1)
            }
        }

        @Test(
            "PRV-04, LEAD-20: a restored backup forgets again whom it remembers, and what was said before is not fetched back")
        func restored() throws {
            try Story.told { story in
                let (ann, ben) = (story.member("ann"), story.member("ben"))
                let from = story.discord.now
                try story.says(ann, "before the backup")
                let backup = try #require(try story.asksAnywhere("house.backup", ["name": "early.db"])["path"]?.text)
                try story.says(ann, "after the backup")
                try story.says(ben, "this is not lost")
                let asked = try story.discord.uses(ann, "privacy erase", in: story.general)
                _ = try story.answer(to: asked)
                let plan = try #require(story.discord.reply(to: asked))
                _ = try story.answer(to: story.discord.clicks(ann, "Do it", on: plan.said))
                let until = story.discord.now
                story.scoring.leavesOut = { who, _, at in who == ann && at >= from && at <= until }
                story.closes()
                _ = try Restore(to: story.configuration.store.path, now: story.discord.now).run(from: backup)
                story.discord.act { $0.faults.next(.refuseResume) }
                try story.opensSoon()
                #expect(try story.points(of: ann) == 0 && story.points(of: ben) > 0)
                #expect(try story.number("SELECT COUNT(*) FROM house_erasures") == 1)
            }
        }
    }
}
