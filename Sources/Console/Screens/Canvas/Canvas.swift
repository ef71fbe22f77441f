package import Shared

/// A screen as cells. Screens draw here; a terminal shows it, a test reads it.
package struct Canvas: Equatable, Sendable {
    package struct Cell: Hashable, Sendable {
        /// Empty where the wide cell to the left reaches over.
        package var text: String
        package var style: Style
        package static let blank = Cell(text: " ", style: .plain)
    }

    package let size: Size
    package let policy: WidthPolicy
    package private(set) var cells: [Cell]
    /// Where the terminal's own cursor belongs; nowhere if nothing is being written.
    package var cursor: (x: Int, y: Int)?

    package init(_ size: Size, policy: WidthPolicy = .safe) {
        self.size = size
        self.policy = policy
        cells = Array(repeating: .blank, count: size.width * size.height)
    }

    package subscript(x: Int, y: Int) -> Cell { cells[y * size.width + x] }

    package var frame: Rect { Rect(x: 0, y: 0, width: size.width, height: size.height) }

    /// Writes what fits before `end` and says where it stopped. What does not fit is cut with an ellipsis.
    @discardableResult
    mutating func put(_ text: String, at x: Int, _ y: Int, _ style: Style = .plain, until end: Int? = nil) -> Int {
        let limit = min(end ?? size.width, size.width)
        guard y >= 0, y < size.height, x >= 0, x < limit else { return x }
        return place(text.cells(policy).clipped(to: limit - x, ending: ellipsis), x, y, style)
    }

    /// Fills exactly `width` cells.
    mutating func put(_ text: String, in width: Int, _ side: TextSide, at x: Int, _ y: Int, _ style: Style = .plain) {
        guard y >= 0, y < size.height, x >= 0, x < size.width else { return }
        place(text.cells(policy).fitted(to: min(width, size.width - x), side, ending: ellipsis), x, y, style)
    }

    /// Our own signs, which are known to be one cell wide.
    mutating func sign(_ text: String, at x: Int, _ y: Int, _ style: Style = .plain) {
        guard x >= 0, x < size.width, y >= 0, y < size.height else { return }
        clear(x, y)
        cells[y * size.width + x] = Cell(text: text, style: style)
    }

    private var ellipsis: String { policy == .ascii ? "~" : "…" }

    @discardableResult
    private mutating func place(_ pieces: [TextCell], _ x: Int, _ y: Int, _ style: Style) -> Int {
        var x = x
        for piece in pieces {
            guard x + piece.width <= size.width else { break }
            clear(x, y)
            cells[y * size.width + x] = Cell(text: piece.text, style: style)
            if piece.width == 2 {
                clear(x + 1, y)
                cells[y * size.width + x + 1] = Cell(text: "", style: style)
            }
            x += piece.width
        }
        return x
    }

    /// Half of a wide cell is nothing: whoever writes over one half blanks the other.
    private mutating func clear(_ x: Int, _ y: Int) {
        let index = y * size.width + x
        if cells[index].text.isEmpty, x > 0 { cells[index - 1].text = " " }
        if x + 1 < size.width, cells[index + 1].text.isEmpty { cells[index + 1].text = " " }
    }

    mutating func fill(_ rect: Rect, _ style: Style = .plain, _ text: String = " ") {
        for y in max(0, rect.y)..<max(0, min(rect.bottom, size.height)) {
            for x in max(0, rect.x)..<max(0, min(rect.right, size.width)) { sign(text, at: x, y, style) }
        }
    }

    /// Changes how a part looks and leaves what it says.
    mutating func restyle(_ rect: Rect, _ change: (inout Style) -> Void) {
        for y in max(0, rect.y)..<max(0, min(rect.bottom, size.height)) {
            for x in max(0, rect.x)..<max(0, min(rect.right, size.width)) { change(&cells[y * size.width + x].style) }
        }
    }

    package static func == (a: Self, b: Self) -> Bool {
        a.size == b.size && a.cells == b.cells && a.cursor?.x == b.cursor?.x && a.cursor?.y == b.cursor?.y
    }
}

extension Canvas {
    /// The rows as text.
    package var lines: [String] {
        (0..<size.height).map { y in (0..<size.width).map { self[$0, y].text }.joined() }
    }

    mutating func box(_ rect: Rect, _ glyphs: Glyphs, title: String, _ style: Style = .quiet) {
        guard rect.width >= 2, rect.height >= 2 else { return }
        fill(rect)
        for x in rect.x + 1..<rect.right - 1 {
            sign(glyphs.horizontal, at: x, rect.y, style)
            sign(glyphs.horizontal, at: x, rect.bottom - 1, style)
        }
        for y in rect.y + 1..<rect.bottom - 1 {
            sign(glyphs.vertical, at: rect.x, y, style)
            sign(glyphs.vertical, at: rect.right - 1, y, style)
        }
        for (index, corner) in glyphs.corners.enumerated() {
            let x = index % 2 == 0 ? rect.x : rect.right - 1
            sign(corner, at: x, index < 2 ? rect.y : rect.bottom - 1, style)
        }
        put(" \(title) ", at: rect.x + 2, rect.y, .title, until: rect.right - 2)
    }

    mutating func rule(_ y: Int, from x: Int, to end: Int, _ glyphs: Glyphs) {
        for x in x..<max(x, end) { sign(glyphs.horizontal, at: x, y, .quiet) }
    }
}
