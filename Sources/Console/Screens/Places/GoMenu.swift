internal import Shared

/// Where a letter leads, while one is awaited.
struct GoMenu {
    let model: Model

    func draw(into canvas: inout Canvas) {
        let sections = model.sections.map(\.section)
        let columns = model.isWide ? 6 : 4
        let width = (model.size.width - 4) / columns
        let rows = (sections.count + columns - 1) / columns
        let frame = Rect(x: 0, y: model.size.height - 3 - rows, width: model.size.width, height: rows + 2)
        canvas.box(frame, model.glyphs, title: "Go to")
        for (index, section) in sections.enumerated() {
            let x = frame.x + 2 + index / rows * width
            let y = frame.y + 1 + index % rows
            canvas.put(String(section.letter), at: x, y, Style(.key, bold: true))
            canvas.put(section.title, at: x + 2, y, .plain, until: x + width - 1)
        }
    }
}
