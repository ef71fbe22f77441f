package import Shared

/// The signs a terminal can show, chosen at start and switched by hand: braille, then blocks, then ASCII.
package enum Ladder: Int, Sendable, CaseIterable {
    case braille, blocks, ascii

    package var next: Ladder { Ladder(rawValue: rawValue + 1) ?? .braille }
}

/// How the screen is drawn on this terminal.
package struct Glyphs: Hashable, Sendable {
    package var ladder: Ladder
    /// Whether anything but ASCII may be shown at all.
    package var policy: WidthPolicy

    package init(_ ladder: Ladder, policy: WidthPolicy) {
        self.ladder = policy == .ascii ? .ascii : ladder
        self.policy = policy
    }

    private var plain: Bool { policy == .ascii }

    var horizontal: String { plain ? "-" : "─" }
    var vertical: String { plain ? "|" : "│" }
    var corners: [String] { plain ? ["+", "+", "+", "+"] : ["╭", "╮", "╰", "╯"] }
    var axis: String { plain ? "|" : "┤" }
    var origin: String { plain ? "+" : "└" }
    var up: String { plain ? "^" : "▲" }
    var down: String { plain ? "v" : "▼" }
    var pointer: String { plain ? ">" : "▸" }
    var dot: String { plain ? "-" : "·" }
    var changed: String { plain ? "*" : "•" }
    var gap: String { plain ? "?" : "╌" }
    var times: String { plain ? "x" : "×" }

    /// Each state has a shape of its own.
    func state(_ word: String) -> (sign: String, ink: Ink) {
        switch word {
        case "ok", "on", "open", "coming", "running", "ready": (plain ? "+" : "●", .good)
        case "warn": (plain ? "!" : "▲", .warn)
        case "bad": (plain ? "x" : "✗", .bad)
        case "off", "paused", "closed", "over", "archived", "cancelled", "no": (plain ? "-" : "○", .quiet)
        default: (dot, .quiet)
        }
    }

    /// From nothing to full, five steps, each as heavy over its whole cell.
    var shades: [String] { ladder == .ascii ? [" ", ".", "+", "*", "#"] : [" ", "░", "▒", "▓", "█"] }

    /// From nothing to full, nine steps.
    var levels: [String] {
        ladder == .ascii
            ? [" ", ".", ":", "-", "=", "+", "*", "#", "@"] : [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    }
}
