import Kit
import Machine
import Settings
import Shared
import Simulator
import Store
import Testing

extension Stories {
    @Suite("Set-up as text") struct TextStories {
        @Test(
            "LEAD-21, LEAD-04: a server is set up by a text file, from a shell; plan shows it, apply does it, restore has it back"
        )
        func shell() throws {
            try Story.told { story in
                let lounge = story.channel("lounge")
                let guild = ["--guild", "\(story.guild)"]
                let file = story.file("guild.yaml")
                let before = try story.shell(["guild", "export"] + guild)
                #expect(before.code == 0 && before.output.contains("pings: {}"), "\(before.output)")
                try Files.write(
                    Array(
                        """
                        settings:
                          activity.reply: 4
                        templates:
                          party: |-
                            Come to {title}!
                            Bring cake.
                        pings:
                          evening:
                            channel: lounge
                            rule: daily 18:00
                        """.utf8), to: file)
                let plan = try story.shell(["guild", "plan", file, "--json"] + guild)
                let planned = try JSON(parsing: Array(plan.output.utf8))
                #expect(planned["rows"]?.array?.map { $0["deed"] } == ["make", "make", "make"], "\(plan.output)")
                let token = try #require(planned["plan"]?.text)
                // Whoever has seen no plan sees it now.
                #expect(try story.shell(["guild", "apply", file] + guild).code == 6)
                #expect(try story.shell(["guild", "apply", file, "--plan", "ffffffffffff"] + guild).code == 6)
                let dry = try story.shell(["guild", "apply", file, "--dry-run", "--plain"] + guild)
                #expect(dry.code == 0 && dry.output.contains("setting activity.reply"), "\(dry.output)")
                #expect(try story.shell(["guild", "apply", file, "--plan", token] + guild).code == 0)
                let after = try story.shell(["guild", "export"] + guild)
                #expect(after.output.contains("channel: lounge (\(lounge))"), "\(after.output)")
                #expect(after.output.contains("    Come to {title}!\n    Bring cake."), "\(after.output)")
                try Files.write(Array(after.output.utf8), to: file)
                let again = try story.shell(["guild", "plan", file, "--json"] + guild)
                #expect(try JSON(parsing: Array(again.output.utf8))["rows"] == [], "\(again.output)")
                try Files.write(Array("pings:\n  1:\n    evry: 6h\n".utf8), to: file)
                let wrong = try story.shell(["guild", "apply", file] + guild)
                #expect(
                    wrong.code == 7 && wrong.output.contains("Line 3, column 5: There is no \"evry\" here."), "\(wrong.output)")
                #expect(wrong.output.contains("Did you mean \"every\"?"), "\(wrong.output)")
                #expect(try story.shell(["guild", "plan", "/nowhere.yaml"] + guild).code == 2)
                try story.asks("house.set", ["name": "activity.reply", "value": "2"])
                try story.restoresInDiscord(before: before.output)
            }
        }

