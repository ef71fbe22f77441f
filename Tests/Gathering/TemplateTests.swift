import Kit
import Shared
import Testing
import Workbench

@Suite("Texts for announcements")
struct TemplateTests {
    @Test func `EVT-08 a text is written, shown with an example, changed, used by an event, removed and had back`() throws {
        let bench = try Bench.events()
        try bench.run("templates.set", ["name": "Party", "text": "Come to {title}, {relative}! {going} of {capacity}"])
        #expect(try bench.run("templates.list")["rows"]?.array?.map { $0["name"] } == ["party"])
        try bench.event(["template": "party", "capacity": 5, "title": "*Tea*"])
        guard case .post(_, let post) = bench.journal.parcels.first?.effect else { throw Bench.Silence() }
        #expect(
            post.card.text.pieces == [
                .words("Come to "), .quoted("*Tea*"), .words(", "), .time(Instant(seconds: 1_786_125_600), .relative),
                .words("! "), .words("0"), .words(" of "), .words("5"),
            ])
        try bench.run("templates.set", ["name": "party", "text": "{title}!"])
        #expect(try bench.run("templates.show", ["name": "party"])["version"] == 2)
        #expect(
            bench.refusal(
                "events.create", ["title": "x", "start": "friday 20:00", "channel": .id(Town.channel(1)), "template": "patry"])?
                .hint?.hasPrefix("Did you mean \"party\"?") == true)
        try bench.run("templates.remove", ["name": "party"])
        #expect(bench.refusal("templates.show", ["name": "party"])?.kind == .notFound)
        let undo = try #require(try bench.undo(of: "templates.remove"))
        try bench.run("templates.set", undo["arguments"] ?? .null)
        #expect(try bench.run("templates.show", ["name": "party"])["text"] == "{title}!")
    }

    @Test(
        arguments: [
            ("a b", "x", "name"), ("", "x", "name"), ("none", "x", "name"), ("party", "{titel}", "text"),
            ("party", "{title", "text"), ("party", "  ", "text"), ("party", String(repeating: "x", count: 1501), "text"),
        ])
    func `EVT-08 what cannot work is refused when it is written`(_ name: String, _ text: String, _ field: String) throws {
        let bench = try Bench.events()
        #expect(bench.refusal("templates.set", ["name": .string(name), "text": .string(text)])?.field == field)
    }

    @Test func `EVT-08 a text is posted in a channel of this server only`() throws {
        let bench = try Bench.events()
        try bench.run("templates.set", ["name": "hello", "text": "Welcome to {server}: {title}"])
        try bench.run("templates.post", ["name": "hello", "channel": .id(Town.channel(2)), "title": "tea"])
        #expect(bench.deeds == ["posts in 202"])
        #expect(bench.refusal("templates.post", ["name": "hello", "channel": .id(Town.channel(3 + 90))])?.field == "channel")
    }

    @Test func `whose text it is is exported and forgotten`() throws {
        let bench = try Bench.events()
        try bench.run("templates.set", ["name": "hello", "text": "x"], as: 2)
        #expect(try bench.run("tune.export", ["member": .id(Town.member(2))])["templates"]?["texts"]?[0]?["name"] == "hello")
        try bench.run("tune.erase", ["member": .id(Town.member(2))])
        #expect(try bench.run("templates.show", ["name": "hello"])["author"] == nil)
    }
}
