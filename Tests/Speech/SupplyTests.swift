import Kit
import Shared
import Testing
import Workbench

@Suite("Phrased topics")
struct SupplyTests {
    private static let lot = """
        1. Which bread would you bake for the whole server?
        2. What smell of a kitchen takes you back in time?
        3. Which dish do you cook when nobody is looking?
        4. What would your last recipe be?
        """

    private func ask(_ bench: Bench, _ category: JSON = "food") throws -> JSON {
        bench.clock.pass(1.minutes)
        return try bench.run("topics.topic", ["category": category])
    }

    @Test func `AI-03 the first topic comes at once from what is there, later ones are phrased`() throws {
        let bench = try Bench.topics(oracle: "sibyl-1", listens: false)
        #expect(try ask(bench)["source"] == "built-in")
        #expect(bench.inquiries.count == 1)
        #expect(try ask(bench)["source"] == "built-in", "nobody waits")
        #expect(bench.inquiries.count == 1, "and nothing is asked twice")
        try bench.answers(Self.lot, tokens: 321)
        let phrased = try (0..<4).map { _ in try ask(bench) }
        #expect(phrased.allSatisfy { $0["source"] == "phrased" })
        #expect(phrased[0]["text"] == "Which bread would you bake for the whole server?")
        #expect(bench.inquiries.count == 2, "more is asked for before the last is gone")
        let stock = try bench.run("topics.stock")
        #expect(stock["requests"] == 2 && stock["tokens"] == 321 && stock["kept"] == 4 && stock["refused"] == 0)
    }

    @Test func `AI-03 what was phrased once is not taken again`() throws {
        let bench = try Bench.topics(oracle: "sibyl-1", listens: false)
        _ = try ask(bench)
        try bench.answers("Which bread would you bake for the whole server?")
        #expect(try ask(bench)["source"] == "phrased")
        try bench.answers("Which bread would you bake for the whole server?")
        #expect(try ask(bench)["source"] == "built-in")
    }

    @Test func `AI-03 without a model nothing is ever asked`() throws {
        let bench = try Bench.topics(listens: false)
        for _ in 0..<5 { _ = try ask(bench) }
        bench.pass(3.hours, by: 1.hours)
        #expect(bench.inquiries.isEmpty)
        #expect(try bench.run("topics.stock")["model"] == nil)
    }

    @Test func `AI-03 a server can do without`() throws {
        let bench = try Bench.topics(oracle: "sibyl-1", listens: false)
        _ = try ask(bench)
        try bench.answers(Self.lot)
        try bench.set("topics.phrasing", false)
        #expect(try ask(bench)["source"] == "built-in")
        bench.pass(2.hours, by: 1.hours)
        #expect(bench.inquiries.count == 1)
    }

