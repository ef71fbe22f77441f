import Shared
import Testing

@Suite("The nearest word")
struct NearestTests {
    @Test(
        "a slip of the finger finds what was meant, another word finds nothing",
        arguments: [
            ("prefixs", "prefixes"), ("PREFIXES", "prefixes"), ("preifxes", "prefixes"), ("onwers", "owners"), ("x", nil),
            ("", nil),
            ("weather", nil), ("log", "log"),
        ])
    func find(word: String, meant: String?) { #expect(nearest(to: word, among: ["owners", "prefixes", "log"]) == meant) }
}
