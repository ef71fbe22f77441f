internal import CNcurses
internal import Screens

/// What a meaning looks like on this terminal: 256 colours, eight, or none. The background stays the terminal's own; blue and
/// orange are told apart by most eyes, and a mid tone is read on dark and on light.
struct Palette {
    private struct Look {
        var many: Int16 = -1
        var few: Int16 = -1
        var attributes: attr_t = 0
        /// Where there is no colour.
        var plainly: attr_t = 0
    }

    private let hasColour: Bool

    init(environment: [String: String]) {
        let wantsNone = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
        let colours = wantsNone ? 0 : hearth_colors()
        hasColour = colours >= 8
        guard hasColour else { return }
        use_default_colors()
        for ink in Ink.allCases {
            let look = Self.look(of: ink)
            init_pair(Self.pair(ink), colours >= 256 ? look.many : look.few, -1)
        }
    }

    private static func pair(_ ink: Ink) -> Int16 { Int16(ink.rawValue) + 1 }

    private static func look(of ink: Ink) -> Look {
        switch ink {
        case .plain: Look()
        case .title: Look(many: 33, plainly: hearth_bold())
        case .accent: Look(many: 172, few: 3, plainly: hearth_bold())
        case .good: Look(many: 37, few: 6)
        case .warn: Look(many: 172, few: 3, plainly: hearth_bold())
        case .bad: Look(many: 167, few: 1, attributes: hearth_bold(), plainly: hearth_reverse())
        case .quiet: Look(many: 67)
        case .chart: Look(many: 33, few: 6)
        case .fresh: Look(many: 172, few: 3, plainly: hearth_bold())
        case .stale: Look(attributes: hearth_dim(), plainly: hearth_dim())
        case .selected: Look(attributes: hearth_reverse(), plainly: hearth_reverse())
        case .bar: Look(many: 33, attributes: hearth_reverse(), plainly: hearth_reverse())
        case .key: Look(many: 33, few: 6, plainly: hearth_bold())
        }
    }

    func attributes(_ style: Style) -> (attr_t, Int16) {
        let look = Self.look(of: style.ink)
        var attributes = look.attributes | (hasColour ? 0 : look.plainly)
        if style.bold { attributes |= hearth_bold() }
        if style.underlined { attributes |= hearth_underline() }
        return (attributes, hasColour ? Self.pair(style.ink) : 0)
    }
}