    @Test func `AI-03 the prompt holds a category, a language and trending words, and nobody`() throws {
        let bench = try Bench.topics(oracle: "sibyl-1")
        bench.say((0..<20).map { _ in "dragons says person <@1001> Town" })
        _ = try ask(bench, "trending")
        let inquiry = try #require(bench.inquiries.first?.inquiry)
        #expect(inquiry.text.hasPrefix("Category: trending\nLanguage: en-GB\nWords that many use these days: "))
        #expect(inquiry.text.contains("dragons"))
        for secret in ["person", "1001", "1040", "200", "room"] { #expect(!inquiry.text.contains(secret), "\(secret)") }
        try bench.set("topics.language", "pt-BR")
        _ = try ask(bench, "food")
        #expect(bench.inquiries.last?.inquiry.text == "Category: food\nLanguage: pt-BR")
    }

    @Test func `AI-03 the budget of requests and of tokens holds, each day anew`() throws {
        let bench = try Bench.topics(oracle: "sibyl-1", listens: false)
        try bench.set("topics.requests", 2)
        for category: JSON in ["food", "games", "music", "books"] { _ = try ask(bench, category) }
        #expect(bench.inquiries.count == 2)
        bench.pass(1.days, by: 1.hours)
        #expect(bench.inquiries.count == 4)
        try bench.set("topics.requests", 1000)
        try bench.set("topics.tokens", 100)
        _ = try ask(bench, "travel")
        #expect(bench.inquiries.count == 4)
    }

    @Test func `AI-03 what fails is left in peace for longer and longer, and no member hears of it`() throws {
        let bench = try Bench.topics(oracle: "sibyl-1", listens: false)
        _ = try ask(bench)
        try bench.fails()
        #expect(try ask(bench)["source"] == "built-in")
        #expect(bench.inquiries.count == 1)
        let row = try bench.run("topics.stock")["rows"]?[0]
        #expect(row?["trouble"] == "it has trouble of its own" && row?["state"] == "warn")
        bench.clock.pass(10.minutes)
        _ = try ask(bench)
        #expect(bench.inquiries.count == 2)
        try bench.fails()
        bench.clock.pass(12.minutes)
        _ = try ask(bench)
        #expect(bench.inquiries.count == 2)
        bench.clock.pass(10.minutes)
        _ = try ask(bench)
        #expect(bench.inquiries.count == 3)
        try bench.answers(Self.lot)
        #expect(try bench.run("topics.stock")["rows"]?[0]?["trouble"] == nil)
    }

    @Test func `AI-03 what was used lately or is scheduled lies ready again without anybody asking`() throws {
        let bench = try Bench.topics(oracle: "sibyl-1", listens: false)
        try bench.run("topics.schedule", ["channel": .id(Town.channel(1)), "every": "30d", "category": "books"])
        bench.pass(2.hours, by: 1.hours)
        #expect(bench.inquiries.map { $0.inquiry.text } == ["Category: books\nLanguage: en-GB"])
        try bench.answers(Self.lot)
        #expect(try bench.look("topics.stock", [:], in: Town.guild).count == 1)
        #expect(try bench.look("topics.budget", [:], in: Town.guild).count == 1)
    }

    @Test func `AI-03 a crash while the model thinks asks once and takes the answer once`() throws {
        let bench = try Bench.topics(oracle: "sibyl-1", listens: false)
        _ = try ask(bench)
        try bench.restart()
        bench.step()
        #expect(Set(bench.inquiries.map(\.parcel)).count == 1, "it is carried anew")
        try bench.answers(Self.lot, tokens: 50)
        try bench.restart()
        try bench.answers(Self.lot, tokens: 50)
        #expect(try bench.numbers("SELECT tokens FROM topics_spending") == [50])
        #expect(try bench.numbers("SELECT COUNT(*) FROM topics_stock") == [4])
    }

    @Test(
        arguments: [
            "Come to https://evil.example now, will you?", "Have you seen discord.gg/abcdef yet, friends?",
            "Who has been to evil.example lately, and why?", "What does @everyone think of this, really?",
            "Ask <@123456789012345678> what they think of it?", "Who hides \u{202E}in this line of text, I wonder?",
            "A bell\u{7} rings in this question, does it not?", "**Bold** questions are asked by whom, exactly?",
            "# A heading that shouts at everybody here?", "> quoted from somebody else, by whom is it?", "Short?",
            String(repeating: "long ", count: 60) + "?", "12345 67890 12345 67890", "Who likes POISON in their tea, and why?",
            "`rm -rf /` is a question, is it not, dear friends?", "[click](here) for a question about food, will you?",
            "Z\u{0301}\u{0301}\u{0301}\u{0301}\u{0301}\u{0301}\u{0301}\u{0301}\u{0301}algo is what you like, is it not?",
            "Ｗho is mentioned by ＠everyone in this question?", "zero\u{200B}width\u{200B}spaces are in this, do you see?",
        ])
    func `AI-03 what a friendly question would not hold is not taken`(_ line: String) throws {
        let bench = try Bench.topics(oracle: "sibyl-1", listens: false)
        try bench.set("topics.forbidden", "poison, venom")
        _ = try ask(bench)
        try bench.answers(line)
        #expect(try ask(bench)["source"] == "built-in")
        #expect(try bench.numbers("SELECT kept FROM topics_spending") == [0])
        #expect(try bench.run("topics.stock")["rows"]?[0]?["trouble"] == "nothing of what it said could be used")
    }

    @Test func `AI-03 of good and bad lines the good ones stay, and no more than were asked for`() throws {
        let bench = try Bench.topics(oracle: "sibyl-1", listens: false)
        _ = try ask(bench)
        let many = (1...20).map { "\($0)) Which loaf number \("abcdefghijklmnopqrstuvwxyz".prefix($0)) would you share?" }
        try bench.answers("Sure! Visit www.evil.example\n\n" + many.joined(separator: "\n"))
        #expect(try bench.numbers("SELECT kept FROM topics_spending") == [5])
        #expect(try bench.numbers("SELECT refused FROM topics_spending") == [16])
    }

    @Test func `AI-03 a word that was forbidden later takes what lies ready along`() throws {
        let bench = try Bench.topics(oracle: "sibyl-1", listens: false)
        _ = try ask(bench)
        try bench.answers(Self.lot)
        try bench.set("topics.forbidden", "bread kitchen dish recipe")
        #expect(try ask(bench)["source"] == "built-in")
    }
}
