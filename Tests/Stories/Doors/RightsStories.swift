import Kit
import Settings
import Shared
import Simulator
import Testing

extension Stories {
    @Suite("Rights and limits") struct RightsAndLimits {
        private static var playing: Story.Setting { Story.Setting(features: Story.Setting().features + [Playground.feature]) }

        @Test("COR-10: a guild's settings are for its managers and its owner, totals for the owners of the bot")
        func admins() throws {
            try Story.told { story in
                let (ann, mia) = (story.member("ann"), story.member("mia"))
                let owner = story.member("owner")
                let managers = story.discord.role("managers", in: story.guild, permissions: .manageGuild)
                let line = "E!house set activity.reply 3"
                #expect(try story.writes(ann, line).contains("Manage Server"))
                story.discord.gives(managers, to: mia, in: story.guild)
                #expect(try !story.writes(mia, line).contains("Manage Server"))
                story.discord.takes(managers, from: mia, in: story.guild)
                #expect(try story.writes(mia, line).contains("Manage Server"))
                #expect(try !story.writes(owner, line).contains("Manage Server"))
                #expect(try story.writes(owner, "E!activity totals").contains("owners of this bot"))
                #expect(try story.uses(ann, "house set", ["name": "activity.reply", "value": "9"]).contains("Manage Server"))
                let settings = try story.asks("house.settings")["rows"]?.array ?? []
                #expect(settings.first { $0["name"] == "activity.reply" }?["value"]?.double == 3)
                story.scoring.reply = 3000
            }
        }

        @Test("COR-10: an owner of the bot named in the configuration may do everything everywhere")
        func owners() throws {
            var setting = Story.Setting()
            setting.configure = { configuration, discord in
                configuration.owners = [discord.member("housekeeper", in: discord.homes[0])]
            }
            try Story.told(setting) { story in
                let housekeeper = story.member("housekeeper")
                try story.says(housekeeper, "hello")
                #expect(try story.writes(housekeeper, "E!activity totals") == "2 messages, 5 points")
                #expect(try story.uses(housekeeper, "activity totals") == "2 messages, 5 points")
                #expect(try !story.writes(housekeeper, "E!house set activity.reply 3").contains("Manage Server"))
                #expect(try story.writes(story.member("ann"), "E!activity totals").contains("owners of this bot"))
                story.scoring.reply = 3000
            }
        }

        @Test("COR-10: what the bot itself may not do is refused with the permission it lacks")
        func bot() throws {
            try Story.told(Self.playing) { (story) throws in
                let ann = story.member("ann")
                #expect(try story.writes(ann, "E!playground banish").contains("Done"))
                let denied = Simulator.Overwrite(id: story.discord.bot.number, target: .member, deny: .banMembers)
                let cellar = story.discord.channel("cellar", in: story.guild, overwrites: [denied])
                #expect(try story.writes(ann, in: cellar, "E!playground banish").contains("Ban"))
                #expect(try story.uses(ann, "playground banish", in: cellar).contains("Ban"))
            }
        }

        @Test("COR-11: five commands in ten seconds, then a sentence that says when; both are settings")
        func limits() throws {
            try Story.told { story in
                let (ann, ben) = (story.member("ann"), story.member("ben"))
                for _ in 1...5 { #expect(try !story.writes(ann, "E!aip").contains("limit")) }
                let refusal = try story.writes(ann, "E!aip")
                #expect(refusal.contains("limit"))
                #expect(refusal.contains("Try again in"))
                #expect(try story.uses(ann, "activity profile").contains("limit"))
                #expect(try !story.writes(ben, "E!aip").contains("limit"))
                try story.restarts()
                #expect(try story.writes(ann, "E!aip").contains("limit"))
                try story.seconds(11)
                #expect(try !story.writes(ann, "E!aip").contains("limit"))
                try story.asks("house.set", ["name": "house.command_limit", "value": 2])
                #expect(try !story.writes(ann, "E!aip").contains("limit"))
                #expect(try story.writes(ann, "E!aip").contains("limit"))
            }
        }

        @Test("COR-11: a command's own cooldown is kept for each member")
        func cooldown() throws {
            try Story.told(Self.playing) { story in
                let (ann, ben) = (story.member("ann"), story.member("ben"))
                #expect(try story.writes(ann, "E!nap").contains("Slept"))
                #expect(try !story.writes(ann, "E!nap").contains("Slept"))
                #expect(try story.writes(ben, "E!nap").contains("Slept"))
                try story.seconds(61)
                #expect(try story.uses(ann, "playground nap").contains("Slept"))
            }
        }

        @Test("COR-14: a slow command is acknowledged first and answered in the same message")
        func slow() throws {
            try Story.told(Self.playing) { story in
                let ann = story.member("ann")
                let interaction = try story.discord.uses(ann, "playground brew", in: story.general)
                #expect(try story.answer(to: interaction).contains("ready"))
                #expect(story.discord.interaction(interaction)?.answer == 5)
                #expect(story.discord.followUps(to: interaction).isEmpty)
                #expect(try story.uses(ann, "playground nap").contains("Slept"))
            }
        }

        @Test("COR-12: a command that falls over says so with a reference, keeps nothing, and stops nobody")
        func faults() throws {
            try Story.told(Self.playing) { story in
                let ann = story.member("ann")
                let answer = try story.writes(ann, "E!stumble")
                #expect(answer.contains("reference"))
                #expect(try story.uses(ann, "playground stumble").contains("reference"))
                #expect(story.discord.botMessages(in: story.general).allSatisfy { !$0.content.contains("never said") })
                let faults = try story.asksAnywhere("house.faults")["rows"]?.array ?? []
                #expect(faults.contains { $0["reference"]?.text.map { answer.contains($0) } ?? false })
                #expect(try story.writes(ann, "E!aip") != "")
            }
        }
    }
}
