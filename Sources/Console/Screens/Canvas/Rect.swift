/// How large a screen is, in cells.
package struct Size: Hashable, Sendable {
    package var width: Int
    package var height: Int

    package init(_ width: Int, _ height: Int) {
        self.width = width
        self.height = height
    }

    package static let smallest = Size(80, 24)
    /// From here on there is room for panes beside each other.
    package static let wide = Size(150, 40)

    package func holds(_ other: Size) -> Bool { width >= other.width && height >= other.height }
}

/// A part of the screen.
package struct Rect: Hashable, Sendable {
    package var x: Int
    package var y: Int
    package var width: Int
    package var height: Int

    package init(x: Int, y: Int, width: Int, height: Int) {
        self.x = x
        self.y = y
        self.width = max(0, width)
        self.height = max(0, height)
    }

    package var bottom: Int { y + height }
    package var right: Int { x + width }

    package func contains(x: Int, y: Int) -> Bool { x >= self.x && x < right && y >= self.y && y < bottom }

    /// The upper rows, and what is left below them.
    func cut(top rows: Int) -> (Rect, Rect) {
        let rows = min(max(0, rows), height)
        return (
            Rect(x: x, y: y, width: width, height: rows), Rect(x: x, y: y + rows, width: width, height: height - rows)
        )
    }

    func cut(left columns: Int) -> (Rect, Rect) {
        let columns = min(max(0, columns), width)
        return (
            Rect(x: x, y: y, width: columns, height: height),
            Rect(x: x + columns, y: y, width: width - columns, height: height)
        )
    }

    func inset(_ horizontal: Int, _ vertical: Int = 0) -> Rect {
        Rect(x: x + horizontal, y: y + vertical, width: width - 2 * horizontal, height: height - 2 * vertical)
    }

    func centred(_ size: Size) -> Rect {
        let width = min(size.width, width)
        let height = min(size.height, height)
        return Rect(x: x + (self.width - width) / 2, y: y + (self.height - height) / 2, width: width, height: height)
    }
}
