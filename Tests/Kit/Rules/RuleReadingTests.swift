import Kit
import Shared
import Testing

@Suite("Rules are read")
struct RuleReadingTests {
    static let words: RuleWords = {
        var words = RuleWords(
            RuleWords.standing + [
                .init("points", "", unit: "points", takesDays: true), .init("score", "", unit: "points"),
                .init("streak", "", unit: "days"), .init("momentum", "", unit: "points"),
                .init("messages", "", unit: "messages", takesDays: true),
                .init("replies", "", unit: "messages", takesDays: true),
                .init("voice", "", unit: "minutes", takesDays: true), .init("level", "", unit: "levels"),
            ])
        words.roles = [
            (Readings.id(7), "Muted"), (Readings.id(8), "Tea \"Master\""), (Readings.id(9), "twin"), (Readings.id(10), "twin"),
        ]
        words.rewards = [(3, "Silver")]
        words.badges = ["Early Bird"]
        return words
    }()

    static func read(_ text: String) throws -> Rule { try Rule(text, words: words, field: "criteria") }

    @Test(
        "RWD-02: what is read is kept in one way of writing, and reads back as the same",
        arguments: [
            ("activity_score>=10 && momentum>=5", "score >= 10 and momentum >= 5"),
            (
                "points(30d) >= 12000 and streak >= 10 and not role(\"Muted\")",
                "points(30d) >= 12000 and streak >= 10 and not role(7)"
            ),
            ("!(streak<3)||level=2", "not (streak < 3) or level == 2"),
            (
                "a" + "ll(streak >= 1, any(level > 2, role('muted')), role(<@&8>))",
                "streak >= 1 and (level > 2 or role(7)) and role(8)"
            ),
            (
                "(streak >= 1 or level > 2) and (level > 3 and streak ≠ 2)",
                "(streak >= 1 or level > 2) and level > 3 and streak != 2"
            ),
            ("replies(30) >= 0.2 * messages(30d)", "replies(30d) >= 0.2 * messages(30d)"),
            ("(points - 2) * 3 - (4 - score) > -5", "(points - 2) * 3 - (4 - score) > -5"),
            ("server_age >= 4w and 36h > account_age", "server_age >= 28 and 1.5 > account_age"),
            ("voice(1w) >= 2h", "voice(7d) >= 120"),
            ("reward(\"silver\") or badge(\"early bird\") or reward(3)", "reward(3) or badge(\"Early Bird\") or reward(3)"),
            ("top( 10 ) and not top(3)", "top(10) and not top(3)"),
            ("NOT not Streak >= 2", "not not (streak >= 2)"),
        ])
    func read(_ text: String, _ kept: String) throws {
        let rule = try Self.read(text)
        #expect(rule.text == kept)
        #expect(try Self.read(kept) == rule)
    }

