internal import Shared

/// A card as plain text: what a command answered, for people.
struct CardText: Hashable, Sendable {
    struct Field: Hashable, Sendable {
        var name: String
        var value: String
    }

    var title: String
    var text: String
    var fields: [Field]
    var lines: [String]

    /// A card's lines say all of it once more as plain text: they are shown where it has no other parts. Where the daemon made
    /// no card, the data itself is the text.
    init(_ card: JSON?, _ result: JSON) {
        title = card?["title"]?.text ?? "Done"
        text = card?["text"]?.text ?? ""
        fields = (card?["fields"]?.array ?? []).map { Field(name: $0["name"]?.text ?? "", value: $0["value"]?.plain ?? "") }
        let all = card?["lines"]?.array?.compactMap(\.text) ?? []
        let own = text.isEmpty && fields.isEmpty ? all : []
        lines = own.first == title ? Array(own.dropFirst()) : own
        if card == nil, let object = result.object {
            fields = object.members.map { Field(name: $0.key, value: $0.value.plain ?? $0.value.line) }
        }
    }

    /// As lines of this width, each with its ink.
    func rows(_ width: Int, _ policy: WidthPolicy) -> [(text: String, style: Style)] {
        var rows: [(String, Style)] = []
        if !text.isEmpty { rows += text.wrapped(to: width, policy).map { ($0, .plain) } + [("", .plain)] }
        let names = fields.map { $0.name.width(policy) }.max() ?? 0
        let room = max(8, width - names - 2)
        for field in fields {
            for (index, part) in field.value.wrapped(to: room, policy).enumerated() {
                rows.append(((index == 0 ? field.name : "").fitted(to: names, .left, policy) + "  " + part, .plain))
            }
        }
        if !fields.isEmpty, !lines.isEmpty { rows.append(("", .plain)) }
        for line in lines { rows += line.wrapped(to: width, policy).map { ($0, .plain) } }
        return rows
    }
}

/// A card over the screen, scrolled where it is long.
struct CardView: Sendable {
    var card: CardText
    var offset = 0

    static let keys = [
        Binding(.escape, .enter, .character("q"), hint: "close", .back),
        Binding(.up, .character("k"), hint: "up", .move(-1), inBar: false),
        Binding(.down, .character("j"), hint: "down", .move(1), inBar: false),
        Binding(.pageDown, hint: "a page down", .move(10), inBar: false),
        Binding(.pageUp, hint: "a page up", .move(-10), inBar: false),
    ]

    private func frame(_ model: Model) -> (Rect, [(text: String, style: Style)]) {
        let width = min(model.size.width - 4, 72)
        let rows = card.rows(width - 4, model.policy)
        let height = min(model.size.height - 4, max(3, rows.count + 2))
        let room = Rect(x: 0, y: 1, width: model.size.width, height: model.size.height - 2)
        return (room.centred(Size(width, height)), rows)
    }

    func furthest(_ model: Model) -> Int {
        let (rect, rows) = frame(model)
        return max(0, rows.count - (rect.height - 2))
    }

    func draw(into canvas: inout Canvas, _ model: Model) {
        let (rect, rows) = frame(model)
        canvas.box(rect, model.glyphs, title: card.title)
        let inside = rect.inset(2, 1)
        for (line, row) in rows.dropFirst(offset).prefix(inside.height).enumerated() {
            canvas.put(row.text, at: inside.x, inside.y + line, row.style, until: inside.right)
        }
        if furthest(model) > offset { canvas.put(" more below ", at: rect.right - 14, rect.bottom - 1, .quiet) }
    }
}
