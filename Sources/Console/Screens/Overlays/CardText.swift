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
    init(title: String, fields: [Field]) {
        self.title = title
        self.fields = fields
        text = ""
        lines = []
    }

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
