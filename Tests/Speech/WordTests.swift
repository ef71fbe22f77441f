import Kit
import Shared
import Testing
import Workbench

@Suite("Words")
struct WordTests {
    /// What is counted of one message that ann says.
    private func counted(_ text: String, name: String = "ann") throws -> [String] {
        let bench = try Bench.topics()
        var said = Said(1, text, at: bench.clock.now)
        said.username = name
        bench.hear(said.event)
        return try bench.words
    }

    @Test(
        arguments: [
            ("The dragons are sleeping, DRAGONS!", ["dragons", "sleeping"]),
            ("Дракон спит, а рыцарь нет", ["дракон", "рыцарь", "спит"]),
            ("Der Drache schläft über Nacht", ["drache", "nacht", "schläft"]),
            ("los dragones duermen también", ["dragones", "duermen"]),
            ("التنين نائم", ["التنين", "نائم"]),
            ("東京タワー", ["京タ", "タワ", "ワー", "東京"]),
            ("see https://example.org/dragon and www.dragon.net or dragon.io/x now", []),
            ("<@123456789012345678> <#123> <@&5> <:dragon:123456789012345678> <a:egg:1> tavern", ["tavern"]),
            ("dragon@example.org @everyone :dragon: tavern", ["tavern"]),
            ("`let dragon` ```swift\nlet tavern = 1\n``` ||the butler|| castle", ["castle"]),
            ("🐉🐉🐉 1234 2x b2b 10th", []), ("", []), ("lol omg xD pls", []),
            ("don't you've isn't", []), ("the dragon's tavern’s", ["dragon", "tavern"]),
            ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", []), ("to be or no", []),
            ("d\u{0301}\u{0301}\u{0301}\u{0301}\u{0301}\u{0301}\u{0301}ragon", ["ragon"]),
            ("||||| ``` `` > < <<<>>> tavern", ["tavern"]),
            ("\u{202E}nrevat\u{200B} *dragon* __castle__", ["castle", "dragon", "nrevat"]),
        ])
    func `AI-01 words are letters of any script, and nothing that names or leads anywhere`(_ text: String, _ words: [String])
        throws
    {
        #expect(try counted(text) == words.sorted())
    }

    @Test func `AI-01 nobody's own name is a word`() throws {
        #expect(
            try counted("Rosalind says Franklin likes dragons", name: "Rosalind Franklin")
                == ["dragons", "likes", "says"].filter { $0 != "says" })
    }

    @Test func `AI-01 of one message no more than forty words are counted`() throws {
        let letters = Array("abcdefghijklmnopqrst")
        let many = letters.flatMap { a in letters.prefix(5).map { b in "word\(a)\(b)" } }
        #expect(try counted(many.joined(separator: " ")).count == 40)
    }

    @Test func `AI-01 where nobody wanted it, nothing is counted`() throws {
        let bench = try Bench.topics()
        bench.say(["dragons everywhere"], in: 2)
        #expect(try bench.words == [])
        bench.say(["dragons everywhere"], in: 1)
        #expect(try bench.words == ["dragons", "everywhere"])
        try bench.set("topics.listen", false, in: 1)
        #expect(try bench.words == [], "what was counted goes with the wish to count")
    }

    @Test func `AI-01 bots, and members who decline to be counted, are not sampled`() throws {
        let bench = try Bench.topics()
        var bot = Said(7, "dragons", at: bench.clock.now)
        bot.isAutomatic = true
        bench.hear(bot.event)
        try bench.decline("counting", 3)
        bench.say(["dragons"], from: 3)
        #expect(try bench.words == [])
        bench.say(["dragons"], from: 4)
        #expect(try bench.words == ["dragons"])
    }

    @Test func `AI-01 of a hundred messages about so many are looked at as was set, and the same ones again`() throws {
        func sampled() throws -> [Int64] {
            let bench = try Bench.topics()
            try bench.set("topics.sample", 30)
            bench.say((0..<200).map { _ in "dragons" }, at: Bench.start)
            return try bench.numbers("SELECT sampled FROM topics_days") + bench.numbers("SELECT voices FROM topics_words")
        }
        let first = try sampled()
        #expect((35...85).contains(first[0]))
        #expect(try sampled() == first)
    }

    @Test func `AI-01 rows keep no text, no author and no salt beyond the day`() throws {
        let bench = try Bench.topics()
        bench.say((0..<40).map { "dragons and secretword\($0 == 0 ? "" : "x")" })
        #expect(try bench.numbers("SELECT COUNT(*) FROM topics_salts") == [1])
        bench.pass(25.hours)
        #expect(try bench.numbers("SELECT COUNT(*) FROM topics_salts") == [0])
        #expect(try bench.words == ["dragons", "secretwordx"], "what one person alone said is forgotten")
    }

    @Test func `AI-01 names of members are forgotten when the day is over, and never told`() throws {
        let bench = try Bench.topics()
        bench.say((0..<40).map { _ in "dragons like gwendolyn" })
        bench.hear(.memberSeen(Town.profile(41, named: "x", nick: "Gwendolyn the Great"), joined: true))
        #expect(try bench.run("topics.trending")["rows"]?.array?.compactMap { $0["word"]?.text }.contains("gwendolyn") == false)
        bench.pass(25.hours)
        #expect(try bench.words.contains("gwendolyn") == false)
    }

    @Test func `AI-01 a flood of made-up words is capped and keeps no real one out`() throws {
        let bench = try Bench.topics()
        let letters = Array("abcdefghijklmnopqrstuvwxyz")
        func made(_ number: Int) -> String { String([number, number / 26, number / 676].map { letters[$0 % 26] }) + "zq" }
        bench.say((0..<60).map { line in (0..<40).map { made(line * 40 + $0) }.joined(separator: " ") })
        #expect(try bench.numbers("SELECT COUNT(*) FROM topics_words")[0] <= 2000)
        bench.say(["dragons", "dragons", "dragons"], from: 5)
        #expect(try bench.numbers("SELECT count FROM topics_words WHERE word = 'dragons'") == [3])
        #expect(try bench.numbers("SELECT words - (SELECT COUNT(*) FROM topics_words) FROM topics_days") == [0])
    }

    @Test func `AI-01 a crash counts nothing twice and loses nothing`() throws {
        let bench = try Bench.topics()
        for number in 0..<10 {
            bench.say(["dragons"], from: Int64(number) + 1, at: Bench.start + (number * 60).seconds)
            try bench.restart()
        }
        #expect(try bench.numbers("SELECT count FROM topics_words") == [10])
        #expect(try bench.numbers("SELECT sampled FROM topics_days") == [10])
    }

    @Test func `AI-01 old days go when their time is over`() throws {
        let bench = try Bench.topics()
        try bench.set("topics.keep", "7d")
        bench.say((0..<10).map { _ in "dragons" })
        bench.pass(9.days, by: 1.days)
        #expect(try bench.numbers("SELECT COUNT(*) FROM topics_days") == [0])
        #expect(try bench.words == [])
    }
}
