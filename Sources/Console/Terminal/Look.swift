internal import CNcurses
package import Screens
internal import Shared

/// Chooses signs and widths from what the surroundings say of the terminal. HEARTH_WIDTH and HEARTH_CHARTS have the last word.
package enum Look {
    /// Must come after the locale has been set.
    static func here(_ environment: [String: String]) -> Glyphs {
        choose(environment, isUTF8: hearth_is_utf8() != 0)
    }

    package static func choose(_ environment: [String: String], isUTF8: Bool) -> Glyphs {
        let terminal = environment["TERM"] ?? ""
        let wanted = environment["HEARTH_WIDTH"].flatMap(WidthPolicy.init)
        let isOld = ["vt", "ansi", "dumb", "sun", "cons"].contains { terminal.hasPrefix($0) }
        // In these locales many terminals give box lines and arrows two cells.
        let locale = environment["LC_ALL"] ?? environment["LC_CTYPE"] ?? environment["LANG"] ?? ""
        let isAmbiguous = ["zh", "ja", "ko"].contains { locale.hasPrefix($0) }
        let policy = !isUTF8 ? .ascii : wanted ?? (isOld || isAmbiguous ? .ascii : .safe)
        let ladder: Ladder =
            switch environment["HEARTH_CHARTS"] {
            case "braille": .braille
            case "blocks": .blocks
            case "ascii": .ascii
            default: terminal == "linux" ? .ascii : .braille
            }
        return Glyphs(ladder, policy: policy)
    }
}
