import Kit
import Shared
import Testing
import Workbench

/// What a command asks back: several of a list, or words in a window.
@Suite("Asking back")
struct AskingTests {
    private static let feature = Feature(
        "ask", "Asks back", version: "1", commands: [pick, ask, hear, step, whisper], export: { _, _ in .null },
        erase: { _, _ in 0 })

    private static let pick = Command(
        "ask.pick", "Takes several", changes: true, returns: .nothing, .several("these", "Which", most: 3)
    ) { _, these in .done(Card(text: "\(these.joined(separator: "+"))"), data: .null) }

    private static let ask = Command("ask.ask", "Opens a window", changes: true, returns: .nothing) { turn in
        turn.emit(.post(channel: .known(Town.channel(1)), Post(Card(text: "asked"))))
        let asking = Asking(
            "Your name", [.init(name: "name", label: "Who are you?")],
            runs: Invocation(command: "ask.hear", arguments: ["number": 7]))
        return .asking(asking, Card(text: "Press to answer"), data: .null)
    }

    private static let hear = Command(
        "ask.hear", "Hears", changes: true, returns: .nothing, .text("name", "Who"), .whole("number", "Which", 1...9)
    ) { _, name, number in .replace(Card(text: "\(name), \(number)"), data: .null) }

    private static let step = Command("ask.step", "One of many", changes: true, isStep: true, returns: .nothing) { _ in
        .done(Card(text: "step"), data: .null)
    }

    private static let whisper = Command(
        "ask.whisper", "For one alone", isPrivate: true, changes: true, returns: .nothing
    ) { _ in .done(Card(text: "psst"), data: .null) }

    private func bench() throws -> Bench { try Bench([Self.feature]) }

    private func touch(_ bench: Bench, _ kind: InteractionSeen.Kind, _ extra: Int64) {
        bench.hear(
            .interaction(
                InteractionSeen(
                    id: Town.id(at: bench.clock.now, extra), token: "t", application: name(998), kind: kind,
                    guild: Town.guild, channel: Town.channel(1), member: nil, user: Town.member(1), permissions: [],
                    botPermissions: .all, locale: "en-GB", message: name(5), resolved: .null)))
    }

    private func said(_ bench: Bench) -> [String] {
        bench.journal.cards.map { PlainText(bench.directory, guild: nil, zone: .utc).lines(of: $0).joined(separator: "|") }
    }

    @Test func `what was chosen of a menu comes as a list, and as words with commas from a line`() throws {
        let bench = try bench()
        bench.hear(Said(1, "E!ask pick a, b ,c", at: Bench.start).event)
        bench.hear(Said(1, "E!ask pick a,b,c,d", at: Bench.start, extra: 1).event)
        touch(bench, .command(path: "ask pick", options: .init([("these", ["x", "y"])])), 2)
        touch(bench, .command(path: "ask pick", options: .init([("these", [["x"]])])), 3)
        let words = said(bench)
        #expect(words.contains("a+b+c") && words.contains("x+y"), "\(words)")
        #expect(words.contains { $0.contains("these are 4; 3 fit") }, "\(words)")
        #expect(words.contains { $0.contains("these is a list of words") }, "\(words)")
    }

    @Test func `a window opens once what was done is on disk, and what is typed runs the command`() throws {
        let bench = try bench()
        touch(bench, .component(customID: "run ask.ask", values: []), 1)
        let form = try #require(bench.journal.forms.first)
        #expect(form.title == "Your name" && form.fields.map(\.label) == ["Who are you?"])
        #expect(said(bench) == ["asked"])
        try bench.restart()
        bench.journal.clear()
        touch(bench, .form(customID: String(form.row), fields: [("name", "Ann")]), 2)
        #expect(said(bench) == ["Ann, 7"])
    }

    @Test func `where no window can be opened, a button leads to it`() throws {
        let bench = try bench()
        bench.hear(Said(1, "E!ask ask", at: Bench.start).event)
        #expect(bench.journal.forms.isEmpty && said(bench).contains("Press to answer"))
        bench.journal.clear()
        bench.clock.pass(1.minutes)
        // Acknowledged because it comes so late: nothing but a message can follow.
        bench.hear(
            .interaction(
                InteractionSeen(
                    id: Town.id(at: bench.clock.now - 50.seconds, 9), token: "t", application: name(998),
                    kind: .component(customID: "run ask.ask", values: []), guild: Town.guild, channel: Town.channel(1),
                    member: nil, user: Town.member(1), permissions: [], botPermissions: .all, locale: "en-GB",
                    message: name(5), resolved: .null)))
        #expect(bench.journal.forms.isEmpty && said(bench).contains("Press to answer"))
    }

    @Test func `what comes late and is for one alone never takes the place of what everybody sees`() throws {
        let bench = try bench()
        for (command, updates) in [("ask.whisper", false), ("ask.step", true)] {
            bench.journal.clear()
            let interaction = InteractionSeen(
                id: Town.id(at: bench.clock.now - 50.seconds, updates ? 1 : 2), token: "t", application: name(998),
                kind: .component(customID: "run " + command, values: []), guild: Town.guild, channel: Town.channel(1),
                member: nil, user: Town.member(1), permissions: [], botPermissions: .all, locale: "en-GB", message: name(5),
                resolved: .null)
            bench.clock.pass(5.seconds)
            bench.hear(.interaction(interaction))
            let found = bench.journal.all.compactMap {
                if case .acknowledged(_, let updates) = $0 { updates } else { nil } as Bool?
            }
            #expect(found == [updates], "\(command)")
        }
    }

    @Test func `steps have room of their own beside commands`() throws {
        let bench = try bench()
        for number in 0..<30 { touch(bench, .component(customID: "run ask.step", values: []), Int64(number)) }
        #expect(said(bench).filter { $0 == "step" }.count == 30)
        touch(bench, .component(customID: "run ask.step", values: []), 31)
        #expect(said(bench).last?.contains("30 steps in 10 s") == true)
        touch(bench, .command(path: "ask pick", options: .init([("these", "x")])), 32)
        #expect(said(bench).last == "x")
    }
}
