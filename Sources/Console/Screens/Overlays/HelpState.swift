internal import Shared

/// The keys that work now, searchable. It shows the very table that the dispatch reads.
struct HelpState: Sendable {
    var screenKeys: [Binding]
    var search = TextField()
    var offset = 0

    private var rows: [Binding] {
        let wanted = search.text.lowercased()
        return screenKeys.filter { binding in
            binding.off == nil && (wanted.isEmpty || (binding.allLabels + " " + binding.hint).lowercased().contains(wanted))
        }
    }

    private func frame(_ model: Model) -> Rect {
        Rect(x: 0, y: 1, width: model.size.width, height: model.size.height - 2)
            .centred(Size(64, min(model.size.height - 2, screenKeys.count + 5)))
    }

    func furthest(_ model: Model) -> Int { max(0, rows.count - (frame(model).height - 4)) }

    func draw(into canvas: inout Canvas, _ model: Model) {
        let frame = frame(model)
        canvas.box(frame, model.glyphs, title: "Keys that work here")
        let inside = frame.inset(2, 1)
        canvas.put("Find: ", at: inside.x, inside.y, .quiet)
        search.draw(into: &canvas, at: inside.x + 6, inside.y, width: inside.width - 6, .plain, focused: true)
        let list = inside.cut(top: 2).1
        for (line, binding) in rows.dropFirst(offset).prefix(list.height).enumerated() {
            canvas.put(binding.allLabels, in: 14, .right, at: list.x, list.y + line, Style(.key, bold: true))
            canvas.put(binding.hint, at: list.x + 16, list.y + line, until: list.right)
        }
        if rows.isEmpty { canvas.put("No key does that.", at: list.x, list.y, .quiet) }
        if furthest(model) > offset { canvas.put(" more below ", at: frame.right - 14, frame.bottom - 1, .quiet) }
    }
}
