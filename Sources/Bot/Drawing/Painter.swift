internal import Kit
internal import Shared

/// Lays the blocks of a drawing out below each other, and paints them.
enum Painter {
    private static let width = 900.0
    private static let margin = 32.0
    private static let head = 84.0
    private static let heading = 34.0
    /// What fits: more is left out.
    private static let mostBlocks = 12
    private static let mostBars = 40
    private static let mostPoints = 800
    private static let mostCells = 60

    private static var inside: Double { width - 2 * margin }

    static func png(of drawing: Drawing) -> [UInt8]? {
        let blocks = drawing.blocks.prefix(mostBlocks)
        let tall = blocks.reduce(head + margin) { $0 + height(of: $1) }
        guard let sheet = Sheet(width: Int(width), height: Int(tall.rounded(.up))) else { return nil }
        sheet.write(drawing.title, margin, 22, inside, size: 26, bold: true)
        sheet.write(drawing.subtitle, margin, 54, inside, size: 14, .quiet)
        var y = head
        for block in blocks {
            paint(block, on: sheet, y)
            y += height(of: block)
        }
        return sheet.png
    }

    private static func height(of block: Drawing.Block) -> Double {
        switch block {
        case .figures: 92
        case .line: heading + 190
        case .bars(_, let bars): heading + 26 * Double(min(bars.count, mostBars)) + 22
        case .grid(let grid): heading + 20 + 24 * Double(min(grid.rows.count, mostCells)) + 22
        }
    }

    private static func paint(_ block: Drawing.Block, on sheet: Sheet, _ y: Double) {
        switch block {
        case .figures(let figures): self.figures(figures, on: sheet, y)
        case .line(let title, let points): line(title, Array(points.prefix(mostPoints)), on: sheet, y)
        case .bars(let title, let bars): self.bars(title, Array(bars.prefix(mostBars)), on: sheet, y)
        case .grid(let grid): self.grid(grid, on: sheet, y)
        }
    }

    // MARK: - Blocks

    private static func figures(_ figures: [Drawing.Figure], on sheet: Sheet, _ y: Double) {
        let room = inside / Double(max(1, figures.count))
        for (index, figure) in figures.enumerated() {
            let x = margin + room * Double(index)
            sheet.write(figure.value, x, y, room - 12, size: 30, bold: true)
            sheet.write(figure.label, x, y + 38, room - 12, size: 14, .quiet)
            sheet.write(figure.note, x, y + 57, room - 12, size: 13, figure.note.hasPrefix("+") ? .bar : .quiet)
        }
    }

    private static func line(_ title: String, _ points: [Drawing.Bar], on sheet: Sheet, _ y: Double) {
        sheet.write(title, margin, y, inside, size: 15, bold: true)
        let (left, top, bottom) = (margin + 56, y + heading, y + heading + 140)
        let right = margin + inside
        let most = scale(points)
        for share in [0.0, 0.5, 1] {
            let level = bottom - (bottom - top) * share
            sheet.box(left, level, right - left, 1, .rule)
            sheet.write(spelled(most * share), margin, level - 9, 48, size: 12, .quiet, side: .right)
        }
        guard !points.isEmpty else { return }
        let step = (right - left) / Double(points.count)
        func place(_ index: Int) -> Double { left + step * (Double(index) + 0.5) }
        var stretch: [(x: Double, y: Double)] = []
        func close() {
            sheet.line(stretch, thickness: 2.5, .bar)
            if stretch.count == 1 { sheet.dot(stretch[0].x, stretch[0].y, radius: 3, .bar) }
            stretch = []
        }
        for (index, point) in points.enumerated() {
            guard let value = known(point.value) else {
                close()
                sheet.box(left + step * Double(index), top, step, bottom - top, .gap)
                continue
            }
            stretch.append((place(index), bottom - (bottom - top) * value / most))
        }
        close()
        let every = max(1, Int((70 / step).rounded(.up)))
        for index in stride(from: 0, to: points.count, by: every) {
            sheet.write(points[index].label, place(index) - 35, bottom + 8, 70, size: 12, .quiet, side: .centre)
        }
    }

    private static func bars(_ title: String, _ bars: [Drawing.Bar], on sheet: Sheet, _ y: Double) {
        sheet.write(title, margin, y, inside, size: 15, bold: true)
        let (label, note) = (220.0, 90.0)
        let most = scale(bars)
        for (index, bar) in bars.enumerated() {
            let top = y + heading + 26 * Double(index)
            sheet.write(bar.label, margin, top, label - 12, size: 14)
            let room = inside - label - note
            guard let value = known(bar.value) else {
                sheet.box(margin + label, top, room, 18, .gap)
                continue
            }
            let length = max(1, room * value / most)
            sheet.box(margin + label, top, length, 18, .bar)
            let words = bar.note.isEmpty ? spelled(value) : bar.note
            sheet.write(words, margin + label + length + 8, top, note + room - length - 8, size: 14, .quiet)
        }
    }

    private static func grid(_ grid: Drawing.Grid, on sheet: Sheet, _ y: Double) {
        sheet.write(grid.title, margin, y, inside, size: 15, bold: true)
        let columns = Array(grid.columns.prefix(mostCells))
        let label = 64.0
        let cell = min(48, (inside - label) / Double(max(1, columns.count)))
        let most = max(grid.cells.joined().compactMap(known).max() ?? 0, 0.000_001)
        let top = y + heading + 20
        for (index, column) in columns.enumerated() {
            sheet.write(column, margin + label + cell * Double(index), top - 20, cell, size: 12, .quiet, side: .centre)
        }
        for (index, row) in grid.rows.prefix(mostCells).enumerated() {
            let level = top + 24 * Double(index)
            sheet.write(row, margin, level + 3, label - 8, size: 13, .quiet)
            guard grid.cells.indices.contains(index) else { continue }
            for (place, value) in grid.cells[index].prefix(columns.count).enumerated() {
                let x = margin + label + cell * Double(place)
                guard let value = known(value) else {
                    sheet.box(x + 1, level + 10, cell - 2, 2, .rule)
                    continue
                }
                let share = value / most
                sheet.box(x + 1, level + 1, cell - 2, 22, Sheet.Ink.gap.towards(.bar, 0.08 + 0.92 * share))
                if grid.showsFigures {
                    sheet.write(spelled(value), x, level + 4, cell, size: 12, share > 0.5 ? .paper : .text, side: .centre)
                }
            }
        }
    }

    // MARK: - Figures

    private static func scale(_ bars: [Drawing.Bar]) -> Double { max(bars.compactMap { known($0.value) }.max() ?? 0, 1) }

    /// Nothing below nought is drawn, and nothing without end.
    private static func known(_ value: Double?) -> Double? { value.flatMap { $0.isFinite ? max(0, $0) : nil } }

    private static func spelled(_ value: Double) -> String {
        value == value.rounded() || value >= 100 ? grouped(Int64(min(value, 9e15).rounded())) : "\((value * 10).rounded() / 10)"
    }
}
