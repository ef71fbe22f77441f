internal import Shared

/// One bar a row, with its name and its figure: for things that are no stretch of time.
struct BarChart {
    var bars: [(name: String, value: Double?)]
    var unit: String
    var glyphs: Glyphs
    var selected: Int?

    func draw(into canvas: inout Canvas, _ rect: Rect) {
        let margin = min(22, (bars.map { $0.name.width(glyphs.policy) }.max() ?? 0) + 1)
        let room = rect.width - margin - 8
        guard room >= 8, rect.height > 1 else { return }
        let most = max(1, bars.compactMap(\.value).max() ?? 1)
        let space = rect.height - 1
        let first = max(0, min((selected ?? 0) - space / 2, bars.count - space))
        for (line, index) in bars.indices.dropFirst(first).prefix(space).enumerated() {
            let y = rect.y + line
            let style: Style = index == selected ? Style(.accent, bold: true) : .quiet
            canvas.put(bars[index].name, in: margin - 1, .left, at: rect.x, y, style)
            guard let value = bars[index].value else {
                canvas.sign(glyphs.gap, at: rect.x + margin, y, Style(.warn))
                continue
            }
            let x = draw(value / most * Double(room), at: rect.x + margin, y, &canvas)
            canvas.put(LineChart.short(value), at: x + 1, y, .plain, until: rect.right)
        }
        let scale = "0 to \(LineChart.short(most)) \(unit)"
        canvas.put(scale, at: rect.x + margin, rect.y + min(space, bars.count), .quiet, until: rect.right)
    }

    /// As fine as the ladder goes: eighths to the right, halves, or whole cells.
    private func draw(_ length: Double, at x: Int, _ y: Int, _ canvas: inout Canvas) -> Int {
        let steps = glyphs.ladder == .braille || glyphs.ladder == .blocks ? 8 : glyphs.ladder == .halves ? 2 : 1
        let all = max(length > 0 ? 1 : 0, Int((max(0, length) * Double(steps)).rounded()))
        for cell in 0..<all / steps { canvas.sign(glyphs.full, at: x + cell, y, Style(.chart)) }
        let rest = all % steps
        if rest > 0 {
            let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
            canvas.sign(steps == 2 ? "▌" : parts[rest], at: x + all / steps, y, Style(.chart))
        }
        return x + (all + steps - 1) / steps
    }
}
