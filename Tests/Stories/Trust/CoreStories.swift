import Kit
import Machine
import Settings
import Shared
import Simulator
import Testing
import Workbench
import hearthd

extension Stories {
    @Suite("Core") struct CoreStories {
        private static var playing: Story.Setting { Story.Setting(features: Story.Setting().features + [Diary.feature]) }

        @Test(
            "COR-01, COR-02: a feature says what it is and needs, is loaded with the house in order, and is switched by commands"
        )
        func contract() throws {
            try Story.told(Self.playing) { story in
                let rows = try story.asks("house.features")["rows"]?.array ?? []
                let diary = try #require(rows.first { $0["feature"] == "diary" })
                #expect(diary["summary"] == "Writes down what it hears" && diary["version"] == "2.1" && diary["on"] == true)
                #expect(diary["needs"] == ["badges"] && diary["commands"] == 1)
                let names = rows.compactMap { $0["feature"]?.text }
                for row in rows {
                    let place = try #require(row["feature"]?.text.flatMap(names.firstIndex(of:)))
                    for need in row["needs"]?.array?.compactMap(\.text) ?? [] {
                        #expect(try #require(names.firstIndex(of: need)) < place, "\(need) before \(names[place])")
                    }
                }
                #expect(try story.fails("house.disable", ["feature": "badges"]).hint == "First: house disable diary")
                #expect(try story.writes(story.member("owner"), "E!house disable diary").contains("is now off"))
                #expect(try story.asks("house.disable", ["feature": "badges"])["on"] == false)
                #expect(try story.fails("house.enable", ["feature": "diary"]).hint == "First: house enable badges")
            }
        }

        @Test("COR-02, COR-05, CFG-02: the configuration says what is loaded first and what is on or off from the start")
        func startUp() throws {
            var setting = Self.playing
            setting.configure = { configuration, _ in
                configuration.features.first = ["diary"]
                configuration.features.off = ["analytics"]
                configuration.prefixes = ["Tea!"]
                configuration.prefixesMatchCase = true
            }
            try Story.told(setting) { story in
                let rows = try story.asks("house.features")["rows"]?.array ?? []
                #expect(rows.prefix(2).map { $0["feature"] } == ["badges", "diary"], "\(rows.prefix(3))")
                #expect(rows.first { $0["feature"] == "analytics" }?["on"] == false)
                #expect(try story.fails("analytics.days").name == "degraded")
                #expect(try story.fails("house.enable", ["feature": "analytics"]).message.contains("configuration"))
                let ann = story.member("ann")
                #expect(try story.writes(ann, "Tea!leaderboard").contains("Leaderboard"))
                #expect(try story.writes(ann, "tea!leaderboard") == "")
            }
        }

        @Test("CFG-01: owners come from the configuration, and for staging commands are known in the test servers alone")
        func staging() throws {
            var setting = Story.Setting()
            setting.configure = { configuration, discord in
                configuration.owners = [discord.member("housekeeper", in: discord.homes[0])]
                configuration.discord.testGuilds = discord.homes
            }
            setting.isOpen = false
            try Story.told(setting) { story in
                try story.starts()
                try story.quiet()
                try story.waits("the commands of the test server") {
                    story.discord.commandNames(in: story.guild).contains("activity")
                }
                #expect(story.discord.commandNames() == [], "nowhere else")
                #expect(try story.writes(story.member("housekeeper"), "E!activity totals").contains("messages"))
                #expect(try story.writes(story.member("owner"), "E!activity totals").contains("owners of this bot"))
            }
        }

        @Test("COR-04: a feature is on or off in each server by itself, and hears when it is switched, the last time too")
        func toggles() throws {
            try Story.told(Self.playing) { story in
                let elsewhere = story.discord.guild("Night Market")
                let ann = story.member("ann")
                try story.says(ann, "one")
                try story.quiet()
                try story.asks("house.disable", ["feature": "diary"])
                try story.says(ann, "two")
                try story.quiet()
                #expect(try story.uses(ann, "diary read").contains("switched off here"))
                #expect(try story.asks("diary.read", in: elsewhere)["heard"] == [])
                try story.asks("house.enable", ["feature": "diary"])
                try story.says(ann, "three")
                try story.quiet()
                let heard = try story.asks("diary.read")["heard"]
                #expect(heard == ["one", "switched off", "switched on", "three"])
            }
        }

