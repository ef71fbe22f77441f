import Kit
import Settings
import Shared
import Simulator
import Testing

extension Stories {
    @Suite("Weather on the gateway") struct GatewayWeather {
        @Test("LEAD-01: a broken socket is taken up again where it was, and what was said meanwhile counts once")
        func drops() throws {
            try Story.told { story in
                let ann = story.member("ann")
                for round in 1...4 {
                    try story.says(ann, "before \(round)")
                    story.discord.act { $0.breakSockets() }
                    for word in 1...5 { try story.says(ann, "meanwhile \(word)") }
                    try story.comesBack()
                }
                #expect(try story.number("SELECT COUNT(*) FROM house_gaps") == 0)
                #expect(story.discord.read(\.identifyCount) == 1)
            }
        }

        @Test("LEAD-01: storms of op 7 and of resumable op 9 lose nothing and begin no second session")
        func storms() throws {
            try Story.told { story in
                let (ann, ben) = (story.member("ann"), story.member("ben"))
                for round in 1...5 {
                    let said = try story.says(ann, "round \(round)")
                    if round.isMultiple(of: 2) {
                        story.discord.act { $0.invalidateSessions(resumable: true) }
                    } else {
                        story.discord.act { $0.askToReconnect() }
                    }
                    try story.replies(ben, to: said, "still here \(round)")
                    try story.comesBack()
                }
                #expect(try story.number("SELECT COUNT(*) FROM house_gaps") == 0)
                #expect(story.discord.read(\.identifyCount) == 1)
            }
        }

        @Test("LEAD-01: a refused session is a gap that is written down, and the bot goes on with a new one")
        func refusedSession() throws {
            try Story.told { story in
                let ann = story.member("ann")
                try story.says(ann, "before")
                try story.quiet()
                story.discord.act { $0.invalidateSessions(resumable: false) }
                try story.comesBack()
                #expect(try story.number("SELECT COUNT(*) FROM house_gaps WHERE ended IS NOT NULL") == 1)
                #expect(try story.asks("house.gaps")["rows"]?.array?.count == 1)
                try story.says(ann, "after")
                #expect(try story.writes(ann, "E!aip").contains("Points ever\n6"))
                #expect(story.discord.read(\.identifyCount) == 2)
            }
        }

        @Test("LEAD-01: a session refused while the bot was away is a gap too")
        func refusedAtHome() throws {
            try Story.told { story in
                let ann = story.member("ann")
                try story.says(ann, "before")
                try story.quiet()
                story.losesItsSession()
                try story.opensSoon()
                #expect(try story.number("SELECT COUNT(*) FROM house_gaps") == 1)
                try story.says(ann, "after")
            }
        }

        @Test("LEAD-01: what is said while the bot is restarted counts when it is back")
        func away() throws {
            try Story.told { story in
                let ann = story.member("ann")
                for round in 1...3 {
                    try story.says(ann, "before \(round)")
                    story.closes()
                    for word in 1...5 { try story.says(ann, "meanwhile \(word)") }
                    let asked = try story.says(ann, "E!aip")
                    try story.opens()
                    #expect(story.discord.botMessages(in: story.general).filter { $0.reference == asked }.count == 1)
                    try story.seconds(60)
                }
                #expect(story.discord.read(\.identifyCount) == 1)
            }
        }

        @Test("LEAD-01: duplicated, delayed and odd events neither count twice nor stop anything")
        func oddities() throws {
            try Story.told { story in
                let (ann, ben) = (story.member("ann"), story.member("ben"))
                story.discord.act { world in
                    world.faults.often(.duplicate, chance: 0.5)
                    world.faults.often(.oddity, chance: 0.5)
                }
                for round in 1...30 {
                    let said = try story.says(ann, "round \(round)")
                    try story.discord.reacts(ben, to: said, "☕")
                    if round.isMultiple(of: 3) { story.discord.unreacts(ben, on: said, "☕") }
                }
                #expect(story.discord.read(\.faults.neverInjected) == [])
                story.discord.act { $0.faults.stop() }
            }
        }

        @Test("LEAD-01: two shards share the guilds, and both are taken up again")
        func shards() throws {
            let count = 2
            var setting = Story.Setting(shards: count)
            setting.world = { discord in
                discord.act { world in
                    world.rules.shards = count
                    world.rules.identifyConcurrency = count
                }
                for number in 1...4 { discord.guild("Guild \(number)") }
            }
            try Story.told(setting) { story in
                for guild in story.discord.homes {
                    let general = story.discord.channel("general", in: guild)
                    let person = story.discord.member("person", in: guild)
                    try story.discord.says(person, in: general, "hello")
                }
                story.discord.act { $0.breakSockets() }
                for guild in story.discord.homes {
                    let general = story.discord.channel("general", in: guild)
                    try story.discord.says(story.discord.member("person", in: guild), in: general, "meanwhile")
                }
                try story.comesBack()
                try story.restarts()
            }
        }

        @Test("SOC-01: the gateway speaks zlib, zstd and plainly", arguments: Configuration.Compression.allCases)
        func compressions(_ compression: Configuration.Compression) throws {
            try Story.told(Story.Setting(compression: compression)) { story in
                let ann = story.member("ann")
                for word in 1...50 { try story.says(ann, "word \(word)") }
                story.discord.act { $0.breakSockets() }
                try story.says(ann, "one more")
                try story.comesBack()
            }
        }

        @Test(
            "COR-09: without the privileged intents the bot counts, answers slash commands and mentions, and says what is missing"
        )
        func intents() throws {
            var setting = Story.Setting()
            setting.isOpen = false
            setting.world = { discord in discord.act { $0.rules.privileged = [] } }
            try Story.told(setting) { story in
                story.forgiven = [.gatewayMisuse]
                try story.opensSoon()
                let ann = story.member("ann")
                try story.says(ann, "hello")
                #expect(try story.writes(ann, "<@\(story.discord.bot)> aip").contains("Points ever"))
                #expect(try story.uses(ann, "activity profile").contains("Points ever\n5"))
                #expect(try story.writes(ann, "E!aip") == "")
                let status = try story.asksAnywhere("house.status")
                #expect(status.line.lowercased().contains("intent"))
            }
        }
    }
}

extension Story {
    /// Every session is live again and all is quiet; pauses are over as soon as somebody waits.
    func comesBack() throws {
        try waits("every session to be live again") {
            if discord.positions.count == setting.shards, try isQuiet() { return true }
            hurries(.milliseconds(200))
            return false
        }
    }

    /// As `opens`, where something keeps the first session waiting.
    func opensSoon(knowingCommands: Bool = true) throws {
        try starts()
        try comesBack()
        if knowingCommands { try knowsCommands() }
    }
}
