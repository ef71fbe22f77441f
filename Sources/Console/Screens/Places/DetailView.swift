internal import Shared

/// A row closer: every column in full, as a strip below the table or as a pane beside it.
struct DetailView {
    let model: Model
    let panel: ControlPanel
    let row: Feed.Row?

    private var fields: [(name: String, value: String, ink: Ink)] {
        guard let row else { return [] }
        return panel.columns.compactMap { column in
            let (text, ink) = model.format.show(row.value[column.key], column.kind)
            let isBlank = text.isEmpty || text == model.glyphs.dot
            return isBlank ? nil : (column.title.isEmpty ? "State" : column.title, text, ink)
        }
    }

    /// As many fields as find room, one behind the other; a long text goes on in the next line.
    func draw(strip rect: Rect, into canvas: inout Canvas) {
        guard let row else { return }
        canvas.rule(rect.y, from: rect.x, to: rect.right, model.glyphs)
        canvas.put(" \(model.name(of: row)) ", at: rect.x + 1, rect.y, .title, until: rect.right)
        var x = rect.x + 1
        var y = rect.y + 1
        for field in fields {
            let width = field.name.width(model.policy) + 1 + field.value.width(model.policy)
            if x > rect.x + 1, x + width > rect.right {
                y += 1
                x = rect.x + 1
            }
            guard y < rect.bottom else { return }
            x = canvas.put(field.name, at: x, y, .quiet, until: rect.right) + 1
            let parts = field.value.wrapped(to: max(8, rect.right - x), model.policy)
            for (index, part) in parts.enumerated() where y < rect.bottom {
                let end = canvas.put(part, at: x, y, Style(field.ink, bold: true), until: rect.right)
                if index == parts.count - 1 { x = end + 2 } else { y += 1 }
            }
        }
    }

    func draw(pane rect: Rect, into canvas: inout Canvas) {
        canvas.box(rect, model.glyphs, title: row.map(model.name(of:)) ?? panel.title)
        let inside = rect.inset(2, 1)
        let names = min(16, fields.map { $0.name.width(model.policy) }.max() ?? 0)
        var y = inside.y
        for field in fields {
            for (index, part) in field.value.wrapped(to: max(8, inside.width - names - 2), model.policy).enumerated()
            where y < inside.bottom {
                if index == 0 { canvas.put(field.name, in: names, .left, at: inside.x, y, .quiet) }
                canvas.put(part, at: inside.x + names + 2, y, Style(field.ink, bold: true), until: inside.right)
                y += 1
            }
        }
        drawLook(into: &canvas, inside, y + 1)
    }

    private func drawLook(into canvas: inout Canvas, _ rect: Rect, _ y: Int) {
        guard y + 2 < rect.bottom, let row, let action = model.firstLook(panel) else { return }
        canvas.rule(y, from: rect.x, to: rect.right, model.glyphs)
        canvas.put(" \(action.label) ", at: rect.x + 1, y, .title)
        guard let look = model.look, look.key == row.key, look.place == model.place, let card = look.card else {
            return _ = canvas.put("Enter asks for it.", at: rect.x, y + 1, .quiet, until: rect.right)
        }
        for (line, text) in card.rows(rect.width, model.policy).prefix(rect.bottom - y - 1).enumerated() {
            canvas.put(text.text, at: rect.x, y + 1 + line, text.style, until: rect.right)
        }
    }
}
