internal import Shared

/// How many are left after each step: bars about a middle, each with its number and its share of the first.
struct FunnelChart {
    var steps: [(name: String, value: Double?)]
    var glyphs: Glyphs

    func draw(into canvas: inout Canvas, _ rect: Rect) {
        let margin = min(14, (steps.map { $0.name.width(glyphs.policy) }.max() ?? 0) + 1)
        let room = rect.width - margin - 14
        guard room >= 8, !steps.isEmpty else { return }
        let whole = max(1, steps.first?.value ?? 1, steps.compactMap(\.value).max() ?? 1)
        let height = rect.height >= steps.count * 2 ? 2 : 1
        for (index, step) in steps.enumerated() where (index + 1) * height <= rect.height {
            let y = rect.y + index * height
            canvas.put(step.name, in: margin - 1, .left, at: rect.x, y, .quiet)
            guard let value = step.value else {
                canvas.put("not known yet", at: rect.x + margin, y, .quiet)
                continue
            }
            let width = max(value > 0 ? 1 : 0, Int((value / whole * Double(room)).rounded()))
            let x = rect.x + margin + (room - width) / 2
            for column in 0..<width { canvas.sign(glyphs.full, at: x + column, y, Style(.chart)) }
            let share = Numbers.fixed(value / whole * 100, 0) + "%"
            canvas.put(LineChart.short(value), in: 7, .right, at: rect.x + margin + room, y, Style(.plain, bold: true))
            canvas.put(share, in: 6, .right, at: rect.x + margin + room + 7, y, .quiet)
        }
    }
}
