import Kit
import Shared
import Testing
import Workbench

@Suite("Trends")
struct TrendTests {
    private static let chatter = ["tavern stories", "castle stories", "tavern songs", "castle songs"]

    /// Twelve days of the same talk; dragons on the last.
    private func town(dragons speakers: Int64 = 12, channels: [ChannelProfile]? = nil) throws -> Bench {
        let bench = try channels.map { try Bench.topics(channels: $0) } ?? Bench.topics()
        for _ in 0..<12 {
            bench.say((0..<40).map { Self.chatter[$0 % 4] })
            bench.pass(1.days)
        }
        bench.say((0..<40).map { Self.chatter[$0 % 4] })
        for speaker in 1...speakers {
            bench.say(["dragons landed"], from: speaker, at: bench.clock.now + 2.minutes + Int(speaker).seconds)
        }
        return bench
    }

    private func words(_ bench: Bench, _ params: JSON = ["days": 1]) throws -> [String] {
        try bench.run("topics.trending", params)["rows"]?.array?.compactMap { $0["word"]?.text } ?? []
    }

    @Test func `AI-01 what is new stands out, what is always said does not, and the reason is told`() throws {
        let bench = try town()
        let answer = try bench.run("topics.trending", ["days": 1])
        let rows = try #require(answer["rows"]?.array)
        #expect(rows.compactMap { $0["word"]?.text } == ["dragons", "landed"])
        #expect(rows[0]["messages"] == 12 && rows[0]["before"] == 0)
        #expect((8...14).contains(rows[0]["voices"]?.int ?? 0))
        #expect((rows[0]["score"]?.double ?? 0) > 2)
        #expect(answer["sampled"] == 52 && answer["sampled_before"] == 280 && answer["compared"] == true)
    }

    @Test func `AI-01 one loud person makes no trend`() throws {
        let bench = try town(dragons: 1)
        bench.say((0..<30).map { _ in "wyverns" }.map { $0 }, from: 5, at: bench.clock.now + 5.minutes)
        for number in 0..<30 { bench.hear(Said(9, "griffins", at: bench.clock.now + 9.minutes, extra: Int64(number)).event) }
        #expect(try words(bench) == ["wyverns"])
    }

    @Test func `AI-01 without a past, what most people say comes first, and no score is made up`() throws {
        let bench = try Bench.topics()
        bench.say((0..<12).map { _ in "dragons landed" })
        bench.say((0..<6).map { _ in "castles" }, from: 20, at: bench.clock.now + 1.minutes)
        let answer = try bench.run("topics.trending")
        #expect(answer["compared"] == false)
        #expect(answer["rows"]?[0]?["score"] == nil)
        #expect(answer["rows"]?.array?.last?["word"] == "castles")
    }

    @Test func `AI-01 forbidden words are not told`() throws {
        let bench = try town()
        try bench.set("topics.forbidden", "landed, Dragons")
        #expect(try words(bench) == [])
    }

    @Test func `AI-01 what is said behind a door is told to staff and to nobody else`() throws {
        var hidden = Town.place(1)
        hidden.overwrites = [Overwrite(target: Town.guild.number, isMember: false, allow: [], deny: .viewChannel)]
        let bench = try town(channels: [hidden, Town.place(2), Town.place(3)])
        #expect(try words(bench) == ["dragons", "landed"])
        let command = try #require(bench.catalogue.command("topics.trending"))
        let viewer = Asker.Operator(user: 5, name: "guest", role: .viewer, client: "test")
        for params: JSON in [[:], ["channel": .id(Town.channel(1))]] {
            let answer = try bench.ask(
                Request(command, params: params.object ?? .init(), guild: Town.guild, person: viewer))
            guard case .refused(let refusal) = answer else { throw Bench.Silence() }
            #expect(refusal.kind == .unavailable)
        }
        #expect(try bench.run("topics.topic", ["category": "trending"])["category"] != "trending", "topics are for all to read")
    }

    @Test func `AI-01 bad input is refused in a sentence`() throws {
        let bench = try Bench.topics()
        #expect(bench.refusal("topics.trending", ["channel": .id(Town.channel(2))])?.field == "channel")
        #expect(bench.refusal("topics.trending", ["channel": "999999999999"])?.field == "channel")
        #expect(bench.refusal("topics.trending", ["channel": true])?.field == "channel")
        for days: JSON in [0, 15, "many", -1, 1.5] {
            #expect(bench.refusal("topics.trending", ["days": days])?.field == "days")
        }
        let silent = try Bench.topics(listens: false)
        #expect(silent.refusal("topics.trending", [:])?.hint?.contains("topics.listen") == true)
    }

    @Test func `the panel shows the same`() throws {
        let bench = try town()
        #expect(try bench.look("topics.trending", ["days": 1], in: Town.guild).map(\.key) == ["dragons", "landed"])
    }
}
