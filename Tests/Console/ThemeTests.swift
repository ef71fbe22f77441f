import Screens
import Terminal
import Testing

/// Colours for any background, for dark and light ones, and from a file.
struct ThemeTests {
    @Test func `a file changes some inks, and the rest is its base's`() throws {
        let theme = try Theme(reading: "# mine\nbase light\ntitle 99 bold\nbad: red reversed # loud\nquiet = default\n\n")
        #expect(theme[.title] == Theme.Look(many: 99, few: nil, .bold, plainly: .bold))
        #expect(theme[.bad] == Theme.Look(many: 1, few: 1, .reversed, plainly: .reversed))
        #expect(theme[.quiet] == Theme.Look() && theme[.warn] == Theme.light[.warn])
    }

    @Test(
        "What a file gets wrong is said, with its line",
        arguments: [
            ("title 25\ntitel 3", "line 2: there is no ink \"titel\"; did you mean title?"),
            ("base neon", "line 1: base is any, dark or light"), ("title 256", "line 1: \"256\" is no colour"),
            ("title -1", "line 1: \"-1\" is no colour"), ("\n\nbad crimson", "line 3: \"crimson\" is no colour"),
        ])
    func wrong(_ text: String, _ sentence: String) {
        let error = #expect(throws: Theme.Unreadable.self) { try Theme(reading: text) }
        #expect(error?.description.hasPrefix(sentence) == true, "\(error?.description ?? "")")
    }

    @Test(
        "What lies behind chooses, where a terminal says it",
        arguments: [("15;0", Theme.dark), ("0;15", .light), ("0;7", .light), ("7;default;8", .dark), ("x", .any), ("", .any)])
    func background(_ word: String, _ theme: Theme) {
        #expect(Theme.named(nil, environment: ["COLORFGBG": word]) == theme)
        #expect(Theme.named("any", environment: ["COLORFGBG": word]) == .any)
        #expect(Theme.named("neon", environment: [:]) == nil)
    }

    @Test func `without colours nothing that matters looks like plain text`() {
        for theme in [Theme.any, .dark, .light] {
            for ink in [Ink.title, .bad, .warn, .selected, .bar, .key, .fresh] {
                #expect(!theme[ink].plainly.isEmpty, "\(ink)")
            }
        }
    }

    @Test func `hostile bytes are refused or obeyed, and nothing else`() {
        for text in ["\u{0}", "title \u{1B}[31m", String(repeating: "title 3 ", count: 9000), "====", ":::", "base"] {
            _ = try? Theme(reading: text)
        }
    }
}
