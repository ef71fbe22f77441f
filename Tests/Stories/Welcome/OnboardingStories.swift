import Kit
import Shared
import Simulator
import Testing

extension Stories {
    @Suite("Onboarding") struct OnboardingStories {
        private static func furnish(_ story: Story) throws -> (rules: ID<Channel>, log: ID<Channel>, role: ID<Role>) {
            let role = story.discord.role("Member", in: story.guild, position: 1)
            let (rules, log) = (story.channel("rules"), story.channel("staff"))
            try story.asks("rules.add", ["text": "Be **kind**."])
            try story.asks("rules.add", ["text": "No spoilers."])
            for (name, value) in [
                ("rules_channel", JSON.id(rules)), ("log_channel", .id(log)), ("role", .id(role)), ("greet", "channel"),
                ("greeting_channel", .id(story.general)),
            ] { try story.asks("house.set", ["name": .string("onboarding." + name), "value": value]) }
            for question in [
                ["kind": "one", "text": "Where are you from?", "choices": "Here|Elsewhere"],
                ["kind": "several", "text": "What brings you?", "choices": "Tea|Games|Talk", "most": 2],
                ["kind": "short", "text": "Your code?", "pattern": "[A-Z]{2}[0-9]+", "as": "two capitals and a number"],
                ["kind": "email", "text": "Your address?"],
                ["kind": "long", "text": "Anything else?", "required": false, "only_if": "1: Elsewhere"],
            ] as [JSON] { try story.asks("onboarding.add", question) }
            try story.asks("onboarding.choice", ["question": 1, "choice": "Elsewhere", "follow_up": "Where is that?"])
            return (rules, log, role)
        }

        @Test(
            "ONB-02, ONB-03, ONB-04, ONB-05, ONB-06, ONB-07: rules first, then questions of every kind, through restarts, to the role and the post"
        )
        func wholeWay() throws {
            try Story.told { story in
                let place = try Self.furnish(story)
                try story.asks("onboarding.post")
                let notice = try story.notice(in: place.rules)
                #expect(Story.words(notice).contains("**1.** Be **kind**."))
                var ann = Newcomer(story.member("ann"), story.discord)
                try story.starts(&ann, at: notice)
                #expect(ann.message?.isEphemeral == true && ann.buttons == ["I agree"])
                try story.sees(ann, after: try ann.presses("I agree"))
                #expect(ann.words.contains("No spoilers.") && ann.buttons == ["I accept the rules"])
                try story.sees(ann, after: try ann.presses("I accept the rules"))
                #expect(ann.words.contains("Question 1 of 4"), "\(ann.words)")

                try story.fills(ann, try ann.chooses("Elsewhere"), ["Where is that?": "**Xanadu** @everyone"])
                #expect(ann.words.contains("Question 2 of 5") && ann.menu?["max_values"] == 2)
                try story.restarts()
                try story.sees(ann, after: try ann.chooses("Tea", "Talk"))
                #expect(ann.buttons == ["Answer", "Back"])

                try story.fills(ann, try ann.presses("Answer"), ["Your code?": "a1"])
                #expect(ann.words.contains("two capitals and a number") && ann.words.contains("⚠️"))
                try story.fills(ann, try ann.presses("Answer"), ["Your code?": "AB12"])
                try story.fills(ann, try ann.presses("Answer"), ["Your address?": "nobody at all"])
                #expect(ann.words.contains("Write it as name"))
                // The message is lost from sight, as when Discord is closed: the button leads back.
                try story.starts(&ann, at: notice)
                try story.fills(ann, try ann.presses("Answer"), ["Your address?": "ann@example.org"])
                try story.sees(ann, after: try ann.presses("Leave it out"))
                #expect(ann.words.contains("Is this right?") && ann.buttons == ["Send"])
                try story.sees(ann, after: try ann.chooses("What brings you?"))
                try story.sees(ann, after: try ann.chooses("Games"))
                #expect(story.discord.roles(of: ann.id, in: story.guild) == [])
                try story.sees(ann, after: try ann.presses("Send"))
                #expect(ann.words.contains("Done") && ann.words.contains("ann\\@example.org"))

                #expect(story.discord.roles(of: ann.id, in: story.guild) == [place.role])
                let log = story.discord.botMessages(in: place.log)
                #expect(log.count == 1 && log.first.map(Story.words)?.contains("Games") == true)
                #expect(log.allSatisfy { $0.mentions.isEmpty && !$0.mentionsEveryone })
                let row = try story.asks("onboarding.show", ["member": .id(ann.id)])
                #expect(
                    row["answers"]?.array?.map { $0["answer"] } == [
                        ["choice": "Elsewhere", "followup": "**Xanadu** @everyone", "followup_label": "Where is that?"],
                        ["Games"], "AB12", "ann@example.org", .null,
                    ])
                #expect(try story.uses(ann.id, "onboarding show", ["member": .member(ann.id)]).contains("Time Out Members"))
                try story.starts(&ann, at: notice)
                #expect(ann.words.contains("You are done here"))
            }
        }

