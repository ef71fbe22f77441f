import Kit
import Shared
import Testing
import Workbench

@Suite("Cards of topics")
struct TopicCardTests {
    /// What a person reads of an answer, in a terminal.
    private func lines(_ bench: Bench, _ name: String, _ params: JSON = [:]) throws -> [String] {
        guard let command = bench.catalogue.command(name) else { throw Bench.Silence() }
        var request = Request(command, params: params.object ?? .init(), guild: Town.guild, person: Bench.owner)
        request.wantsCard = true
        guard case .reply(_, _, let lines, _) = try bench.ask(request) else { throw Bench.Silence() }
        return lines
    }

    @Test func `AI-01 what is trending is told with its reasons`() throws {
        let bench = try Bench.topics()
        #expect(
            try lines(bench, "topics.trending") == [
                "Trending",
                "Nothing stands out in #room-1 in the last 3 days: 0 messages were looked at, 0 of the days before.",
            ])
        for _ in 0..<3 {
            bench.say((0..<20).map { _ in "tavern stories" })
            bench.pass(1.days)
        }
        bench.say((0..<9).map { _ in "*dragons*" })
        #expect(
            try lines(bench, "topics.trending", ["days": 1]) == [
                "Trending in today", "In #room-1:", "1. dragons  in 9 messages, 0 before, about 9 people",
                "Of 9 messages that were looked at, 60 before. The surest come first.",
            ])
    }

    @Test func `AI-02 a server's own topics and its schedules are told, and what others wrote stays inert`() throws {
        let bench = try Bench.topics(listens: false)
        #expect(
            try lines(bench, "topics.list") == ["This server's own topics", "There are none. Add one with topics add."])
        #expect(
            try lines(bench, "topics.add", ["category": "food", "text": "**Who** bakes?"]) == [
                "Topic 1 is added to food: **Who** bakes?"
            ])
        #expect(try lines(bench, "topics.list") == ["This server's own topics", "1  food: **Who** bakes?"])
        #expect(
            try lines(bench, "topics.schedule", ["channel": .id(Town.channel(1)), "every": "6h", "category": "food"]) == [
                "Scheduled topic 1 comes", "Posts a topic about food in #room-1, every 6 h (UTC).",
                "  Next  2026-08-06 18:00", "        2026-08-07 00:00", "        2026-08-07 06:00",
                "        2026-08-07 12:00", "        2026-08-07 18:00",
            ])
        #expect(
            try lines(bench, "topics.schedules") == [
                "Scheduled topics", "1  #room-1  food, every 6 h, next in 6 h",
            ])
        #expect(
            try lines(bench, "topics.pause", ["id": 1]) == [
                "Scheduled topic 1 is paused", "Posts a topic about food in #room-1, every 6 h (UTC).",
                "topics resume 1 lets it come again.",
            ])
    }

    @Test func `AI-03 what lies ready is told, with what it took`() throws {
        let offline = try Bench.topics(listens: false)
        #expect(
            try lines(offline, "topics.stock") == [
                "Phrased topics",
                "No language model phrases topics here: they come from the built-in texts and your own.",
            ])
        let bench = try Bench.topics(oracle: "sibyl-1", listens: false)
        try bench.run("topics.topic", ["category": "food"])
        try bench.answers("Which bread would you bake for us all?\nwww.evil.example, will you?", tokens: 90)
        #expect(
            try lines(bench, "topics.stock") == [
                "Phrased topics", "food  1 ready", "  Model           sibyl-1", "  Requests today  1 of 24",
                "  Tokens today    90 of 20000", "  Lines           1 kept, 1 filtered, 0 failures",
            ])
    }
}
