/// Where text stands in a wider space.
package enum TextSide: Sendable { case left, right, centre }

extension [TextCell] {
    /// At most this many cells; where something is cut, `ending` shows it.
    package func clipped(to width: Int, ending: String = "…") -> [TextCell] {
        if self.width <= width { return self }
        let tail = ending.cells(.raw)
        let tailWidth = tail.width
        guard width >= tailWidth else { return [] }
        var used = 0
        let head = prefix { cell in
            guard used + cell.width <= width - tailWidth else { return false }
            used += cell.width
            return true
        }
        return head + tail
    }

    /// Exactly this many cells.
    package func fitted(to width: Int, _ side: TextSide = .left, ending: String = "…") -> [TextCell] {
        let body = clipped(to: width, ending: ending)
        let room = Swift.max(0, width - body.width)
        let before =
            switch side {
            case .left: 0
            case .right: room
            case .centre: room / 2
            }
        return Array(repeating: .blank, count: before) + body + Array(repeating: .blank, count: room - before)
    }

    package var string: String { map(\.text).joined() }
}

extension StringProtocol {
    package func fitted(
        to width: Int, _ side: TextSide = .left, _ policy: WidthPolicy = .safe, ending: String = "…"
    ) -> String {
        cells(policy).fitted(to: width, side, ending: ending).string
    }

    /// Lines of at most this many cells, broken at spaces where there are any; a paragraph keeps its indent.
    package func wrapped(to width: Int, _ policy: WidthPolicy = .safe) -> [String] {
        guard width > 0 else { return [] }
        var lines: [String] = []
        for paragraph in split(separator: "\n", omittingEmptySubsequences: false) {
            let indent = Swift.min(paragraph.prefix { $0 == " " }.count, width / 2)
            var line = Array(repeating: TextCell.blank, count: indent)
            for word in paragraph.drop(while: { $0 == " " }).split(separator: " ", omittingEmptySubsequences: false) {
                var cells = word.cells(policy)
                if line.count > indent, line.width + 1 + cells.width > width {
                    lines.append(line.string)
                    line = Array(repeating: .blank, count: indent)
                }
                if line.count > indent { line.append(.blank) }
                while line.width + cells.width > width {
                    let head = cells.clipped(to: width - line.width, ending: "")
                    if head.isEmpty {
                        // What does not fit behind the indent may do without it; what fits nowhere is left out.
                        if line.isEmpty { cells.removeFirst() } else { line = [] }
                        continue
                    }
                    lines.append((line + head).string)
                    line = Array(repeating: .blank, count: indent)
                    cells.removeFirst(head.count)
                }
                line += cells
            }
            lines.append(line.string)
        }
        return lines
    }
}
