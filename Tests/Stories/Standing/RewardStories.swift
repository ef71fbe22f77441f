import Kit
import Shared
import Simulator
import Testing

extension Stories {
    @Suite("Rewards") struct Rewards {
        @Test("RWD-01, RWD-02, RWD-03: add_reward sets up a reward, a mistake is shown where it is, and a night's run gives it")
        func daily() throws {
            try Story.told { story in
                let (owner, ann, ben) = (story.member("owner"), story.member("ann"), story.member("ben"))
                let regular = try story.role("Regular")
                let wrong = try story.writes(owner, "E!add_reward <@&\(regular)> 1 activity_score>=10 && momentun>=5")
                #expect(wrong.contains("I do not know what \"momentun\" is."))
                #expect(wrong.contains("`                      ^^^^^^^^`"))
                #expect(wrong.contains("Did you mean momentum?"))
                #expect(try story.writes(ann, "E!add_reward <@&\(regular)> 1 activity_score>=10").contains("Manage Roles"))
                let right = try story.writes(owner, "E!add_reward <@&\(regular)> 1 activity_score>=10 && momentum>=5")
                #expect(right.contains("Regular is set up"))
                for line in 1...12 { try story.says(ann, "line \(line)") }
                try story.says(ben, "hello")
                #expect(try story.writes(owner, "E!list_rewards").contains("score >= 10 and momentum >= 5"))
                let missing = try story.writes(ben, "E!rewards check")
                #expect(missing.contains("score is 2, needs 10\\: 8 to go"))
                #expect(try story.uses(owner, "rewards plan").contains("1 gain"))
                #expect(story.discord.roles(of: ann, in: story.guild) == [])
                try story.hours(17)
                #expect(story.discord.roles(of: ann, in: story.guild) == [regular])
                #expect(story.discord.roles(of: ben, in: story.guild) == [])
                #expect(story.discord.reasons(in: story.guild).contains("Reward: fulfils the rule"))
                let row = try story.asks("rewards.show", ["reward": "Regular"])
                #expect(row["holders"] == 1 && row["last_ms"]?.int != nil)
                try story.restarts()
                try story.days(12)
                #expect(story.discord.roles(of: ann, in: story.guild) == [], "the momentum is gone")
                let history = try story.asks("rewards.history", ["member": .id(ann)])["rows"]?.array ?? []
                #expect(history.map { $0["deed"] } == ["take", "give"] && history.allSatisfy { $0["outcome"] == "done" })
            }
        }

        @Test("RWD-04: who attended so many events of late gets the role, who was going and stayed away does not")
        func participation() throws {
            try Story.told { story in
                let (ann, ben) = (story.member("ann"), story.member("ben"))
                let guest = try story.role("Guest")
                for evening in 1...2 {
                    try story.asks(
                        "events.create",
                        ["title": .string("Choir \(evening)"), "start": "in 1h", "end": "1h", "channel": .id(story.general)])
                    try story.hours(2)
                    try story.asks("events.attend", ["id": .int(Int64(evening)), "members": .string("<@\(ann)>")])
                }
                try story.asks("events.attend", ["id": 2, "members": .string("<@\(ben)>")])
                try story.asks("rewards.add", ["role": .id(guest), "tier": 0, "criteria": "attended(30d) >= 2"])
                try story.applies()
                #expect(story.discord.roles(of: ann, in: story.guild) == [guest])
                #expect(story.discord.roles(of: ben, in: story.guild) == [])
            }
        }

        @Test("RWD-05: a tournament's winner is awarded by hand, and the role is taken back when its time is over")
        func winners() throws {
            try Story.told { story in
                let (owner, ann, ben) = (story.member("owner"), story.member("ann"), story.member("ben"))
                let champion = try story.role("Champion")
                #expect(try story.writes(owner, "E!rewards award <@\(ann)> Champion 7d won the cup").contains("<@\(ann)>"))
                try story.asks("rewards.winners", ["what": "Champion", "members": .string("<@\(ben)>"), "for": "1d"])
                try story.quiet()
                #expect(story.discord.roles(of: ann, in: story.guild) == [champion])
                #expect(story.discord.reasons(in: story.guild).contains("Reward: awarded: won the cup"))
                try story.days(2)
                #expect(story.discord.roles(of: ben, in: story.guild) == [])
                try story.days(5)
                #expect(story.discord.roles(of: ann, in: story.guild) == [])
            }
        }

