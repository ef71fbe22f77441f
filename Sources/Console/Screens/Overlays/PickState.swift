internal import Shared

/// A short list to choose from.
struct PickState: Sendable {
    struct Item: Hashable, Sendable {
        var title: String
        var detail: String
        var outcome: Outcome
    }

    var title: String
    var items: [Item]
    var selected: Int

    func draw(into canvas: inout Canvas, _ model: Model) {
        let frame = Rect(x: 0, y: 1, width: model.size.width, height: model.size.height - 2)
            .centred(Size(64, min(items.count + 2, model.size.height - 4)))
        canvas.box(frame, model.glyphs, title: title)
        let list = frame.inset(2, 1)
        let first = max(0, min(selected - list.height / 2, items.count - list.height))
        for (line, index) in items.indices.dropFirst(first).prefix(list.height).enumerated() {
            let y = list.y + line
            canvas.put(items[index].title, in: 30, .left, at: list.x + 2, y)
            canvas.put(items[index].detail, at: list.x + 33, y, .quiet, until: list.right)
            if index == selected {
                canvas.sign(model.glyphs.pointer, at: list.x, y, Style(.accent, bold: true))
                canvas.restyle(Rect(x: list.x, y: y, width: list.width, height: 1)) { $0.ink = .selected }
            }
        }
    }
}
