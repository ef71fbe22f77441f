internal import CNcurses
internal import Screens

/// A theme on this terminal: 256 colours, eight, or none. The background stays the terminal's own.
struct Palette {
    private let hasColour: Bool
    private let theme: Theme

    init(_ theme: Theme, environment: [String: String]) {
        self.theme = theme
        let wantsNone = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
        let colours = wantsNone ? 0 : hearth_colors()
        hasColour = colours >= 8
        guard hasColour else { return }
        use_default_colors()
        for ink in Ink.allCases {
            let colour = colours >= 256 ? theme[ink].many : theme[ink].few
            init_pair(Self.pair(ink), colour ?? -1, -1)
        }
    }

    private static func pair(_ ink: Ink) -> Int16 { Int16(ink.rawValue) + 1 }

    private static func attributes(_ emphasis: Theme.Emphasis) -> attr_t {
        var attributes: attr_t = 0
        if emphasis.contains(.bold) { attributes |= hearth_bold() }
        if emphasis.contains(.underlined) { attributes |= hearth_underline() }
        if emphasis.contains(.reversed) { attributes |= hearth_reverse() }
        if emphasis.contains(.dim) { attributes |= hearth_dim() }
        return attributes
    }

    func attributes(_ style: Style) -> (attr_t, Int16) {
        let look = theme[style.ink]
        var attributes = Self.attributes(hasColour ? look.emphasis : look.plainly)
        if style.bold { attributes |= hearth_bold() }
        if style.underlined { attributes |= hearth_underline() }
        return (attributes, hasColour ? Self.pair(style.ink) : 0)
    }
}
