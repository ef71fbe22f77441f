internal import Shared

/// How much there is in each cell of a table, as shades; what is not known is a dot, not a blank. In the row of the cursor the
/// shades give way to figures.
struct HeatChart {
    var rows: [String]
    var cells: [[Double?]]
    var glyphs: Glyphs
    var selected: Int?

    func draw(into canvas: inout Canvas, _ rect: Rect) {
        let columns = cells.map(\.count).max() ?? 0
        let margin = min(12, (rows.map { $0.width(glyphs.policy) }.max() ?? 0) + 1)
        guard columns > 0, rect.width >= margin + columns, rect.height >= 2 else { return }
        let width = min(3, (rect.width - margin) / columns)
        let most = cells.joined().compactMap(\.self).max() ?? 0
        let room = rect.height - 1
        let first = max(0, min((selected ?? 0) - room / 2, cells.count - room))
        let shown = min(cells.count - first, room)
        for line in 0..<shown {
            let index = first + line
            let style: Style = index == selected ? Style(.accent, bold: true) : .quiet
            canvas.put(rows[index], in: margin - 1, .left, at: rect.x, rect.y + line, style)
            for (column, value) in cells[index].enumerated() {
                let x = rect.x + margin + column * width
                guard let value else {
                    canvas.sign(glyphs.dot, at: x, rect.y + line, .quiet)
                    continue
                }
                if index == selected, width > 1 {
                    canvas.put(figure(value), in: width, .right, at: x, rect.y + line, Style(.chart, bold: true))
                    continue
                }
                let shade = glyphs.shades[value > 0 ? min(4, 1 + Int(value / most * 3.999)) : 0]
                for step in 0..<width { canvas.sign(shade, at: x + step, rect.y + line, Style(.chart)) }
            }
        }
        let step = columns > 12 ? 6 : 1
        for column in stride(from: 0, to: columns, by: step) {
            canvas.put(String(column), at: rect.x + margin + column * width, rect.y + shown, .quiet)
        }
        scale(&canvas, rect.x + margin + columns * width + 2, rect, most)
    }

    private func figure(_ value: Double) -> String { value < 999 ? Numbers.fixed(value, 0) : LineChart.short(value) }

    /// What the shades stand for, where there is room beside them.
    private func scale(_ canvas: inout Canvas, _ x: Int, _ rect: Rect, _ most: Double) {
        guard x + 8 <= rect.right, most > 0 else { return }
        for (level, shade) in glyphs.shades.enumerated().reversed() where rect.y + 4 - level < rect.bottom {
            let y = rect.y + 4 - level
            for step in 0..<2 { canvas.sign(shade, at: x + step, y, Style(.chart)) }
            let from = level == 0 ? "0" : "to " + LineChart.short(most * Double(level) / 4)
            canvas.put(from, at: x + 3, y, .quiet, until: rect.right)
        }
    }
}
