package import Shared

/// What charts are drawn with, chosen at start by what the terminal can do and switched by hand: dots of a cell, eighths, halves,
/// the line-drawing signs that the oldest terminals have, or nothing but ASCII.
package enum Ladder: Int, Sendable, CaseIterable {
    case braille, blocks, halves, acs, ascii

    /// Where nothing but ASCII may be shown there are the terminal's own line signs beside it.
    package func next(_ policy: WidthPolicy) -> Ladder {
        let open: [Ladder] = policy == .ascii ? [.acs, .ascii] : Ladder.allCases
        let here = open.firstIndex(of: self) ?? 0
        return open[(here + 1) % open.count]
    }

    var spelled: String {
        switch self {
        case .braille: "braille dots"
        case .blocks: "eighth blocks"
        case .halves: "half blocks"
        case .acs: "the terminal's line signs"
        case .ascii: "ASCII"
        }
    }
}

/// How the screen is drawn on this terminal.
package struct Glyphs: Hashable, Sendable {
    package var ladder: Ladder
    /// Whether anything but ASCII may be shown at all.
    package var policy: WidthPolicy

    package init(_ ladder: Ladder, policy: WidthPolicy) {
        self.ladder = policy == .ascii && ladder != .acs ? .ascii : ladder
        self.policy = policy
    }

    private var plain: Bool { policy == .ascii }
    private var bare: Bool { plain && ladder != .acs }

    var horizontal: String { bare ? "-" : "─" }
    var vertical: String { bare ? "|" : "│" }
    var corners: [String] {
        bare ? ["+", "+", "+", "+"] : plain || ladder == .acs ? ["┌", "┐", "└", "┘"] : ["╭", "╮", "╰", "╯"]
    }
    var axis: String { bare ? "|" : "┤" }
    var origin: String { bare ? "+" : "└" }
    var up: String { plain ? "^" : "▲" }
    var down: String { plain ? "v" : "▼" }
    var pointer: String { plain ? ">" : "▸" }
    var dot: String { plain ? "-" : "·" }
    var changed: String { plain ? "*" : "•" }
    var mark: String { plain ? "#" : "◆" }
    var gap: String { plain ? "?" : "╌" }
    var times: String { plain ? "x" : "×" }
    var bar: String { plain ? "|" : "▌" }

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
    var shades: [String] {
        switch ladder {
        case .ascii: [" ", ".", "+", "*", "#"]
        case .acs: [" ", plain ? "." : "·", "─", "┼", "▒"]
        default: [" ", "░", "▒", "▓", "█"]
        }
    }

    /// From nothing to full, nine steps; some ladders have fewer shapes than steps.
    var levels: [String] {
        switch ladder {
        case .ascii: [" ", ".", ":", "-", "=", "+", "*", "#", "@"]
        case .acs: [" ", "⎽", "⎽", "⎼", "─", "─", "⎻", "⎺", "▒"]
        case .halves: [" ", " ", "▄", "▄", "▄", "▄", "█", "█", "█"]
        default: [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
        }
    }

    /// A cell that is full in a column of a chart.
    var full: String { ladder == .ascii ? "#" : ladder == .acs ? "▒" : "█" }
}
