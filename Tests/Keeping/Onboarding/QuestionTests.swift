import Kit
import Shared
import Testing
import Workbench

@Suite("Onboarding: the editor of questions")
struct QuestionTests {
    private func undo(of command: String, _ bench: Bench) throws -> JSON? {
        try bench.store.all(
            """
            SELECT d.detail FROM house_audit a JOIN house_audit_details d ON d.id = a.id
            WHERE a.command = \(command) ORDER BY a.id DESC LIMIT 1
            """
        ) { $0.json(0)["undo"] }.first ?? nil
    }

    @Test func `questions are added, changed, moved, removed, had back, listed and exported, and every change is taken back`()
        throws
    {
        let bench = try Bench.onboarding()
        let added = try bench.run("onboarding.add", ["kind": "one", "text": "A?", "choices": "Yes | No", "hint": "Say it."])
        #expect(added["question"] == 1 && added["choices"]?.array?.map { $0["label"] } == ["Yes", "No"])
        try bench.run("onboarding.add", ["kind": "short", "text": "B?", "pattern": "[A-Z]+", "as": "capitals"])
        #expect(
            try bench.run("onboarding.add", ["kind": "several", "text": "C?", "choices": "x|y|z", "place": 1])["place"] == 1)
        func order() throws -> [JSON?] { try bench.run("onboarding.questions")["rows"]?.array?.map { $0["question"] } ?? [] }
        #expect(try order() == [3, 1, 2])
        #expect(try bench.run("onboarding.edit", ["question": 1, "text": "A!", "hint": "none"])["hint"] == nil)
        var undo = try #require(try undo(of: "onboarding.edit", bench))
        #expect(try bench.run("onboarding.edit", undo["arguments"] ?? .null)["hint"] == "Say it.")
        try bench.run("onboarding.choice", ["question": 1, "choice": "Maybe", "follow_up": "When?"])
        #expect(
            try bench.run("onboarding.choice", ["question": 1, "choice": "3", "label": "Later"])["choices"]?[2]?["label"]
                == "Later")
        try bench.run("onboarding.drop", ["question": 1, "choice": "Later"])
        undo = try #require(try self.undo(of: "onboarding.drop", bench))
        #expect(try bench.run("onboarding.edit", undo["arguments"] ?? .null)["choices"]?[2]?["follow_up"] == "When?")
        try bench.run("onboarding.move", ["question": 2, "place": 1])
        #expect(try order() == [2, 3, 1])
        try bench.run("onboarding.remove", ["question": 3])
        #expect(try order() == [2, 1])
        try bench.run("onboarding.restore", ["question": 3])
        #expect(try order() == [2, 3, 1])
        #expect(try bench.look("onboarding.questions", [:], in: Town.guild).map(\.key) == ["2", "3", "1"])
        let export = try bench.run("onboarding.export")
        #expect(export["rules"] == ["Be kind.", "No spoilers."] && export["questions"]?.array?.count == 3)
        #expect(bench.no("onboarding.edit", ["question": 1, "text": "x"])?.kind == nil)
    }

    @Test(
        arguments: [
            (["kind": "two", "text": "A?"], "kind"), (["kind": "one", "text": ""], "text"),
            (["kind": "one", "text": "A?"], "choices"),
            (["kind": "one", "text": "A?", "choices": "Yes"], "choices"),
            (["kind": "one", "text": "A?", "choices": "a|A"], "choices"),
            (["kind": "one", "text": "A?", "choices": "a, b|c"], "choices"),
            (["kind": "one", "text": "A?", "choices": "2|1"], "choices"),
            (["kind": "short", "text": "A?", "choices": "a|b"], "choices"),
            (["kind": "several", "text": "A?", "choices": "a|b", "most": 3], "most"),
            (["kind": "several", "text": "A?", "choices": "a|b", "least": 2, "most": 1], "least"),
            (["kind": "short", "text": "A?", "pattern": "("], "pattern"),
            (["kind": "email", "text": "A?", "pattern": "a"], "pattern"),
            (["kind": "short", "text": "A?", "only_if": "1"], "only_if"),
            (["kind": "short", "text": "A?", "only_if": "9: x"], "only_if"),
            (["kind": "short", "text": "A?", "only_if": "1: Nothing"], "only_if"),
            (["kind": "short", "text": "A?", "only_if": "x: y"], "only_if"),
            (["kind": "short", "text": .string(String(repeating: "x", count: 301))], "text"),
            (["kind": "short", "text": .string("\u{200B}")], "text"), (["kind": "short", "text": "A?", "place": 0], "place"),
            (["kind": "short", "text": "A?", "hint": .string(String(repeating: "x", count: 101))], "hint"),
            (["kind": "one", "text": "A?", "choices": .string((1...26).map { "c\($0)" }.joined(separator: "|"))], "choices"),
            (["kind": "one", "text": "A?", "choices": .string("a|" + String(repeating: "x", count: 81))], "choices"),
            (["kind": "one", "text": "A?", "choices": "a\nb|c"], "choices"),
            (["kind": "short", "text": "A?", "required": "perhaps"], "required"),
        ] as [(JSON, String)])
    func `a question that could not be asked is refused, with the field that is wrong`(_ params: JSON, _ field: String) throws {
        let bench = try Bench.onboarding()
        try bench.run("onboarding.add", ["kind": "one", "text": "First?", "choices": "Yes|No"])
        let refusal = bench.no("onboarding.add", params)
        #expect(refusal?.field == field, "\(params.line): \(refusal?.sentence ?? "taken")")
    }

    @Test func `a branch always stands behind what it hangs on`() throws {
        let bench = try Bench.onboarding()
        try bench.run("onboarding.add", ["kind": "one", "text": "First?", "choices": "Yes|No|Other"])
        try bench.run("onboarding.add", ["kind": "short", "text": "Why?", "only_if": "1: No, Other"])
        for (command, params) in [
            ("onboarding.move", ["question": 2, "place": 1]), ("onboarding.remove", ["question": 1]),
            ("onboarding.drop", ["question": 1, "choice": "No"]), ("onboarding.edit", ["question": 2, "only_if": "2: x"]),
            ("onboarding.edit", ["question": 1, "only_if": "1: Yes"]),
        ] as [(String, JSON)] {
            #expect(bench.no(command, params) != nil, "\(command) \(params.line)")
        }
        try bench.run("onboarding.edit", ["question": 2, "only_if": "none"])
        try bench.run("onboarding.move", ["question": 2, "place": 1])
        #expect(bench.no("onboarding.edit", ["question": 2, "body": "{}"])?.field == "body")
        #expect(bench.no("onboarding.edit", ["question": 2, "body": "nonsense"])?.field == "body")
        #expect(bench.no("onboarding.edit", ["question": 77, "text": "x"])?.kind == .notFound)
        #expect(bench.no("onboarding.restore", ["question": 77])?.kind == .notFound)
        #expect(bench.no("onboarding.choice", ["question": 2, "choice": "x"])?.field == "question")
    }

    @Test func `a preview goes as it goes for a member, and keeps nothing`() throws {
        let bench = try Bench.onboarding()
        #expect(bench.no("onboarding.preview", [:])?.kind == .notFound)
        try bench.run("onboarding.add", ["kind": "one", "text": "First?", "choices": "Yes|No"])
        try bench.run("onboarding.add", ["kind": "email", "text": "Mail?", "only_if": "1: Yes"])
        let first = try bench.run("onboarding.preview")
        #expect(first["question"] == 1 && first["of"] == 1)
        let second = try bench.run("onboarding.preview", ["question": 1, "choice": "Yes"])
        #expect(second["question"] == 2 && second["of"] == 2)
        let given: JSON = ["1": ["asked": "First?", "isOne": true, "value": ["chosen": ["_0": [["key": 1, "label": "Yes"]]]]]]
        #expect(try bench.run("onboarding.preview", ["given": .string(given.line)])["question"] == 2)
        #expect(bench.no("onboarding.preview", ["given": "{\"1\": 5}"])?.field == "given")
        #expect(
            bench.no("onboarding.preview", ["given": .string(given.line), "question": 2, "text": "nobody"])?.field == "text")
        #expect(try bench.numbers("SELECT COUNT(*) FROM onboarding_answers") == [0])
        #expect(try bench.numbers("SELECT COUNT(*) FROM onboarding_journeys") == [0])
    }
}
