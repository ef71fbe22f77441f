package import Screens
internal import Shared

/// What each ink looks like where there are colours: many, eight, or none. Built in are one for any background, one for dark and
/// one for light ones; a file can change any line of them.
package struct Theme: Hashable, Sendable {
    package struct Look: Hashable, Sendable {
        /// Of 256; nil is the terminal's own.
        package var many: Int16?
        /// Of eight.
        package var few: Int16?
        package var emphasis: Emphasis = []
        /// Where there is no colour.
        package var plainly: Emphasis = []

        package init(many: Int16? = nil, few: Int16? = nil, _ emphasis: Emphasis = [], plainly: Emphasis = []) {
            self.many = many
            self.few = few
            self.emphasis = emphasis
            self.plainly = plainly
        }
    }

    package struct Emphasis: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }
        package static let bold = Emphasis(rawValue: 1)
        package static let underlined = Emphasis(rawValue: 2)
        package static let reversed = Emphasis(rawValue: 4)
        package static let dim = Emphasis(rawValue: 8)
    }

    package private(set) var looks: [Ink: Look]

    package subscript(ink: Ink) -> Look { looks[ink] ?? Look() }

    /// Mid tones that are read on dark and on light; blue and orange are told apart by most eyes.
    package static let any = Theme(looks: [
        .title: Look(many: 33, plainly: .bold), .accent: Look(many: 172, few: 3, plainly: .bold), .good: Look(many: 37, few: 6),
        .warn: Look(many: 172, few: 3, plainly: .bold), .bad: Look(many: 167, few: 1, .bold, plainly: .reversed),
        .quiet: Look(many: 67), .chart: Look(many: 33, few: 6), .fresh: Look(many: 172, few: 3, plainly: .bold),
        .stale: Look(.dim, plainly: .dim), .selected: Look(.reversed, plainly: .reversed),
        .bar: Look(many: 33, .reversed, plainly: .reversed), .key: Look(many: 33, few: 6, plainly: .bold),
    ])

    package static let dark = any.with([
        .title: 75, .accent: 215, .good: 79, .warn: 215, .bad: 210, .quiet: 110, .chart: 75, .fresh: 215, .bar: 75, .key: 75,
    ])

    package static let light = any.with([
        .title: 25, .accent: 130, .good: 29, .warn: 130, .bad: 124, .quiet: 60, .chart: 25, .fresh: 130, .bar: 25, .key: 25,
    ]).with(few: [.good: 2, .chart: 4, .key: 4])

    private func with(_ colours: [Ink: Int16]) -> Theme {
        var theme = self
        for (ink, colour) in colours { theme.looks[ink]?.many = colour }
        return theme
    }

    private func with(few colours: [Ink: Int16]) -> Theme {
        var theme = self
        for (ink, colour) in colours { theme.looks[ink]?.few = colour }
        return theme
    }

    mutating func change(_ ink: Ink, to look: Look) { looks[ink] = look }

    /// HEARTH_THEME names one or the file of one. Without it COLORFGBG says what lies behind, where a terminal sets it.
    package static func named(_ name: String?, environment: [String: String]) -> Theme? {
        switch name {
        case "any": any
        case "dark": dark
        case "light": light
        case nil, "":
            switch environment["COLORFGBG"]?.split(separator: ";").last.flatMap({ Int($0) }) ?? -1 {
            case 0...6, 8: dark
            case 7, 9...15: light
            default: any
            }
        default: nil
        }
    }
}
