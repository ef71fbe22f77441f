internal import Shared

/// How much there is in each cell of a table, as shades; what is not known is a dot, not a blank.
struct HeatChart {
    var rows: [String]
    var cells: [[Double?]]
    var glyphs: Glyphs

    func draw(into canvas: inout Canvas, _ rect: Rect) {
        let columns = cells.map(\.count).max() ?? 0
        let margin = min(8, (rows.map(\.count).max() ?? 0) + 1)
        guard columns > 0, rect.width >= margin + columns, rect.height >= 2 else { return }
        let width = min(3, (rect.width - margin) / columns)
        let most = cells.joined().compactMap(\.self).max() ?? 0
        let shown = min(cells.count, rect.height - 1)
        for index in 0..<shown {
            canvas.put(rows[index], in: margin - 1, .left, at: rect.x, rect.y + index, .quiet)
            for (column, value) in cells[index].enumerated() {
                let x = rect.x + margin + column * width
                guard let value else {
                    canvas.sign(glyphs.dot, at: x, rect.y + index, .quiet)
                    continue
                }
                let shade = glyphs.shades[value > 0 ? min(4, 1 + Int(value / most * 3.999)) : 0]
                for step in 0..<width { canvas.sign(shade, at: x + step, rect.y + index, Style(.chart)) }
            }
        }
        for column in stride(from: 0, to: columns, by: 6) {
            canvas.put(String(column), at: rect.x + margin + column * width, rect.y + shown, .quiet)
        }
    }
}