        @Test(
            "COR-06, COR-07: who listens first may keep a message from others but not from counting; the router tells calls, time and faults, and who fails stops nobody"
        )
        func router() throws {
            try Story.told(Self.playing) { story in
                let ann = story.member("ann")
                for line in ["swallow this", "and stumble", "hello"] {
                    try story.says(ann, line)
                    try story.quiet()
                }
                #expect(try story.asks("diary.read")["heard"] == ["and stumble", "hello"])
                #expect(try story.points(of: ann) > 0, "what was swallowed is counted: the story's end compares")
                let rows = try story.asksAnywhere("house.router")["rows"]?.array ?? []
                func row(_ name: String) -> JSON? { rows.first { $0["handler"]?.text == name } }
                #expect(row("diary.swallow")?["calls"]?.int ?? 0 >= 3 && row("diary.swallow")?["handled"] == 1, "\(rows)")
                #expect(row("diary.stumble")?["faults"] == 1)
                #expect(row("diary.write")?["calls"] == 2)
                #expect(row("activity.count")?["calls"].flatMap(\.int) ?? 0 >= 3, "\(rows.map { $0["handler"] })")
                #expect(row("diary.read")?["calls"] == 1 && row("diary.read")?["mean_us"]?.int ?? -1 >= 0)
            }
        }

        @Test(
            "COR-11: an admin gives a command a rest for each member, and takes its own away; wrong wishes are refused in words"
        )
        func cooldowns() throws {
            try Story.told(Story.Setting(features: Story.Setting().features + [Playground.feature])) { story in
                let (ann, ben) = (story.member("ann"), story.member("ben"))
                func wish(_ text: String) -> JSON { ["name": "house.cooldowns", "value": .string(text)] }
                try story.asks("house.set", wish("playground.nap=0s activity.profile=30s"))
                for _ in 0..<2 { #expect(try story.writes(ann, "E!nap").contains("Slept")) }
                #expect(try !story.writes(ann, "E!activity profile").contains("every 30 s"))
                #expect(try story.uses(ann, "activity profile").contains("can be used every 30 s"))
                #expect(try !story.writes(ben, "E!activity profile").contains("every 30 s"))
                try story.seconds(31)
                #expect(try !story.writes(ann, "E!activity profile").contains("every 30 s"))
                for text in ["soon", "playground.nap", "playground.nap=", "playground.nap=-1s", "nap=3s", "playground.nap=9d"] {
                    #expect(try story.fails("house.set", wish(text)).field == "value", "\(text)")
                }
                #expect(try story.fails("house.set", wish("playground.nip=3s")).hint == "Did you mean playground.nap?")
                #expect(try story.asks("house.set", wish("none"))["value"] == "none")
                #expect(try story.writes(ben, "E!nap").contains("Slept"))
                #expect(try story.writes(ben, "E!nap").contains("every 1 min"))
            }
        }

        @Test("COR-12, COR-13: what is typed is checked before anything happens, and each server keeps settings of its own")
        func input() throws {
            try Story.told { story in
                let owner = story.member("owner")
                let elsewhere = story.discord.guild("Night Market")
                for (name, value) in [
                    ("activity.reply", "lots"), ("activity.decay", "2"), ("house.zone", "Mars/Olympus"),
                    ("privacy.messages", "-1"),
                    ("privacy.quiet", "25:00-26:00"), ("house.command_window", "9d"),
                ] {
                    let refused = try story.fails("house.set", ["name": .string(name), "value": .string(value)])
                    #expect(refused.field == "value" && refused.name == "invalid_value", "\(name): \(refused)")
                }
                #expect(try story.fails("house.set", ["name": "activity.reply\u{0}", "value": 1]).message != "")
                #expect(try story.writes(owner, "E!house set activity.reply 4").contains("is now"))
                #expect(try story.asks("house.settings", ["name": "activity.reply"])["rows"]?[0]?["value"]?.double == 4)
                let other = try story.asks("house.settings", ["name": "activity.reply"], in: elsewhere)["rows"]?[0]
                #expect(other?["value"]?.double == 2 && other?["origin"] == "default")
                try story.asks("house.unset", ["name": "activity.reply"])
            }
        }

        @Test("COR-17: slash commands are made known at the start by what is declared, and again only when that has changed")
        func registration() throws {
            try Story.told { story in
                let known = story.discord.commandNames()
                #expect(known.contains("activity") && known.contains("house"))
                func written() -> Int {
                    story.discord.requests.count { $0.route.hasPrefix("PUT") && $0.route.hasSuffix("/commands") }
                }
                let before = written()
                try story.restarts()
                #expect(story.discord.commandNames() == known)
                #expect(before > 0 && written() == before)
            }
        }

        @Test("OPS-03: nothing is shown from a cache that could be stale: board and profile tell of the message before")
        func fresh() throws {
            try Story.told { story in
                let ann = story.member("ann")
                for count in 1...5 {
                    try story.says(ann, "line \(count)")
                    #expect(try story.profile(of: ann, "messages") == Double(count))
                    let board = try story.asks("activity.leaderboard", ["limit": 1])["rows"]?[0]
                    #expect(board?["messages"]?.int == Int64(count), "\(String(describing: board))")
                }
            }
        }

        @Test(
            "OPS-08: the log tells each command with who, where and how long, as JSON, in files that begin anew when they are full"
        )
        func logs() throws {
            try Story.told { story in
                let ann = story.member("ann")
                _ = try story.writes(ann, "E!leaderboard")
                let line = try #require(story.log.split(separator: "\n").first { $0.contains("command=activity.leaderboard") })
                #expect(line.contains("user=\(ann)") && line.contains("guild=\(story.guild)") && line.contains("latency_ms="))
            }
            let folder = try StoryFolder()
            let path = folder.path + "/small.log"
            let sink = try LogSink(level: .info, format: .json, output: .file(path: path, limit: 4096, keep: 5), secrets: [])
            let log = Log(sink, room: "commands")
            for number in 0..<400 { log.info("done", [.command("activity.leaderboard"), .whole("number", number)]) }
            let names = try Files.names(in: folder.path)
            #expect(names.count == 6, "\(names)")
            for name in names {
                let bytes = try Files.read(folder.path + "/" + name)
                #expect(bytes.count <= 4096 + 512)
                for line in bytes.split(separator: 10) {
                    #expect(try JSON(parsing: Array(line))["command"] == "activity.leaderboard")
                }
            }
        }
    }
}

/// A feature for stories: it writes down what it hears.
private enum Diary {
    static let feature = Feature(
        "diary", "Writes down what it hears", version: "2.1", needs: ["badges"], schema: schema, commands: [read],
        listeners: [swallow, stumble, write, switched], export: { _, _ in .null }, erase: { _, _ in 0 })

