import Shared
import Testing

struct TextFitTests {
    @Test(
        "Text takes exactly the cells it is given",
        arguments: [
            ("abc", 5, TextSide.left, "abc  "), ("abc", 5, .right, "  abc"), ("abc", 6, .centre, " abc  "),
            ("abcdef", 4, .left, "abc…"), ("日本太郎", 5, .left, "日本…"), ("日本太郎", 6, .left, "日本… "), ("日本", 4, .left, "日本"),
            ("abc", 0, .left, ""), ("", 2, .left, "  "),
        ] as [(String, Int, TextSide, String)])
    func fitting(_ text: String, _ width: Int, _ side: TextSide, _ fitted: String) {
        #expect(text.fitted(to: width, side) == fitted)
    }

    @Test func `whatever the name, the row keeps its width`() {
        for name in hostileNames {
            for width in 0...12 { #expect(name.fitted(to: width).cells().width == width) }
        }
    }

    @Test func `long text breaks at spaces, and in a word only where it must`() {
        #expect("one two three".wrapped(to: 8) == ["one two", "three"])
        #expect("abcdefghij kl".wrapped(to: 4) == ["abcd", "efgh", "ij", "kl"])
        #expect("a\n\nb".wrapped(to: 8) == ["a", "", "b"])
        #expect(" 🟨🟨".wrapped(to: 2) == ["🟨", "🟨"])
        #expect("🟨a".wrapped(to: 1) == ["a"])
        #expect("  - was\n  + is".wrapped(to: 20) == ["  - was", "  + is"])
    }
}
