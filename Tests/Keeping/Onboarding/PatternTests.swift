import Keeping
import Kit
import Shared
import Testing

/// What an answer has to be like, as a server writes it.
@Suite("Patterns and e-mail addresses of answers")
struct PatternTests {
    @Test(
        arguments: [
            ("abc", ["abc"], ["ab", "abcd", "xabc", "ABC", ""]), ("^abc$", ["abc"], ["ab"]),
            ("a.c", ["abc", "a c", "aßc"], ["ac"]),
            ("[A-Z]{2}[0-9]+", ["AB1", "XY123"], ["A1", "ABC1", "AB"]), ("(yes|no)", ["yes", "no"], ["maybe", "yesno"]),
            ("yes|no", ["yes", "no"], ["yesno"]), ("a*", ["", "a", "aaaa"], ["b"]), ("(ab)+", ["ab", "abab"], ["", "aba"]),
            ("colou?r", ["color", "colour"], ["colouur"]), ("\\d{3}", ["123"], ["12", "1234", "١٢٣"]),
            ("\\w+ \\w+", ["Ann Lee", "élan vital"], ["Ann", "Ann  Lee"]), ("\\S+", ["a-b"], ["a b"]),
            ("[^@]+@[^@]+", ["a@b"], ["@b", "a@b@c"]), ("a{2,3}", ["aa", "aaa"], ["a", "aaaa"]),
            ("a{2,}", ["aa", "aaaaaa"], ["a"]),
            ("\\(x\\)", ["(x)"], ["x"]), ("[\\]\\\\-]", ["]", "\\", "-"], ["a"]), ("[a-]", ["a", "-"], ["b"]),
            ("(a*)*", ["", "aaa"], ["b"]),
            ("(?:a|b)c", ["ac", "bc"], ["c"]), ("🦊+", ["🦊", "🦊🦊"], ["🐶"]), ("", [], []),
        ] as [(String, [String], [String])])
    func `a pattern is what it says`(_ text: String, _ right: [String], _ wrong: [String]) throws {
        guard !text.isEmpty else {
            #expect(throws: Refusal.self) { _ = try Pattern(text) }
            return
        }
        let pattern = try Pattern(text)
        for one in right { #expect(pattern.matches(one), "\(text) is \(one)") }
        for one in wrong { #expect(!pattern.matches(one), "\(text) is not \(one)") }
    }

    @Test(arguments: [
        "(", ")", "[", "[z-a]", "*", "a{", "a{3,2}", "a{999}", "\\", "\\q", "(?=a)", "(a", "a)", "{2}", "x{0}", "a{,2}", "[a",
        String(repeating: "a", count: 201), "((a{100}){100}){100}", String(repeating: "(", count: 30),
    ])
    func `what is no pattern is refused with a sentence`(_ text: String) {
        do {
            _ = try Pattern(text)
            Issue.record("\(text) was taken")
        } catch { #expect(error.field == "pattern" && error.sentence.hasPrefix("pattern "), "\(error.sentence)") }
    }

    /// Patterns that hang whoever tries one way after the other.
    @Test(arguments: ["(a*)*b", "(a+)+b", "(a|a)*b", "(a|aa)+b", "(.*)(.*)(.*)(.*)x", "((a?){20}a{20})"])
    func `no pattern makes anybody wait`(_ text: String) throws {
        let pattern = try Pattern(text)
        #expect(!pattern.matches(String(repeating: "a", count: 1000)))
    }

    @Test(
        arguments: [
            ("ann@example.org", true), ("a.b+c@sub.example.co.uk", true), ("o'neil@example.com", true),
            ("ünï@exämple.de", true),
            ("x@xn--80ak6aa92e.com", true), ("ann", false), ("ann@", false), ("@example.org", false), ("ann@example", false),
            ("ann@@example.org", false), ("ann@ex@ample.org", false), (".ann@example.org", false), ("ann.@example.org", false),
            ("an..n@example.org", false), ("ann@-example.org", false), ("ann@example-.org", false), ("ann@.org", false),
            ("ann@example..org", false), ("ann@example.org.", false), ("ann @example.org", false), ("ann@exa mple.org", false),
            ("ann@1.2", false), ("ann@[127.0.0.1]", false), ("\"ann\"@example.org", false), ("<ann@example.org>", false),
            ("ann@example.org\nbcc: all", false), ("", false), ("ann@example.o", false),
            (String(repeating: "a", count: 65) + "@example.org", false),
            ("a@" + String(repeating: "a", count: 64) + ".org", false),
            ("a@" + Array(repeating: "abcdefgh", count: 30).joined(separator: ".") + ".org", false),
        ] as [(String, Bool)])
    func `ONB-05 an e-mail address is told from what is none`(_ text: String, _ isOne: Bool) {
        #expect(EmailAddress.isOne(text) == isOne, "\(text)")
    }
}
