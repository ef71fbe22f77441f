import Kit
import Shared
import Testing
import Workbench

@Suite("Conversation starters")
struct StarterTests {
    private func topics(_ bench: Bench, _ category: String, _ count: Int) throws -> [String] {
        try (0..<count).map { number in
            bench.clock.pass(1.minutes)
            return try bench.run("topics.topic", ["category": .string(category)])["text"]?.text ?? "\(number)"
        }
    }

    @Test(
        arguments: [
            "icebreakers", "food", "games", "music", "screen", "books", "travel", "technology", "creativity", "dilemmas",
            "everyday",
        ])
    func `AI-02 of each category a dozen come before one comes again`(_ category: String) throws {
        let bench = try Bench.topics(listens: false)
        let first = try topics(bench, category, 12)
        #expect(Set(first).count == 12)
        #expect(first.allSatisfy { (10...160).contains($0.count) && !$0.contains("{") })
        #expect(try topics(bench, category, 1) == [first[0]], "then the one that was said longest ago")
    }

    @Test func `AI-02 after its time a topic may come again, at random`() throws {
        let bench = try Bench.topics(listens: false)
        let first = try topics(bench, "food", 12)
        bench.pass(31.days, by: 1.days)
        let second = try topics(bench, "food", 12)
        #expect(Set(first) == Set(second) && first != second)
    }

    @Test func `AI-02 without a category it is about anything, now of this and now of that`() throws {
        let bench = try Bench.topics(listens: false)
        let answers = try (0..<30).map { _ in try bench.run("topics.topic") }
        #expect(Set(answers.map { $0["text"]?.text }).count == 30)
        let categories = Set(answers.compactMap { $0["category"]?.text })
        #expect(categories.count > 5 && !categories.contains("trending"))
        #expect(answers.allSatisfy { $0["source"] == "built-in" })
    }

    @Test func `AI-02 a dry run shows one and uses none up`() throws {
        let bench = try Bench.topics(listens: false)
        let command = try #require(bench.catalogue.command("topics.topic"))
        var request = Request(command, params: .init(), guild: Town.guild, person: Bench.owner)
        request.isDryRun = true
        guard case .planned = try bench.ask(request) else { throw Bench.Silence() }
        #expect(try bench.numbers("SELECT COUNT(*) FROM topics_said") == [0])
    }

    @Test func `AI-02 what is trending becomes a topic, and only where there is something`() throws {
        let bench = try Bench.topics()
        #expect(try bench.run("topics.topic", ["category": "trending"])["category"] != "trending")
        bench.say((0..<20).map { _ in "dragons" })
        let answer = try bench.run("topics.topic", ["category": "trending"])
        #expect(answer["category"] == "trending" && answer["text"]?.text?.contains("dragons") == true)
        #expect(answer["text"]?.text?.contains("{word}") == false)
    }

    @Test func `AI-02 an unknown category is refused with the nearest`() throws {
        let bench = try Bench.topics(listens: false)
        let refusal = try #require(bench.refusal("topics.topic", ["category": "fod"]))
        #expect(refusal.field == "category" && refusal.hint?.hasPrefix("Did you mean \"food\"?") == true)
        #expect(bench.refusal("topic", ["category": "x' OR 1=1"])?.field == "category")
    }

    // MARK: - The server's own

    @Test func `AI-02 a server's own topics are added, said, listed, removed and had back`() throws {
        let bench = try Bench.topics(listens: false)
        let added = try bench.run("topics.add", ["category": "Our-Game", "text": " Who *wins* @everyone? "])
        #expect(added["id"] == 1 && added["category"] == "our-game" && added["text"] == "Who *wins* @everyone?")
        let said = try bench.run("topics.topic", ["category": "our-game"])
        #expect(said["text"] == "Who *wins* @everyone?" && said["source"] == "own")
        #expect(try bench.run("topics.list", ["category": "our-game"])["rows"]?.array?.count == 1)
        #expect(bench.refusal("topics.add", ["category": "our-game", "text": "Who *wins* @everyone?"])?.kind == .conflict)
        #expect(try bench.run("topics.remove", ["id": 1])["removed"] == true)
        #expect(bench.refusal("topics.topic", ["category": "our-game"])?.field == "category")
        #expect(bench.refusal("topics.remove", ["id": 1])?.kind == .notFound)
        #expect(try bench.run("topics.restore", ["id": 1])["removed"] == false)
        #expect(bench.refusal("topics.remove", ["id": 1], in: name(101))?.kind == .notFound, "another server's is not there")
    }

    @Test(
        arguments: [
            (["category": "food", "text": "  "], "text"), (["category": "food"], "text"), (["text": "Who?"], "category"),
            (["category": "x", "text": "Who?"], "category"), (["category": "two words", "text": "Who?"], "category"),
            (["category": "trending", "text": "Who?"], "category"), (["category": "any", "text": "Who?"], "category"),
            (["category": "food", "text": .string(String(repeating: "x", count: 301))], "text"),
            (["category": "food", "text": 5.5, "id": 1], "id"), (["category": ["a"], "text": "Who?"], "category"),
            (["category": "food", "text": "a\u{0}b"], "text"),
        ] as [(JSON, String)])
    func `AI-02 what is no topic is refused, and the field is named`(_ params: JSON, _ field: String) throws {
        let bench = try Bench.topics(listens: false)
        #expect(bench.refusal("topics.add", params)?.field == field)
        #expect(try bench.numbers("SELECT COUNT(*) FROM topics_own") == [0])
    }

    @Test func `members may ask for a topic, and only admins may change what there is`() throws {
        let bench = try Bench.topics(listens: false)
        for command in bench.catalogue.feature("topics")?.commands ?? [] where command.changes && command.verb != "topic" {
            #expect(command.access == .manageGuild, "\(command.name)")
        }
        #expect(bench.catalogue.command("topic")?.access == .everyone)
    }
}