        @Test("LEAD-06: what was done is taken back from the audit, after a look at what that does, and what cannot be says so")
        func undoing() throws {
            try Story.told { story in
                let owner = story.member("owner")
                #expect(
                    try story.uses(owner, "pings add", ["channel": .channel(story.general), "every": "6h"]).contains("Ping 1"))
                let before = try story.asks("guild.export")["text"]
                #expect(try story.uses(owner, "pings remove", ["id": 1]).contains("emoved"))
                let entry = try #require(try story.asks("audit.list", ["command": "pings.remove"])["rows"]?[0])
                #expect(entry["undo"] == true && entry["final"] == false)
                let asked = try story.discord.uses(
                    owner, "audit undo", ["id": .text(entry["id"]?.text ?? "")], in: story.general)
                #expect(try story.answer(to: asked).contains("ping 1"), "the plan is shown first")
                #expect(try story.asks("guild.export")["text"] != before)
                let shown = try #require(story.discord.reply(to: asked))
                #expect(try story.answer(to: story.discord.clicks(owner, "Do it", on: shown.said)).contains("Taken back"))
                #expect(try story.asks("guild.export")["text"] == before)
                try story.asks("activity.override", ["member": .id(owner), "figure": "streak", "value": 3, "reason": "moved"])
                let number = try #require(try story.asks("activity.corrections")["rows"]?[0]?["id"])
                try story.asks("activity.withdraw", ["id": number])
                #expect(try story.uses(owner, "audit list").contains("activity.withdraw` (cannot be taken back)"))
            }
        }

        @Test("CFG-01, CFG-02: owners, prefixes, features and test servers are what the configuration says")
        func configuration() throws {
            var setting = Story.Setting()
            setting.configure = { configuration, discord in
                configuration.prefixes = ["?"]
                configuration.features.off = ["topics"]
                configuration.owners = [discord.member("keeper", in: discord.guild("Elsewhere"))]
            }
            try Story.told(setting) { story in
                let ann = story.member("ann")
                #expect(try story.writes(ann, "?house status").contains("Hearth"))
                #expect(try story.writes(ann, "E!house status") == "")
                #expect(try story.writes(ann, "?topics topic").contains("switched off"))
                let export = try story.asks("guild.export")["text"]?.text ?? ""
                #expect(export.contains("  topics: no") && export.contains("  pings: yes"))
            }
        }

        @Test("LEAD-21 P2: killed at any step of applying much, it is applied once and whole")
        func kills() throws {
            let points =
                Environment.read()["HEARTH_POINTS"].map { $0.split(separator: ",").map(String.init) } ?? [
                    "commit.begun:9", "commit.task-done:7", "write.timer-advanced:2", "write.timers:3",
                    "commit.folds-written:8",
                    "commit.committed:7", "commit.released:8", "write.answer-kept:1",
                ]
            let ordeal = try Ordeal(Ordeal.Plan(rate: 1))
            try ordeal.isBorn()
            let guild = JSON.id(ordeal.crowd.homes[0].guild)
            var deaths = 0
            for (round, point) in points.enumerated() {
                try ordeal.dies()
                let text = Self.text(round)
                try ordeal.starts(["HEARTH_CRASH": point])
                // It may die before it is asked, before it answers, after it, or not at all.
                try ordeal.waits(20_000, "a session, or its end at \(point)") { ordeal.isOnline || ordeal.hasDied }
                try? ordeal.applies(text, guild)
                try ordeal.waits(20_000, "its end at \(point), or the end of the work") {
                    try ordeal.hasDied || ordeal.isApplied(text, guild)
                }
                deaths += ordeal.hasDied ? 1 : 0
                try ordeal.dies()
                try ordeal.starts()
                try ordeal.waits(30_000, "a life after \(point)") { ordeal.isOnline }
                // Who has had no answer asks again: nothing was on disk, or all that matters was.
                if try !ordeal.isWorking(guild), try !ordeal.isApplied(text, guild) { try ordeal.applies(text, guild) }
                try ordeal.waits(30_000, "all of round \(round) after \(point)") { try ordeal.isApplied(text, guild) }
                #expect(try ordeal.topics(guild) == 130 + round, "\(point): each topic once")
            }
            #expect(deaths > points.count / 2, "\(deaths) deaths: too little was proved")
        }

        /// More than one transaction takes; each round another number of other questions.
        private static func text(_ round: Int) -> String {
            "topics:\n"
                + (0..<(130 + round)).map { "  t\($0):\n    category: food\n    text: Round \(round), number \($0)?\n" }
                .joined()
        }
    }
}

extension Ordeal {
    fileprivate var hasDied: Bool { daemon?.hasEnded() ?? true }

    /// As it was planned just before.
    fileprivate func applies(_ text: String, _ guild: JSON) throws {
        let plan = try client().ask("guild.plan", ["guild": guild, "text": .string(text)])["plan"]
        _ = try client().ask("guild.apply", ["guild": guild, "text": .string(text), "plan": plan ?? .null])
    }

    fileprivate func rows(_ text: String, _ guild: JSON) throws -> Int {
        try client().ask("guild.plan", ["guild": guild, "text": .string(text)])["rows"]?.array?.count ?? -1
    }

    fileprivate func isApplied(_ text: String, _ guild: JSON) throws -> Bool {
        try (try? rows(text, guild)) == 0 && !isWorking(guild)
    }

    fileprivate func isWorking(_ guild: JSON) throws -> Bool {
        let reader = try SQLiteLibrary(path: database).openReader()
        return try reader.first("SELECT COUNT(*) FROM guild_works") { $0.int(0) } != 0
    }

    fileprivate func topics(_ guild: JSON) throws -> Int {
        try client().ask("topics.list", ["guild": guild, "limit": 500])["rows"]?.array?.count ?? -1
    }
}

extension Story {
    func file(_ name: String) -> String { configuration.store.path + "." + name }

    /// The same in Discord: the text as a file, the history, and a state had back by the button under its plan.
    fileprivate func restoresInDiscord(before: String) throws {
        let owner = member("owner")
        let asked = try discord.uses(owner, "guild export", [:], in: general)
        #expect(try answer(to: asked).contains("things are set up here"))
        #expect(discord.reply(to: asked)?.attachments.map { $0["filename"] } == ["guild.yaml"])
        let history = try uses(owner, "guild history")
        #expect(history.contains("guild.apply") && history.contains("house.set"), "\(history)")
        let first = try #require(try asks("guild.history", ["limit": 100])["rows"]?.array?.last?["id"]?.int)
        let plan = try discord.uses(owner, "guild restore", ["state": .whole(first)], in: general)
        #expect(try answer(to: plan).contains("ping 1"))
        let shown = try #require(discord.reply(to: plan))
        #expect(try answer(to: discord.clicks(owner, "Do it", on: shown.said)).contains("Applied"))
        #expect(try asks("guild.export")["text"]?.text == before)
        #expect(try uses(member("ann"), "guild export").contains("Manage Server"))
    }
}
