internal import Shared

/// A thing a row and a place a column: what is on where, by sign and colour.
struct GridChart {
    var rows: [(name: String, cells: JSON?)]
    var glyphs: Glyphs
    var selected: Int?

    func draw(into canvas: inout Canvas, _ rect: Rect) {
        let places = rows.first?.cells?.object?.keys ?? []
        let margin = min(16, (rows.map { $0.name.width(glyphs.policy) }.max() ?? 0) + 2)
        guard !places.isEmpty, rect.height >= 2 else { return }
        let width = min(18, max(4, (rect.width - margin) / places.count))
        for (index, place) in places.enumerated() where margin + (index + 1) * width <= rect.width {
            canvas.put(place, in: width - 1, .left, at: rect.x + margin + index * width, rect.y, .heading)
        }
        let room = rect.height - 1
        let first = max(0, min((selected ?? 0) - room / 2, rows.count - room))
        for (line, row) in rows.dropFirst(first).prefix(room).enumerated() {
            let y = rect.y + 1 + line
            canvas.put(
                row.name, in: margin - 1, .left, at: rect.x, y, first + line == selected ? Style(.accent, bold: true) : .plain)
            for (index, place) in places.enumerated() where margin + (index + 1) * width <= rect.width {
                let word = row.cells?[place]?.text ?? ""
                let state = glyphs.state(String(word.prefix { $0 != "," }))
                let x = rect.x + margin + index * width
                canvas.sign(state.sign, at: x, y, Style(state.ink, bold: true))
                canvas.put(word, at: x + 2, y, Style(state.ink), until: x + width - 1)
            }
        }
    }
}
