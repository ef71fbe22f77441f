import Kit
import Shared
import Testing

/// Every row is read from a slash option or the socket (JSON), from a prefix command's word, and from a form's field: always
/// the same.
@Suite("Parameters")
struct ParameterTests {
    private func check<Value: Equatable & Sendable>(
        _ parameter: Parameter<Value>, _ table: [(String, Value?)], at location: SourceLocation = #_sourceLocation
    ) throws {
        for (text, expected) in table {
            for raw in [Raw.text(text), .json(.string(text))] {
                let read = try Readings.read(parameter, raw)
                #expect(read.value == expected, "\(text)", sourceLocation: location)
                guard expected == nil else { continue }
                let refusal = try #require(read.refusal, sourceLocation: location)
                #expect(refusal.field == "p", "\(text)", sourceLocation: location)
                #expect(
                    refusal.sentence.contains(text.prefix(60)) || refusal.sentence.contains("missing")
                        || refusal.sentence.contains("between") || refusal.sentence.contains("long"),
                    "\(refusal.sentence)", sourceLocation: location)
            }
        }
    }

    @Test func `a text is what was written, up to its length`() throws {
        try check(.text("p", "s", longest: 5), [("hello", "hello"), ("né\u{301}!", "né\u{301}!"), ("hello!", nil)])
        #expect(try Readings.read(.text("p", "s"), .json(12)).value == "12")
        #expect(try Readings.read(.text("p", "s"), .json(true)).refusal?.sentence == "p is a text, not true.")
        #expect(try Readings.read(.text("p", "s"), .text("a\0b")).refusal != nil)
        #expect(
            try Readings.read(.text("p", "s"), .text("\u{200B}")).refusal?.sentence == "p has nothing in it that could be seen."
        )
    }

    @Test func `a whole number has a range`() throws {
        try check(
            .whole("p", "s", -3...7),
            [("5", 5), ("-3", -3), (" 7 ", 7), ("8", nil), ("x", nil), ("1.5", nil), ("99999999999999999999", nil)])
        #expect(try Readings.read(.whole("p", "s", 0...7), .json(5)).value == 5)
        #expect(try Readings.read(.whole("p", "s", 0...7), .json(5.0)).value == 5)
        #expect(try Readings.read(.whole("p", "s", 0...7), .json(5.5)).refusal != nil)
    }

    @Test func `a decimal has a point or a comma`() throws {
        try check(
            .decimal("p", "s", 0...10),
            [("1.5", 1.5), ("1,5", 1.5), ("3", 3), ("nan", nil), ("inf", nil), ("11", nil), ("a", nil)])
        #expect(try Readings.read(.decimal("p", "s", 0...10), .json(2.25)).value == 2.25)
    }

    @Test func `yes and no have many words`() throws {
        try check(.yesNo("p", "s"), [("yes", true), ("ON", true), ("1", true), ("n", false), ("false", false), ("maybe", nil)])
        #expect(try Readings.read(.yesNo("p", "s"), .json(true)).value == true)
    }

    private enum Fruit: String, CaseIterable, Sendable { case apple, pear }

    @Test func `a choice is one of its words, and the nearest is suggested`() throws {
        let choices = [Choice("Big Apple", "apple"), Choice("Pear", "pear")]
        try check(.choice("p", "s", choices), [("APPLE", "apple"), ("big apple", "apple"), ("plum", nil)])
        try check(Parameter<Fruit>.oneOf("p", "s"), [("Pear", .pear), ("plum", nil)])
        let hint = try #require(try Readings.read(.choice("p", "s", choices), .text("appel")).refusal?.hint)
        #expect(hint.contains("Did you mean \"apple\"?") && hint.contains("apple, pear"))
    }

    @Test func `a length of time is written in many ways`() throws {
        try check(
            .duration("p", "s", .zero...30.days, bare: .minutes),
            [
                ("90m", 90.minutes), ("1h30", 90.minutes), ("1h 30m", 90.minutes), ("1 day 6 hours", 30.hours),
                ("45", 45.minutes),
                ("1.5h", 90.minutes), ("2w", 14.days), ("30s", 30.seconds), ("250ms", .milliseconds(250)), ("1H", 1.hours),
                ("5w", nil), ("30m1h", nil), ("1h1h", nil), ("h", nil), ("-5m", nil), ("5 5", nil), ("999999999999d", nil),
            ])
        #expect(try Readings.read(.duration("p", "s", .zero...1.days, bare: .seconds), .json(90)).value == 90.seconds)
    }

    @Test(arguments: [1, 999, 60_000, 5_415_000, 93_784_005] as [Int64])
    func `a length of time that is stored reads back`(_ milliseconds: Int64) throws {
        let exact = Duration.milliseconds(milliseconds)
        #expect(Duration(spelled: exact.exactly, bare: .seconds) == exact)
    }

    @Test func `members, roles and channels are named in every way people know`() throws {
        let ada: ID<Member> = Readings.id(11)
        try check(
            .member("p", "s"),
            [
                ("<@11>", ada), ("<@!11>", ada), ("11", ada), ("ada", ada), ("@Ada", ada), ("me", ada),
                ("adam", Readings.id(12)), ("zed", nil),
            ])
        try check(
            .role("p", "s"),
            [
                ("<@&21>", Readings.id(21)), ("red", Readings.id(21)), ("@Red team", Readings.id(22)), ("bl", Readings.id(23)),
                ("green", nil),
            ])
        try check(
            .channel("p", "s"),
            [("<#31>", Readings.id(31)), ("#general", Readings.id(31)), ("general-", Readings.id(32)), ("gen", nil)])
        let twins = try #require(try Readings.read(.member("p", "s"), .text("twin")).refusal)
        #expect(twins.sentence == "\"twin\" could be several members: twin, Twin.")
        #expect(twins.hint?.contains("13") == true)
        #expect(try Readings.read(.memberOrSelf("p", "s"), nil).value == ada)
    }

    @Test func `a link to a message belongs to this server`() throws {
        let link = "https://discord.com/channels/100/200/300"
        let read = try #require(try Readings.read(.message("p", "s"), .text(link)).value)
        #expect(read.guild?.number == 100 && read.channel.number == 200 && read.message.number == 300)
        for bad in [
            "https://discord.com/channels/101/200/300", "300", "https://discord.com/channels/100/200", "/channels/x/200/300",
        ] {
            #expect(try Readings.read(.message("p", "s"), .text(bad)).refusal?.sentence.contains(bad) == true)
        }
    }

    @Test func `emoji, colours and files`() throws {
        try check(
            .emoji("p", "s"),
            [
                ("👍", .unicode("👍")), ("❤️", .unicode("❤️")), ("🏳️‍🌈", .unicode("🏳️‍🌈")), ("1️⃣", .unicode("1️⃣")),
                ("<:ok:5>", .custom(Readings.id(5), name: "ok", isAnimated: false)),
                ("<a:ok:5>", .custom(Readings.id(5), name: "ok", isAnimated: true)), ("1", nil), ("ok", nil), ("👍👍", nil),
                ("<:ok:>", nil),
            ])
        try check(
            .colour("p", "s"),
            [
                ("#ff8800", Colour(rgb: 0xFF8800)), ("0xFF8800", Colour(rgb: 0xFF8800)), ("f80", Colour(rgb: 0xFF8800)),
                ("Gold", Colour(rgb: 0xF1C40F)), ("#12", nil), ("-12345", nil),
            ])
        #expect(Colour(rgb: 0xA0).hex == "#0000a0")
        #expect(try Readings.read(.file("p", "s"), .json("5")).value?.name == "a.png")
        #expect(try Readings.read(.file("p", "s", largest: 10), .json("5")).refusal?.sentence == "a.png is 2048 bytes; 10 fit.")
        #expect(try Readings.read(.file("p", "s"), .json("6")).refusal != nil)
    }

    @Test func `what may be left out, and what stands for it`() throws {
        #expect(try Readings.read(.optional(.whole("p", "s", 0...9)), nil).value == .some(nil))
        #expect(try Readings.read(.whole("p", "s", 0...9, default: 4), .text("")).value == 4)
        #expect(try Readings.read(.whole("p", "s", 0...9, default: 4), .json(.null)).value == 4)
        #expect(try Readings.read(.whole("p", "how many", 0...9), nil).refusal?.sentence == "p is missing: how many.")
        #expect(Parameter<Int>.whole("p", "s", 0...9, default: 4).outline.isRequired == false)
        #expect(Parameter<Int?>.optional(.whole("p", "s", 0...9)).outline.isRequired == false)
    }

    @Test func `an unknown name is refused with the nearest known one`() throws {
        let outlines = [Outline("member", "", .member), Outline("days", "", .yesNo)]
        let arguments = Arguments(["membre": .text("x")], in: try Readings.context())
        let refusal = #expect(throws: Refusal.self) { try arguments.refuseUnknown(beside: outlines) }
        #expect(refusal?.hint == "Did you mean \"member\"?")
    }
}
