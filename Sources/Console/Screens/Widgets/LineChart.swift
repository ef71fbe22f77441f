internal import Shared

/// A line over time with both axes; what is not known stays a gap.
struct LineChart {
    var values: [Double?]
    /// What stands under a value, where there is room.
    var labels: [String]
    var unit: String
    var glyphs: Glyphs
    /// The stretch before, of the same length, drawn behind.
    var earlier: [Double?] = []

    private var most: Double { max(1, (values + earlier).compactMap { $0 }.max() ?? 1) }

    func draw(into canvas: inout Canvas, _ rect: Rect) {
        let scale = Self.short(most)
        let margin = max(scale.count, 1) + 1
        guard rect.width > margin + 8, rect.height >= 3, !values.isEmpty else { return }
        let plot = Rect(
            x: rect.x + margin + 1, y: rect.y, width: min(rect.width - margin - 1, values.count * 4), height: rect.height - 1)
        for y in plot.y..<plot.bottom {
            canvas.sign(y == plot.y ? glyphs.axis : glyphs.vertical, at: plot.x - 1, y, .quiet)
        }
        canvas.put(scale, in: margin - 1, .right, at: rect.x, plot.y, .quiet)
        canvas.put("0", in: margin - 1, .right, at: rect.x, plot.bottom - 1, .quiet)
        if plot.height >= 5, most >= 4 {
            canvas.put(Self.short(most / 2), in: margin - 1, .right, at: rect.x, plot.y + plot.height / 2, .quiet)
        }
        canvas.put(unit, at: plot.x + 1, plot.y, .quiet, until: plot.right)
        if glyphs.ladder == .braille {
            braille(earlier, &canvas, plot, Style(.quiet))
            braille(values, &canvas, plot, Style(.chart))
        } else {
            columns(&canvas, plot)
            marks(&canvas, plot)
        }
        gaps(&canvas, plot)
        axis(&canvas, plot)
    }

    /// The middle of a value's share of the width.
    private func position(_ index: Int, _ width: Int) -> Int { (2 * index + 1) * width / (2 * values.count) }

    private func axis(_ canvas: inout Canvas, _ plot: Rect) {
        canvas.sign(glyphs.origin, at: plot.x - 1, plot.bottom, .quiet)
        canvas.rule(plot.bottom, from: plot.x, to: plot.right, glyphs)
        var free = plot.x
        for (index, label) in labels.enumerated() where !label.isEmpty {
            let x = plot.x + position(index, plot.width) - label.count / 2
            if x >= free, x + label.count <= plot.right {
                free = canvas.put(label, at: x, plot.bottom, .quiet) + 1
            }
        }
    }

    /// Two by four dots a cell; neighbours are joined, gaps are not bridged.
    private func braille(_ values: [Double?], _ canvas: inout Canvas, _ plot: Rect, _ style: Style) {
        guard !values.isEmpty else { return }
        let width = plot.width * 2
        let height = plot.height * 4
        var dots = [UInt32](repeating: 0, count: plot.width * plot.height)
        func mark(_ x: Int, _ y: Int) {
            guard x >= 0, x < width, y >= 0, y < height else { return }
            let bits: [[UInt32]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]
            dots[y / 4 * plot.width + x / 2] |= bits[y % 4][x % 2]
        }
        func row(_ value: Double) -> Int { height - 1 - Int((max(0, value) / most * Double(height - 1)).rounded()) }
        for (index, value) in values.enumerated() {
            guard let value else { continue }
            let x = position(index, width)
            mark(x, row(value))
            guard index + 1 < values.count, let next = values[index + 1] else { continue }
            let far = position(index + 1, width)
            var last = row(value)
            for step in x...max(x, far) {
                let share = far > x ? Double(step - x) / Double(far - x) : 0
                let y = row(value + (next - value) * share)
                for dot in min(last, y)...max(last, y) { mark(step, dot) }
                last = y
            }
        }
        for (index, bits) in dots.enumerated() where bits != 0 {
            guard let scalar = Unicode.Scalar(0x2800 + bits) else { continue }
            canvas.sign(
                String(Character(scalar)), at: plot.x + index % plot.width, plot.y + index / plot.width, style)
        }
    }

    /// Where it stood before, as a mark on or above each column.
    private func marks(_ canvas: inout Canvas, _ plot: Rect) {
        for (index, value) in earlier.enumerated() {
            guard let value else { continue }
            let height = Int((max(0, value) / most * Double(plot.height - 1)).rounded())
            let x = plot.x + index * plot.width / earlier.count
            canvas.sign(glyphs.policy == .ascii ? "o" : "·", at: x, plot.bottom - 1 - height, Style(.quiet, bold: true))
        }
    }

    /// One column a value, an eighth of a cell fine.
    private func columns(_ canvas: inout Canvas, _ plot: Rect) {
        let share = max(1, plot.width / values.count)
        let breadth = max(1, share - 1)
        for (index, value) in values.enumerated() {
            guard let value else { continue }
            let eighths = Int((max(0, value) / most * Double(plot.height * 8)).rounded())
            let x = plot.x + index * plot.width / values.count
            for row in 0..<plot.height {
                let level = min(8, eighths - row * 8)
                guard level > 0 else { break }
                let text = level == 8 ? glyphs.full : glyphs.levels[level]
                for column in 0..<breadth { canvas.sign(text, at: x + column, plot.bottom - 1 - row, Style(.chart)) }
            }
        }
    }

    private func gaps(_ canvas: inout Canvas, _ plot: Rect) {
        for (index, value) in values.enumerated() where value == nil {
            let start = plot.x + index * plot.width / values.count
            let end = plot.x + (index + 1) * plot.width / values.count
            for x in start..<max(start + 1, end) { canvas.sign(glyphs.gap, at: x, plot.bottom - 1, Style(.warn)) }
        }
    }

    static func short(_ number: Double) -> String {
        switch number {
        case 1_000_000...: Numbers.fixed(number / 1_000_000, 1) + "M"
        case 10_000...: Numbers.fixed(number / 1000, 0) + "k"
        default: Numbers.fixed(number, 0)
        }
    }
}
