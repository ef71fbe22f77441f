import Kit
import Shared
import Testing
import Workbench

@Suite("Hostile text")
struct HostileRoundTests {
    @Test("P16: through every command, on the socket: nothing fails inside, nobody is pinged, no terminal obeys")
    func socket() throws {
        let town = try HostileTown()
        for (number, command) in town.commands.enumerated() {
            for words in HostileWords.share(number) {
                let story = "\(command.name) with \(words.debugDescription.prefix(40))"
                switch try town.asks(command, town.values(command, words)) {
                case .reply(let data, _, let lines, let card):
                    town.draws(lines, story)
                    town.draws(Self.texts(in: data) + Self.texts(in: card), story)
                case .refused(let refusal):
                    #expect(!refusal.sentence.isEmpty, "\(story)")
                    town.draws([refusal.sentence, refusal.hint ?? ""], story)
                case .failed(let reference): Issue.record("\(story) failed inside: \(reference)")
                case .planned, .replayed: break
                }
                town.judge(story)
                if command.parameters.isEmpty { break }
            }
        }
        try expectNoFaults(town)
    }

    @Test("P16: through every command, by slash and by prefix: Discord takes every answer")
    func discord() throws {
        let town = try HostileTown()
        for (number, command) in town.commands.enumerated() {
            for words in HostileWords.share(number) {
                let story = "\(command.name) with \(words.debugDescription.prefix(40))"
                town.uses(command, town.values(command, words))
                town.writes(command, words)
                town.judge(story)
                if command.parameters.isEmpty { break }
            }
        }
        try expectNoFaults(town)
        #expect(town.drawn > town.commands.count)
    }

    @Test("P16: every panel of a server full of hostile names is drawn cell by cell")
    func panels() throws {
        let town = try HostileTown()
        for panel in town.bench.catalogue.panels {
            let lines = try town.bench.look(panel.topic, [:], in: panel.scope == .house ? nil : Town.guild)
            town.draws(
                lines.flatMap { [$0.key] + Self.texts(in: .object(JSON.Object($0.row.object?.members ?? []))) }, panel.topic)
        }
        try expectNoFaults(town)
    }

    @Test(
        "every parameter of every command refuses what it cannot be, with a sentence and its name, and a hint where it can help"
    )
    func wrong() throws {
        let town = try HostileTown()
        for command in town.commands {
            for parameter in command.parameters {
                for bad in Self.wrong(for: parameter) {
                    var values = town.values(command, "x")
                    values[parameter.name] = bad
                    let story = "\(command.name) \(parameter.name)=\(bad.line.prefix(60))"
                    switch try town.asks(command, values) {
                    case .refused(let refusal): #expect(!refusal.sentence.isEmpty, "\(story)")
                    case .failed(let reference): Issue.record("\(story) failed inside: \(reference)")
                    default: Issue.record("\(story) was taken")
                    }
                }
            }
            guard case .refused(let refusal) = try town.asks(command, JSON.Object([("no_such_thing", 1)])) else {
                Issue.record("\(command.name) takes what it does not know")
                continue
            }
            #expect(refusal.field == "no_such_thing" && refusal.hint != nil, "\(command.name): \(refusal)")
        }
        try expectNoFaults(town)
    }

    private func expectNoFaults(_ town: HostileTown) throws {
        let faults = try town.bench.texts("SELECT handler || ': ' || message FROM house_faults")
        #expect(faults == [])
    }

    /// What no parameter of this kind can be.
    private static func wrong(for parameter: Outline) -> [JSON] {
        let never: [JSON] = [["a": 1], [1, 2], [[]]] + (parameter.isRequired ? ["", .null] : [])
        let huge = JSON.string(String(repeating: "9", count: 30))
        return switch parameter.kind {
        case .text(let longest): never + [.string(String(repeating: "x", count: longest + 1)), "a\u{0}b", true]
        case .whole(let range):
            never + [
                "many", 1.5, .int(Int64(range.upperBound) &+ 1), .int(Int64(range.lowerBound) &- 1), true, huge, "1e3", "NaN",
            ]
        case .decimal: never + ["much", true, "NaN", "inf", .string("1" + String(repeating: "0", count: 400))]
        case .yesNo: never + ["maybe", 7, huge]
        case .choice: never + ["no such choice", 7, "@everyone"]
        case .duration: never + ["yesterday's tea", "-5 min", "99999999999999 weeks", true, "1h 1h"]
        case .date: never + ["yesterday's tea", "32.13.2026", "in -5 min", "<t:99999999999999>", true]
        case .member, .role, .channel: never + ["0 of 0", "nobody at all", huge, "<@&0>", "<@!>", true, "-1"]
        case .message: never + ["99", "https://discord.com/channels/1/2/3", "https://evil.example/channels/a/b/c", true]
        case .emoji: never + ["two words", "::", "<:x:0>", ""].filter { parameter.isRequired || $0 != "" }
        case .colour: never + ["#12345", "octarine", "-1", true]
        case .file: never + ["nothing.png"]
        case .lookup: [["a": 1], [1, 2]]
        }
    }

    static func texts(in json: JSON) -> [String] {
        switch json {
        case .string(let text): [text]
        case .array(let items): items.flatMap(texts)
        case .object(let object): object.members.flatMap { [$0.key] + texts(in: $0.value) }
        default: []
        }
    }
}