        @Test(
            "ONB-01, ONB-09: the message stands once through restarts, follows the rules, and is offered again when it was deleted"
        )
        func notice() throws {
            try Story.told { story in
                let place = try Self.furnish(story)
                let owner = story.member("owner")
                #expect(try story.uses(owner, "onboarding post").contains("goes up"))
                let first = try story.notice(in: place.rules)
                try story.restarts()
                #expect(try story.uses(owner, "onboarding post").contains("brought up to date"))
                #expect(try story.notice(in: place.rules).said == first.said)
                #expect(try story.writes(owner, "E!rules add \"Drink tea.\"").contains("The rules are changed"))
                try story.seconds(5)
                #expect(Story.words(try story.notice(in: place.rules)).contains("Drink tea."))
                #expect(try story.writes(story.member("ann"), "E!rules 3").contains("**3.** Drink tea."))
                #expect(try story.writes(story.member("ann"), "E!rules 9").contains("numbered from 1 to 3"))

                story.closes()
                story.discord.deletes(first.said)
                try story.opens()
                #expect(try story.asks("onboarding.overview")["state"] == "gone", "noticed after a gap")
                let told = try #require(story.discord.botMessages(in: place.log).last)
                #expect(Story.words(told).contains("is gone"))
                let pressed = try story.discord.clicks(owner, "Put it up again", on: told.said)
                #expect(try story.answer(to: pressed).contains("goes up"))
                let second = try story.notice(in: place.rules)
                #expect(second.said != first.said)
                story.discord.deletes(second.said)
                try story.quiet()
                #expect(try story.asks("onboarding.overview")["state"] == "gone", "noticed at once")
            }
        }

        @Test(
            "ONB-08: who joins is greeted and led on, screened members when they have passed, those of an absence late but not too late"
        )
        func arrivals() throws {
            try Story.told { story in
                let place = try Self.furnish(story)
                try story.asks("onboarding.post")
                let notice = try story.notice(in: place.rules)
                try story.asks(
                    "templates.set", ["name": "hello", "text": "A cup for {member}! Begin in {channel}, at {server}."])
                try story.asks("house.set", ["name": "onboarding.greeting", "value": "hello"])
                func greetings() throws -> [MessageRecord] {
                    try story.quiet()
                    return story.discord.botMessages(in: story.general).filter { Story.words($0).contains("A cup for") }
                }
                let ann = story.member("ann")
                #expect(try greetings().map(\.content) == ["A cup for <@\(ann)>! Begin in <#\(place.rules)>, at Tea House."])
                _ = story.discord.otherBot("helper", in: story.guild)
                let ben = story.discord.joinsPending("ben", in: story.guild)
                try story.minutes(1)
                #expect(try greetings().count == 1)
                #expect(throws: Simulator.Refusal.self) { try story.discord.clicks(ben, "Start", on: notice.said) }
                story.discord.passesScreening(ben, in: story.guild)
                try story.minutes(1)
                #expect(try greetings().flatMap(\.mentions) == [ann, ben])

                story.closes()
                _ = story.member("cat")
                story.clock.leap(30.hours)
                let dan = story.member("dan")
                story.discord.parts(ann, from: story.guild)
                try story.opens()
                try story.minutes(1)
                #expect(try greetings().flatMap(\.mentions) == [ann, ben, dan])
                var cat = Newcomer(story.discord.member("cat", in: story.guild), story.discord)
                try story.starts(&cat, at: notice)
                #expect(cat.buttons == ["I agree"])
                let stages = try story.asks("onboarding.funnel")["rows"]?.array ?? []
                #expect(stages.first?["reached"] == 4 && stages[1]["stopped"] == 1)
            }
        }

