import Kit
import Shared
import Testing

@Suite("The words after a command")
struct LineTests {
    private static let outlines: [Outline] = [
        Outline("member", "", .member), Outline("days", "", .whole(1...9)), Parameter<String>.text("reason", "").outline,
    ]

    @Test(
        arguments: [
            ("", [:]), ("@x", ["member": "@x"]),
            ("@x 7 being very rude", ["member": "@x", "days": "7", "reason": "being very rude"]),
            ("days: 7 @x", ["member": "@x", "days": "7"]), ("days=7 member=me", ["member": "me", "days": "7"]),
            ("--days 7 --member me", ["member": "me", "days": "7"]), ("DAYS:7 @x", ["member": "@x", "days": "7"]),
            ("\"two words\" 7 \"so and so\"", ["member": "two words", "days": "7", "reason": "so and so"]),
            ("“two words” 7", ["member": "two words", "days": "7"]),
            ("reason: being rude days: 7 @x", ["member": "@x", "days": "7", "reason": "being rude"]),
            ("member: two words days: 7 reason: a b", ["member": "two words", "days": "7", "reason": "a b"]),
            ("@x 7 \"unfinished", ["member": "@x", "days": "7", "reason": "\"unfinished"]),
            ("member: \"a: b\" 7", ["member": "a: b", "days": "7"]),
        ] as [(String, [String: String])])
    func `words come in order or by name`(_ text: String, _ expected: [String: String]) throws {
        #expect(try Line.values(text, for: Self.outlines) == expected.mapValues(Raw.text))
    }

    @Test func `a last date or name may have spaces, a number may not`() throws {
        #expect(try Line.values("tomorrow 18:00", for: [Outline("when", "", .date)]) == ["when": .text("tomorrow 18:00")])
        let event = [Outline("title", "", .yesNo), Outline("when", "", .date)]
        #expect(
            try Line.values("when: tomorrow 18:00 title: yes", for: event) == [
                "when": .text("tomorrow 18:00"), "title": .text("yes"),
            ])
        let refusal = #expect(throws: Refusal.self) { try Line.values("7 8", for: [Outline("days", "", .whole(1...9))]) }
        #expect(refusal?.sentence == "There is more here than this command takes: \"8\".")
        #expect(refusal?.hint == "It takes: days.")
    }

    @Test(
        arguments: [
            ("tomorrow 18:00 Bring cake", ["when": "tomorrow 18:00", "what": "Bring cake"]),
            ("24 dec 2026 at 18:00 Bring cake", ["when": "24 dec 2026 at 18:00", "what": "Bring cake"]),
            ("--when in 2h Bring cake", ["when": "in 2h", "what": "Bring cake"]),
            ("--when friday 20:00 --what Bring cake", ["when": "friday 20:00", "what": "Bring cake"]),
            ("someday Bring cake", ["when": "someday", "what": "Bring cake"]),
        ] as [(String, [String: String])])
    func `a date takes the words that belong to it, wherever it stands`(_ text: String, _ expected: [String: String]) throws {
        let outlines = [Outline("when", "", .date), Parameter<String>.text("what", "").outline]
        #expect(try Line.values(text, for: outlines) == expected.mapValues(Raw.text))
    }

    @Test func `a parameter that runs on takes the line up to the next name, or what is in quotation marks`() throws {
        var rule = Parameter<String>.text("rule", "").outline
        rule.runsOn = true
        let outlines = [Outline("tier", "", .whole(0...9)), rule, Outline("name", "", .text(longest: 60))]
        for text in ["1 a>=1 && b > 2 name: Gold", "1 \"a>=1 && b > 2\" Gold", "name: Gold 1 a>=1 && b > 2"] {
            #expect(
                try Line.values(text, for: outlines) == [
                    "tier": .text("1"), "rule": .text("a>=1 && b > 2"), "name": .text("Gold"),
                ])
        }
    }
}