    static let schema = [
        Migration(
            "diary-001-lines", "CREATE TABLE diary_lines (id BIGINT PRIMARY KEY, guild BIGINT NOT NULL, line TEXT NOT NULL)")
    ]

    struct Stumble: Error {}

    static let swallow = Listener.message("diary.swallow", order: 1) { _, message in
        message.contentText.contains("swallow") ? .consumed : .passed
    }
    static let stumble = Listener.message("diary.stumble", order: 2) { _, message in
        if message.contentText.contains("stumble") { throw Stumble() }
        return .passed
    }
    static let write = Listener.message("diary.write", order: 3) { turn, message in
        try note(message.contentText, turn)
        return .passed
    }
    static let switched = Listener.news("diary.switched", SettingChanged.self) { turn, change in
        guard change.name == "feature.diary", let place = change.place else { return }
        let isOn = turn.house.stored(change.name, guild: place, channel: nil, roles: [])?.bool == true
        try note(isOn ? "switched on" : "switched off", turn)
    }

    private static func note(_ line: String, _ turn: Turn) throws {
        try turn.store.run("INSERT INTO diary_lines (guild, line) VALUES (\(try turn.requireGuild()), \(line))")
    }

    static let read = Command("diary.read", "What it heard", changes: false, returns: .anything) { turn in
        let lines = try turn.store.all("SELECT line FROM diary_lines WHERE guild = \(try turn.requireGuild()) ORDER BY id") {
            JSON.string($0.text(0))
        }
        return .done(Card(text: "\(lines.count) lines"), data: ["heard": .array(lines)])
    }
}
