internal import Shared

/// A card over the screen, scrolled where it is long; as a preview it stands as it will in Discord.
struct CardView: Sendable {
    var card: CardText
    var isPreview = false
    var offset = 0

    private func frame(_ model: Model) -> (Rect, [(text: String, style: Style)]) {
        let width = min(model.size.width - 4, 72)
        let rows = isPreview ? preview(width - 4, model) : card.rows(width - 4, model.policy)
        let height = min(model.size.height - 4, max(3, rows.count + 2))
        let room = Rect(x: 0, y: 1, width: model.size.width, height: model.size.height - 2)
        return (room.centred(Size(width, height)), rows)
    }

    /// Who says it, and the card behind its bar.
    private func preview(_ width: Int, _ model: Model) -> [(text: String, style: Style)] {
        let bar = model.policy == .ascii ? "| " : "\u{258C} "
        let head = (
            text: "Hearth [BOT]  today at " + Numbers.time(model.clock.wall(model.clock.now)), style: Style(.accent, bold: true)
        )
        let title = card.title.wrapped(to: width - 2, model.policy).map { (text: bar + $0, style: Style.title) }
        return [head] + title + card.rows(width - 2, model.policy).map { (text: bar + $0.text, style: $0.style) }
    }

    func furthest(_ model: Model) -> Int {
        let (rect, rows) = frame(model)
        return max(0, rows.count - (rect.height - 2))
    }

    func draw(into canvas: inout Canvas, _ model: Model) {
        let (rect, rows) = frame(model)
        canvas.box(rect, model.glyphs, title: isPreview ? "As members will see it" : card.title)
        let inside = rect.inset(2, 1)
        for (line, row) in rows.dropFirst(offset).prefix(inside.height).enumerated() {
            canvas.put(row.text, at: inside.x, inside.y + line, row.style, until: inside.right)
        }
        if furthest(model) > offset { canvas.put(" more below ", at: rect.right - 14, rect.bottom - 1, .quiet) }
    }
}
