/// What ink means; a terminal chooses the colour. Meaning is never in the ink alone: a sign or a word stands beside it.
package enum Ink: UInt8, Sendable, CaseIterable {
    case plain, title, accent, good, warn, bad, quiet, chart, fresh, stale, selected, bar, key
}

/// How one cell looks.
package struct Style: Hashable, Sendable {
    package var ink: Ink
    package var bold: Bool
    package var underlined: Bool

    package init(_ ink: Ink = .plain, bold: Bool = false, underlined: Bool = false) {
        self.ink = ink
        self.bold = bold
        self.underlined = underlined
    }

    package static let plain = Style()
    package static let title = Style(.title, bold: true)
    package static let heading = Style(.quiet, underlined: true)
    package static let quiet = Style(.quiet)
}