        @Test("RWD-06: of the tiers the highest is kept; what is for a time survives a leave, a restart and the bot's absence")
        func tiers() throws {
            try Story.told { story in
                let (ann, ben) = (story.member("ann"), story.member("ben"))
                let bronze = try story.role("Bronze")
                let silver = try story.role("Silver")
                let guest = try story.role("Guest")
                try story.asks("rewards.add", ["role": .id(bronze), "tier": 0, "criteria": "messages >= 2"])
                try story.asks("rewards.add", ["role": .id(silver), "tier": 1, "criteria": "messages >= 4"])
                for line in 1...2 { try story.says(ann, "line \(line)") }
                try story.applies()
                #expect(story.discord.roles(of: ann, in: story.guild) == [bronze])
                for line in 3...4 { try story.says(ann, "line \(line)") }
                try story.applies()
                #expect(story.discord.roles(of: ann, in: story.guild) == [silver])

                try story.asks("rewards.award", ["member": .id(ben), "what": "Guest", "for": "2d"])
                try story.quiet()
                story.discord.parts(ben, from: story.guild)
                try story.hours(5)
                #expect(story.member("ben") == ben)
                try story.quiet()
                #expect(story.discord.roles(of: ben, in: story.guild) == [guest], "it came back with them")
                story.closes()
                try story.days(4)
                try story.opens()
                try story.quiet()
                #expect(story.discord.roles(of: ben, in: story.guild) == [])
            }
        }

        @Test(
            "RWD-01, RWD-03: a role above the bot's is told before it fails; one that Discord refuses is written down and flagged"
        )
        func order() throws {
            try Story.told { story in
                let (ann, boss) = try (story.member("ann"), story.role("Boss", position: 50))
                #expect(throws: ControlError.self) {
                    try story.asks("rewards.add", ["role": .id(boss), "tier": 0, "criteria": "messages >= 1"])
                }
                let regular = try story.role("Regular")
                try story.asks("rewards.add", ["role": .id(regular), "tier": 0, "criteria": "messages >= 1"])
                try story.says(ann, "hello")
                story.discord.moves(regular, to: 60, in: story.guild)
                try story.quiet()
                let plan = try story.asks("rewards.plan")
                #expect(plan["counts"]?[0]?["blocked"] == 1)
                #expect(plan["counts"]?[0]?["trouble"]?.text?.contains("stands above mine") == true)
                // Discord knows of it, and the bot has not been told.
                story.discord.moves(regular, to: 1, in: story.guild)
                try story.quiet()
                story.discord.moves(regular, to: 60, in: story.guild, silently: true)
                try story.applies()
                #expect(story.discord.roles(of: ann, in: story.guild) == [])
                let row = try story.asks("rewards.show", ["reward": "Regular"])
                #expect(row["trouble"]?.text?.hasPrefix("Discord refused it (50013)") == true)
                #expect(try story.asks("rewards.history")["rows"]?[0]?["outcome"] == "refused")
                #expect(try story.asks("rewards.runs")["rows"]?[0]?["refused"] == 1)
            }
        }

        @Test("RWD-08: a private channel opens to who has earned it, and closes when the reward is removed")
        func channels() throws {
            try Story.told { story in
                let (owner, ann) = (story.member("owner"), story.member("ann"))
                let gold = try story.role("Gold")
                let lounge = story.discord.privateChannel("lounge", in: story.guild)
                try story.asks("rewards.add", ["role": .id(gold), "tier": 2, "criteria": "messages >= 1"])
                #expect(try story.writes(owner, "E!rewards unlock Gold <#\(lounge)>").contains("<#\(lounge)>"))
                try story.says(ann, "hello")
                #expect(story.discord.sees(ann, lounge) == false)
                try story.applies()
                #expect(story.discord.sees(ann, lounge))
                try story.asks("rewards.remove", ["reward": "Gold"])
                try story.quiet()
                #expect(story.discord.sees(ann, lounge) == false)
            }
        }
    }
}
extension Story {
    /// What was said has been heard, the plan is carried out, and everything has arrived.
    fileprivate func applies() throws {
        try quiet()
        try asks("rewards.apply")
        try quiet()
    }

    /// A role that the bot has heard of.
    fileprivate func role(_ name: String, position: Int? = nil) throws -> ID<Role> {
        let role = discord.role(name, in: guild, position: position)
        try quiet()
        return role
    }
}