        @Test("ONB-08, ONB-07: who is greeted privately goes the whole way in that message")
        func letters() throws {
            try Story.told { story in
                let place = try Self.furnish(story)
                for id in 2...5 { try story.asks("onboarding.remove", ["question": .int(Int64(id))]) }
                try story.asks("onboarding.post")
                try story.asks("house.set", ["name": "onboarding.greet", "value": "privately"])
                let id = story.member("ann")
                try story.quiet()
                let letter = try #require(story.discord.privateMessages(with: id).last)
                #expect(Story.words(letter).contains("Welcome to Tea House"))
                var ann = Newcomer(id, story.discord)
                try story.starts(&ann, at: letter)
                try story.sees(ann, after: try ann.presses("I agree"))
                try story.sees(ann, after: try ann.presses("I accept the rules"))
                try story.sees(ann, after: try ann.chooses("Here"))
                try story.sees(ann, after: try ann.presses("Send"))
                #expect(story.discord.roles(of: id, in: story.guild) == [place.role])
            }
        }

        @Test("CFG-03: the ids of the source count as long as nobody sets others, for each server what it has set")
        func variables() throws {
            var setting = Story.Setting()
            setting.world = { discord in
                let guild = discord.homes[0]
                _ = (discord.channel("rules", in: guild), discord.channel("log", in: guild))
                _ = discord.role("Member", in: guild, position: 1)
            }
            setting.environment = { discord in
                let guild = discord.homes[0]
                return [
                    "RULES_CHANNEL_ID": discord.channel("rules", in: guild).description, "GUILD_ID": guild.description,
                    "LOG_CHANNEL_ID": discord.channel("log", in: guild).description,
                    "ROLE_ID": discord.role("Member", in: guild).description,
                ]
            }
            try Story.told(setting) { story in
                try story.asks("onboarding.post")
                let notice = try story.notice(in: story.channel("rules"))
                var ann = Newcomer(story.member("ann"), story.discord)
                try story.starts(&ann, at: notice)
                try story.sees(ann, after: try ann.presses("I agree"))
                #expect(ann.words.contains("You are done here"))
                #expect(story.discord.roles(of: ann.id, in: story.guild) == [story.discord.role("Member", in: story.guild)])
                #expect(story.discord.botMessages(in: story.channel("log")).count == 1)
                let told = try story.asks("house.settings", ["name": "onboarding.log_channel"])["rows"]?[0]
                #expect(told?["origin"] == "environment" && told?["value"]?.text == story.channel("log").description)
                try story.asks("house.set", ["name": "onboarding.log_channel", "value": .id(story.general)])
                var ben = Newcomer(story.member("ben"), story.discord)
                try story.starts(&ben, at: notice)
                try story.sees(ben, after: try ben.presses("I agree"))
                #expect(story.discord.botMessages(in: story.general).count == 1)
            }
            setting.environment = { _ in ["LOG_CHANNEL_ID": "the log"] }
            do {
                _ = try Story(setting)
                Issue.record("it started with a log channel that is none")
            } catch { #expect("\(error)".contains("environment LOG_CHANNEL_ID")) }
        }
    }
}