    @Test(
        "RWD-02: what is wrong is refused with a caret under the place and what may have been meant",
        arguments: [
            ("streek >= 5", "I do not know what \"streek\" is.", "^^^^^^", "Did you mean streak?"),
            ("points(30d >= 5", "I expected ) and not \">=\".", "           ^^", nil),
            ("(streak >= 5", "This bracket is never closed.", "^", nil),
            ("streak >= 5)", "This bracket closes nothing.", "           ^", nil),
            ("streak >=", "Something is missing at the end.", "         ^", ""),
            (
                "streak and level > 2", "streak is a number; here belongs something that is true or not.", "^^^^^^",
                "Compare it, such as streak >= 10."
            ),
            ("role(\"Mutd\")", "There is no role \"Mutd\" here.", "     ^^^^^^", "Did you mean \"Muted\"?"),
            ("role(twin)", "2 roles are called \"twin\".", "     ^^^^", "Write its id, such as role(9)."),
            ("role(99)", "There is no role with the id 99 here.", "     ^^", nil),
            ("role(\"Muted\") >= 3", "This is true or not; only numbers are compared.", "^^^^^^^^^^^^^", nil),
            (
                "messages(7d) >= 2h", "messages(7d) is no time, so it cannot be compared with one.", "                ^^",
                "Write the number alone."
            ),
            ("voice(7d) >= streak", "One side is minutes and the other days.", "             ^^^^^^", nil),
            (
                "top(0)", "In these brackets stands a place of the board, from 1 to 1000.", "    ^", "Such as top(10)."
            ),
            ("streak(7d) >= 2", "streak is of now and takes no days.", "      ^", "Write streak alone."),
            ("points(1h) >= 2", "It looks back whole days, from 1d to 366d.", "       ^^", "Such as points(30d)."),
            ("points(400d) >= 2", "It looks back whole days, from 1d to 366d.", "       ^^^^", "Such as points(30d)."),
            ("1 < streak < 5", "One thing is compared with one other.", "           ^", "Join two comparisons with and."),
            (
                "streak >= 5 level > 2", "I did not expect \"level\" here.", "            ^^^^^",
                "Between two conditions stands and, or or."
            ),
            ("streak >= 5 & level > 2", "I cannot read \"&\".", "            ^", "Write && or and."),
            (
                "replies / messages > 1", "I cannot read \"/\".", "        ^",
                "Multiply the other side instead: replies(30d) >= 0.2 * messages(30d)."
            ),
            ("role(\"Muted)", "This quotation mark has no partner.", "     ^", "Close it with \"."),
            ("streak >= 30x", "\"x\" is no unit of time.", "          ^^^", "There are s, m, h, d and w, as in 30d."),
            (
                "streak >= 99999999999999999999", "99999999999999999999 is no number that I can read.",
                "          ^^^^^^^^^^^^^^^^^^^^", nil
            ),
            ("", "The rule is empty.", "^", ""), ("30d", "A length of time alone is neither true nor not.", "^^^", ""),
        ] as [(String, String, String, String?)])
    func refuse(_ text: String, _ sentence: String, _ carets: String, _ hint: String?) throws {
        let refusal = #expect(throws: Refusal.self) { try Self.read(text) }
        #expect(refusal?.sentence == sentence)
        #expect(refusal?.picture == [text, carets])
        #expect(refusal?.field == "criteria" && refusal?.kind == .invalid)
        if hint != "" { #expect(refusal?.hint == hint) }
    }

    @Test func `a long rule is shown around the place that is wrong`() throws {
        let text = (1...20).map { "streak >= \($0)" }.joined(separator: " and ") + " and streek >= 3 and level > 2"
        let picture = try #require(#expect(throws: Refusal.self) { try Self.read(text) }).picture
        #expect(picture.count == 2 && picture[0].count == 60)
        let start = try #require(picture[1].firstIndex(of: "^"))
        #expect(picture[0][start...].hasPrefix("streek"))
    }

    @Test func `depth, length and parts have ends`() {
        let deep = String(repeating: "(", count: 25) + "streak >= 1" + String(repeating: ")", count: 25)
        #expect(refusal(of: deep) == "The rule goes more than 24 brackets deep.")
        #expect(
            refusal(of: String(repeating: "not ", count: 30) + "streak >= 1") == "The rule goes more than 24 brackets deep.")
        #expect(
            refusal(of: Array(repeating: "level>1", count: 51).joined(separator: "||")) == "The rule has more than 100 parts.")
        #expect(refusal(of: String(repeating: " ", count: 1001)) == "The rule is 1001 characters long; 1000 fit.")
    }

    private func refusal(of text: String) -> String? {
        do { _ = try Self.read(text) } catch { return (error as? Refusal)?.sentence }
        return nil
    }

    @Test func `a rule that was kept still reads when its role and reward are gone`() throws {
        var words = RuleWords(RuleWords.standing)
        words.isLenient = true
        let rule = try Rule("not role(12345) and reward(9) and server_age >= 3", words: words, field: "rule")
        #expect(
            rule.text(naming: { $0 == .reward(9) ? "Gold" : nil }) == "not role(12345) and reward(\"Gold\") and server_age >= 3"
        )
    }

    @Test(arguments: [
        (12_000, "12,000"), (999, "999"), (8.5, "8.5"), (1_234_567.125, "1,234,567.125"), (-1500.25, "-1,500.25"),
        (0.9996, "1"),
    ])
    func `figures are spelled with their thousands apart`(_ figure: Double, _ words: String) {
        #expect(spelled(figure: figure) == words)
    }
}
