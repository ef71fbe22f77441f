internal import Shared

/// Draws rows in columns: heading, selection, marks of change.
struct TableView {
    var columns: [ControlPanel.Column]
    var rows: [Feed.Row]
    var state: TableState
    var feed: Feed?
    var format: CellFormat
    /// Whether a table that is not there is on its way.
    var isExpected = true

    private var glyphs: Glyphs { format.glyphs }

    /// The first column is for the pointer, the second for the mark of a change.
    func draw(into canvas: inout Canvas, _ rect: Rect, empty: String) {
        guard rect.height > 1 else { return }
        let (widths, gap) = widths(rect.width - 2)
        heading(&canvas, rect, widths, gap)
        let body = rect.cut(top: 1).1
        if rows.isEmpty {
            canvas.put(message(empty), at: body.x + 2, body.y + (body.height > 2 ? 1 : 0), .quiet, until: body.right)
            return
        }
        let selected = state.index(in: rows)
        for line in 0..<min(body.height, max(0, rows.count - state.offset)) {
            let index = state.offset + line
            draw(rows[index], &canvas, Rect(x: body.x, y: body.y + line, width: body.width, height: 1), widths, gap)
            if index == selected {
                let sign = state.marked.contains(rows[index].key) ? glyphs.mark : glyphs.pointer
                canvas.sign(sign, at: body.x, body.y + line, Style(.accent, bold: true))
                canvas.restyle(Rect(x: body.x, y: body.y + line, width: body.width, height: 1)) { $0.ink = .selected }
            }
        }
    }

    private func message(_ empty: String) -> String {
        if !state.filter.isEmpty { return "Nothing matches '\(state.filter.text)'. Esc takes the filter away." }
        switch feed?.state {
        case nil: return isExpected ? "Asking…" : empty
        case .opening?: return "Asking…"
        case .refused(let why)?: return why
        case .live?, .stale?: return empty
        }
    }

    private func heading(_ canvas: inout Canvas, _ rect: Rect, _ widths: [Int], _ gap: Int) {
        var x = rect.x + 2
        for index in order where widths[index] > 0 {
            let column = columns[index]
            var title = column.title
            if let sort = state.sort, sort.column == index { title += sort.descending ? glyphs.down : glyphs.up }
            canvas.put(title, in: widths[index], CellFormat.side(column.kind), at: x, rect.y, .heading)
            x += widths[index] + gap
        }
    }

    private func draw(_ row: Feed.Row, _ canvas: inout Canvas, _ rect: Rect, _ widths: [Int], _ gap: Int) {
        if state.marked.contains(row.key) { canvas.sign(glyphs.mark, at: rect.x, rect.y, Style(.accent, bold: true)) }
        let isFresh = state.frozen == nil && feed?.changed[row.key] != nil
        if isFresh { canvas.sign(glyphs.changed, at: rect.x + 1, rect.y, Style(.fresh, bold: true)) }
        var x = rect.x + 2
        for index in order where widths[index] > 0 {
            let column = columns[index]
            let (text, ink) = format.show(row.value[column.key], column.kind)
            canvas.put(text, in: widths[index], CellFormat.side(column.kind), at: x, rect.y, Style(ink))
            x += widths[index] + gap
        }
    }

    /// What says which row it is stays; of the others so many are out of sight to the left.
    private var order: [Int] {
        let named = columns.firstIndex { [.member, .text].contains($0.kind) } ?? 0
        let first = min(named, 2)
        return Array(0...first) + Array(min(columns.count, first + 1 + state.firstColumn)..<columns.count)
    }

    /// How many columns find no room to the right.
    func hidden(_ room: Int) -> Int {
        guard !columns.isEmpty else { return 0 }
        let widths = widths(room - 2).widths
        return order.count { widths[$0] == 0 }
    }

    /// What each column needs for what it shows now; where that is too much the widest gives way, then the last go.
    /// With room to spare no title and no figure is cut short, and the columns stand further apart.
    private func widths(_ room: Int) -> (widths: [Int], gap: Int) {
        let order = columns.isEmpty ? [] : order
        var widths = columns.map { _ in 0 }
        var contents = widths
        let titles = columns.map { $0.title.width(glyphs.policy) }
        for index in order {
            let kind = columns[index].kind
            let range = CellFormat.room(kind)
            let key = columns[index].key
            contents[index] = rows.map { format.show($0.value[key], kind).text.width(glyphs.policy) }.max() ?? 0
            widths[index] = min(max(range.lowerBound, max(contents[index], titles[index])), range.upperBound)
        }
        func excess() -> Int { widths.reduce(0) { $0 + ($1 > 0 ? $1 + 1 : 0) } - 1 - room }
        while excess() > 0 {
            let elastic = order.filter { widths[$0] > max(10, CellFormat.room(columns[$0].kind).lowerBound) }
            if let widest = elastic.max(by: { widths[$0] < widths[$1] }) {
                widths[widest] -= 1
            } else if let last = order.last(where: { widths[$0] > 0 }), last != order.first {
                widths[last] = 0
            } else {
                break
            }
        }
        let figures = columns.indices.map { [.text, .member].contains(columns[$0].kind) ? 0 : contents[$0] }
        for wanted in [
            titles, contents.indices.map { min(contents[$0], CellFormat.room(columns[$0].kind).upperBound) }, figures,
        ] {
            for index in order where widths[index] > 0 {
                widths[index] += max(0, min(wanted[index] - widths[index], -excess()))
            }
        }
        return (widths, excess() + order.count { widths[$0] > 0 } <= 1 ? 2 : 1)
    }
}
