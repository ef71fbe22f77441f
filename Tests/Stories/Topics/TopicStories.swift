import Kit
import Settings
import Shared
import Sibyl
import Simulator
import Testing

extension Stories {
    @Suite("Topics") struct TopicsStories {
        @Test(
            "AI-01, CMD-01: what a channel talks about is counted where it is wanted, told through every door, and kept by nobody"
        )
        func trending() throws {
            try Story.told { story in
                let (owner, ann) = (story.member("owner"), story.member("ann"))
                #expect(try story.writes(ann, "E!trending").contains("No channel is listened to here"))
                #expect(
                    try story.writes(owner, "E!house set topics.listen yes channel #general").contains("topics.listen"))
                try story.asks("house.set", ["name": "topics.sample", "value": 100])
                let people = (0..<12).map { story.member("person-\($0)") }
                for day in 0..<8 {
                    for person in people { try story.says(person, "tavern songs and castle stories") }
                    if day == 7 {
                        for person in people { try story.says(person, "DRAGONS over https://dragons.example <@\(ann)>!") }
                    }
                    if day < 7 { try story.days(1) }
                }
                try story.restarts()
                let told = try story.uses(ann, "topics trending", ["days": 1])
                #expect(told.contains("**dragons**") && told.contains("in 12 messages, 0 before"), "\(told)")
                #expect(!told.contains("tavern") && !told.contains("example"))
                #expect(try story.asks("topics.trending", ["days": 1])["rows"]?.array?.map { $0["word"] } == ["dragons"])
                #expect(try story.writes(owner, "E!house set topics.listen no channel #general").contains("topics.listen"))
                #expect(try story.number("SELECT COUNT(*) FROM topics_words") == 0)
            }
        }

        @Test("AI-02, CMD-01: topics come on demand and on a schedule, from built-in texts and the server's own, offline")
        func starters() throws {
            try Story.told { story in
                let (owner, ann) = (story.member("owner"), story.member("ann"))
                #expect(try story.writes(ann, "E!topic fod").contains("Did you mean \"food\"?"))
                let first = try story.writes(ann, "E!topic food")
                #expect(first.contains("?"), "\(first)")
                let second = try story.uses(ann, "topics topic", ["category": "food"])
                #expect(second.contains("?") && second != first)
                try story.seconds(11)
                let message = try #require(story.discord.botMessages(in: story.general).last { $0.reference != nil })
                let pressed = try story.discord.clicks(ann, "Another one", on: message.said)
                #expect(try story.answer(to: pressed) != first)
                #expect(
                    try story.writes(owner, "E!topics add chess Which opening does @everyone fear?").contains("is added to"))
                #expect(try story.asks("topics.topic", ["category": "chess"])["source"] == "own")
                #expect(try story.writes(ann, "E!topics add chess Who?").contains("Manage Server"))
                let typed = try story.writes(owner, "E!topics schedule #general mon,thu 20:00 category: food")
                #expect(typed.contains("about **food**") && typed.contains("every week on Mon, Thu at 20:00"), "\(typed)")
                #expect(try story.asks("topics.pause", ["id": 1])["state"] == "paused")
                let made = try story.uses(
                    owner, "topics schedule",
                    ["channel": .channel(story.general), "rule": "daily 18:00", "category": "chess"])
                #expect(made.contains("about **chess**") && made.contains("every day at 18:00"), "\(made)")
                try story.hours(6)
                try story.restarts()
                let posts = try story.posted()
                #expect(posts.map(\.content) == ["💬 Which opening does \\@everyone fear?"])
                #expect(posts.allSatisfy { $0.mentions.isEmpty })
                #expect(try story.asks("topics.unschedule", ["id": 2])["state"] == "removed")
                try story.days(1)
                #expect(try story.posted().count == 1)
                let signs = try story.asks("house.status")["signs"]?.array ?? []
                #expect(signs.first { $0["key"] == "oracle" }?["value"] == "none is configured")
            }
        }

        @Test(
            "AI-03: a language model phrases topics while nobody waits; its budget, its faults and its key are the house's alone"
        )
        func phrasing() throws {
            let sibyl = try Sibyl()
            defer { sibyl.stop() }
            let key = "sk-story-5b1f0c9a77"
            var setting = Story.Setting(oracleKey: Secret(key))
            setting.configure = { configuration, _ in
                configuration.oracle.url = sibyl.address
                configuration.oracle.model = "sibyl-1"
            }
            sibyl.next(
                .says(
                    "1. Which bread would you bake for us all?\n2. Visit www.evil.example, will you?\n3. @everyone, who eats?",
                    tokens: 90),
                .status(400, body: "{\"error\":\"\(key) is broke\"}"))
            try Story.told(setting) { story in
                let ann = story.member("ann")
                #expect(try story.asks("topics.topic", ["category": "food"])["source"] == "built-in")
                try story.waits("the first lot") { try story.number("SELECT COUNT(*) FROM topics_stock") == 1 }
                #expect(try story.writes(ann, "E!topic food").contains("Which bread would you bake for us all?"))
                try story.waits("the second lot, which does not come") {
                    try story.number("SELECT COUNT(*) FROM topics_supplies WHERE trouble IS NOT NULL") == 1
                }
                #expect(try story.writes(ann, "E!topic food").contains("?"), "members hear nothing of it")
                let stock = try story.asks("topics.stock")
                #expect(stock["requests"] == 2 && stock["tokens"] == 90 && stock["kept"] == 1 && stock["refused"] == 2)
                #expect(stock["failed"] == 1 && stock["model"] == "sibyl-1")
                let sign = try story.asks("house.status")["signs"]?.array?.first { $0["key"] == "oracle" }
                #expect(sign?["state"] == "warn" && sign?["value"]?.text?.contains("(400)") == true)
                #expect(sibyl.heard.count == 2)
                #expect(sibyl.heard.allSatisfy { $0.head.contains("Authorization: Bearer \(key)") })
                #expect(
                    sibyl.heard.allSatisfy { $0.prompt == "Category: food\nLanguage: en-US" }, "\(sibyl.heard.map(\.prompt))")
                #expect(!story.log.contains(key))
            }
        }

        @Test("AI-03: what the model was asked when the process ended is asked by the next one, and answered once")
        func restart() throws {
            let sibyl = try Sibyl()
            defer { sibyl.stop() }
            var setting = Story.Setting()
            setting.configure = { configuration, _ in
                configuration.oracle.url = sibyl.address
                configuration.oracle.model = "sibyl-1"
            }
            sibyl.next(.silence, .says("Which bread would you bake for us all?", tokens: 7))
            try Story.told(setting) { story in
                #expect(try story.asks("topics.topic", ["category": "food"])["source"] == "built-in")
                try story.waits("the question") { sibyl.heard.count == 1 }
                try story.restarts()
                try story.waits("the answer") { try story.number("SELECT COUNT(*) FROM topics_stock") == 1 }
                #expect(sibyl.heard.count == 2)
                #expect(try story.asks("topics.stock")["tokens"] == 7)
                #expect(try story.asks("topics.topic", ["category": "food"])["source"] == "phrased")
            }
        }
    }
}

extension Story {
    /// What the bot has written in the general channel of its own accord.
    fileprivate func posted() throws -> [MessageRecord] {
        try quiet()
        return discord.botMessages(in: general).filter { $0.reference == nil && $0.interaction == nil }
    }
}
