import Shared
import Testing

/// What a stranger's name takes of a row.
struct TextCellsTests {
    @Test(
        "A cluster takes as many cells as a current Unicode table says",
        arguments: [
            ("a", 1), ("é", 1), ("e\u{301}", 1), ("日", 2), ("한", 2), ("\u{1112}\u{1161}\u{11AB}", 2), ("ｱ", 1), ("Ａ", 2),
            ("🌱", 2), ("⚠\u{FE0F}", 2), ("⚠", 1), ("👨‍👩‍👧‍👦", 2), ("👍🏽", 2), ("🇩🇪", 2), ("1\u{FE0F}\u{20E3}", 2), ("\u{200B}", 0),
            ("नि", 2), ("\u{1FAE8}", 2), ("→", 1), ("€", 1),
        ] as [(Character, Int)])
    func width(_ character: Character, _ cells: Int) {
        #expect(character.cells == cells)
    }

    @Test(
        "What terminals disagree about becomes something of two cells that means the same",
        arguments: [
            ("🇩🇪", "DE"), ("👍🏽", "👍"), ("👨‍👩‍👧‍👦", "👨"), ("⚠\u{FE0F}", "⚠ "), ("1\u{FE0F}\u{20E3}", "1 "), ("\u{1FAE8}", "[]"),
            ("\u{E123}", "[]"), ("\u{1F1E9}", "D "),
        ])
    func standIns(_ text: String, _ shown: String) {
        let cells = text.cells(.safe)
        #expect(cells.string == shown)
        #expect(cells.width == 2)
    }

    @Test func `heaps of marks are taken off their letter, a few are kept`() {
        #expect("Z\u{337}\u{321}\u{356}a".cells(.safe).string == "Za")
        #expect("e\u{301}\u{323}".cells(.safe).string == "e\u{301}\u{323}")
    }

    @Test func `every cell is one or two wide in every policy and none is empty`() {
        for policy in WidthPolicy.allCases {
            for name in hostileNames {
                for cell in name.cells(policy) {
                    #expect(cell.width == 1 || cell.width == 2)
                    #expect(cell.text.unicodeScalars.first.map { $0.value >= 0x20 } == true)
                    if policy == .ascii { #expect(cell.text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }) }
                }
            }
        }
    }

    @Test func `a raw cluster stays whole`() {
        #expect("👨‍👩‍👧‍👦".cells(.raw) == [TextCell("👨‍👩‍👧‍👦", width: 2)])
    }
}

let hostileNames = [
    "\u{202E}evil", "a\u{1B}[31mred\u{1B}]0;title\u{07}", "👨‍👩‍👧‍👦👍🏽🇩🇪", "Z\u{337}\u{321}\u{356}\u{334}a", "\u{301}\u{301}first",
    "\u{200B}\u{200D}\u{FEFF}", "नमस्ते", "ﷺ", "\u{1F1E9}\u{1F1E9}\u{1F1E9}", "tab\tnew\nline", "\u{E0001}\u{E0020}tag", "日本太郎",
    String(repeating: "w", count: 400), "", " ", "\u{9B}31m", "\u{2066}isolate\u{2069}",
]
