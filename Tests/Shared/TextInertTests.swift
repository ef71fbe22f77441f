import Shared
import Testing

struct TextInertTests {
    @Test func `nothing in it can command a terminal`() {
        for name in hostileNames {
            for scalar in name.inert.unicodeScalars {
                let value = scalar.value
                #expect(
                    value >= 0x20 && !(0x7F..<0xA0).contains(value),
                    "U+\(String(value, radix: 16)) is left in \(name.debugDescription)")
                #expect(
                    !(0x202A...0x202E).contains(value) && !(0x2066...0x2069).contains(value) && value != 0x200E
                        && value != 0x200F)
            }
        }
    }

    @Test(arguments: ["", " \n\t", "\u{200B}\u{202E}", "\u{2800}\u{3164}", "\u{200D}\u{FE0F}"])
    func `what shows nothing is nothing`(_ text: String) { #expect(!text.showsSomething && ("x" + text).showsSomething) }

    @Test func `breaks and tabs become spaces and the rest of the text is kept`() {
        #expect("a\tb\r\nc\u{2028}d".inert == "a b  c d")
        #expect("a\u{1B}[31mred".inert == "a[31mred")
        #expect("Łukasz 日本 👨‍👩‍👧".inert == "Łukasz 日本 👨‍👩‍👧")
    }
}
