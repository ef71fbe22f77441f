internal import CNcurses
package import Screens
internal import Shared

/// Chooses signs and widths from what the surroundings say of the terminal. HEARTH_WIDTH and HEARTH_CHARTS have the last word.
package enum Look {
    /// Must come after the locale has been set and the terminal opened.
    static func here(_ environment: [String: String]) -> Glyphs {
        choose(environment, isUTF8: hearth_is_utf8() != 0, hasLineSigns: hearth_has_line_signs() != 0)
    }

    package static func choose(_ environment: [String: String], isUTF8: Bool, hasLineSigns: Bool = false) -> Glyphs {
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
            case "halves": .halves
            case "lines": .acs
            case "ascii": .ascii
            default:
                policy == .ascii ? (hasLineSigns && !isAmbiguous ? .acs : .ascii) : terminal == "linux" ? .halves : .braille
            }
        return Glyphs(ladder, policy: policy)
    }
}
