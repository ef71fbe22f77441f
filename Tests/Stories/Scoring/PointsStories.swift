import Kit
import Shared
import Simulator
import Testing

extension Stories {
    @Suite("Points") struct Points {
        @Test("ACT-01: a message gives 1, a reply 2 more, the start of a conversation 3 more; a reaction 1.5 once a message")
        func weights() throws {
            try Story.told { story in
                let (ann, ben) = (story.member("ann"), story.member("ben"))
                let first = try story.says(ann, "good morning")
                #expect(try story.points(of: ann) == 4)
                try story.replies(ben, to: first, "good morning to you")
                #expect(try story.points(of: ben) == 3)
                try story.minutes(11)
                try story.replies(ben, to: first, "still here?")
                #expect(try story.points(of: ben) == 9)
                for emoji in ["☕", "🔥"] { try story.discord.reacts(ben, to: first, emoji) }
                try story.discord.reacts(ann, to: first, "👍")
                #expect(try story.points(of: ben) == 10.5)
                #expect(try story.points(of: ann) == 4)
                story.discord.unreacts(ben, on: first, "☕")
                #expect(try story.points(of: ben) == 10.5)
                story.discord.unreacts(ben, on: first, "🔥")
                #expect(try story.points(of: ben) == 9)
            }
        }

        @Test("ACT-01: slash, prefix and socket tell the same score")
        func doors() throws {
            try Story.told { story in
                let ann = story.member("ann")
                try story.says(ann, "good morning")
                let written = try story.writes(ann, "E!aip")
                #expect(written.contains("Points ever\n5"))
                #expect(try story.uses(ann, "activity profile").contains("Points ever\n5"))
                #expect(try story.points(of: ann) == 5)
            }
        }

        @Test("ACT-02: an edit never pays, a cleared message takes the reactions' points back")
        func edits() throws {
            try Story.told { story in
                let (ann, ben) = (story.member("ann"), story.member("ben"))
                let said = try story.says(ann, "tae")
                for attempt in 1...3 { try story.discord.edits(ann, said, "tea, \(attempt)") }
                #expect(try story.points(of: ann) == 4)
                try story.discord.reacts(ben, to: said, "☕")
                try story.discord.reacts(ben, to: said, "🔥")
                #expect(try story.points(of: ben) == 1.5)
                story.discord.clearsReactions(on: said)
                #expect(try story.points(of: ben) == 0)
            }
        }

        @Test("ACT-04: each further channel of the day gives 1 more, and tomorrow it does again")
        func channels() throws {
            try Story.told { story in
                let (ann, ben) = (story.member("ann"), story.member("ben"))
                let rooms = ["brewing", "pottery"].map(story.channel)
                for room in rooms + [story.general] { try story.says(ben, in: room, "anyone?") }
                for room in rooms + rooms { try story.says(ann, in: room, "here") }
                #expect(try story.points(of: ann) == 5)
                #expect(try story.profile(of: ann, "channels_today") == 2)
                try story.days(1)
                #expect(try story.profile(of: ann, "channels_today") == 0)
                for room in rooms { try story.says(ben, in: room, "anyone?") }
                for room in rooms { try story.says(ann, in: room, "here") }
                #expect(try story.points(of: ann) == 8)
            }
        }

        @Test("ACT-11: other bots, webhooks and Discord's own notices never count and start no conversation")
        func bots() throws {
            try Story.told { story in
                let (ann, machine) = (story.member("ann"), story.discord.otherBot("machine", in: story.guild))
                let beep = try story.says(machine, "beep")
                story.discord.webhookSays("news", in: story.general, "today's news")
                story.discord.systemMessage(7, by: ann, in: story.general)
                #expect(try story.asks("activity.totals")["messages"] == 0)
                try story.discord.reacts(ann, to: beep, "🤖")
                try story.says(ann, "hello machine")
                try story.discord.reacts(machine, to: try story.says(ann, "and again"), "🤖")
                #expect(try story.points(of: ann) == 6.5)
                #expect(try story.points(of: machine) == 0)
                #expect(try story.writes(machine, "E!leaderboard") == "")
            }
        }

        @Test("ACT-02: minutes in voice pay where the guild says so, muted and lonely ones do not")
        func voice() throws {
            try Story.told { story in
                let (ann, ben) = (story.member("ann"), story.member("ben"))
                let lounge = story.discord.channel("lounge", .voice, in: story.guild)
                try story.asks("house.set", ["name": "activity.voice", "value": 1])
                try story.discord.joinsVoice(ann, lounge)
                try story.watches(10)
                #expect(try story.points(of: ann) == 0)
                try story.discord.joinsVoice(ben, lounge)
                try story.watches(10)
                story.discord.mutes(ben, in: story.guild)
                try story.watches(10)
                story.discord.leavesVoice(ann, in: story.guild)
                let truth = VoiceTimes(story.discord.ledger, until: story.discord.now)
                for member in [ann, ben] {
                    let minutes = Double(truth.time(of: member, in: story.guild).milliseconds) / 60_000
                    #expect(abs(try story.points(of: member) - minutes) < 0.05)
                    #expect(minutes >= 10)
                }
                story.paysVoice = true
            }
        }
    }
}

extension Story {
    /// Minutes of which the daemon sees each one: voice pays for time that was watched.
    func watches(_ minutes: Int) throws { for _ in 0..<minutes { try self.minutes(1) } }
}
