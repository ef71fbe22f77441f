internal import Shared

/// A text that an admin wrote, with places in braces: `Hello {member}!`. It is read once, when it is set, so that a wrong place
/// is told at once; what fills a place later stays inert. `{{` is a brace.
package struct Template: Hashable, Sendable {
    /// What may stand in braces, and what it becomes.
    package struct Place: Hashable, Sendable {
        package let name: String
        package let summary: String
        package init(_ name: String, _ summary: String) {
            self.name = name
            self.summary = summary
        }
    }

    private enum Part: Hashable, Sendable {
        case words(String)
        case place(String)
    }

    package let text: String
    private let parts: [Part]

    package static let empty = Template(text: "", parts: [])

    private init(text: String, parts: [Part]) {
        self.text = text
        self.parts = parts
    }

    package init(_ text: String, places: [Place], field: String) throws(Refusal) {
        self.text = text
        var parts: [Part] = []
        var words = ""
        var rest = Substring(text)
        while let first = rest.popFirst() {
            guard first == "{" || first == "}", rest.first != first else {
                if first == "{" || first == "}" { rest.removeFirst() }
                words.append(first)
                continue
            }
            guard first == "{", let end = rest.firstIndex(of: "}") else {
                throw Self.unpaired(first, before: text.count - rest.count, field)
            }
            let name = String(rest[..<end])
            guard places.contains(where: { $0.name == name }) else { throw Self.unknown(name, places, field) }
            if !words.isEmpty { parts.append(.words(words)) }
            words = ""
            parts.append(.place(name))
            rest = rest[rest.index(after: end)...]
        }
        if !words.isEmpty { parts.append(.words(words)) }
        self.parts = parts
    }

    package func mentions(_ place: String) -> Bool { parts.contains(.place(place)) }

    package func filled(_ values: [String: Phrase]) -> Phrase {
        Phrase(
            parts.flatMap { part -> [Phrase.Piece] in
                switch part {
                case .words(let words): [.words(words)]
                case .place(let name): values[name]?.pieces ?? []
                }
            })
    }

    private static func unpaired(_ brace: Character, before count: Int, _ field: String) -> Refusal {
        .invalid(
            "The \"\(brace)\" at character \(count) of \(field) has no partner.", field: field,
            hint: "Write \(brace)\(brace) for the brace itself.")
    }

    private static func unknown(_ name: String, _ places: [Place], _ field: String) -> Refusal {
        let near = nearest(to: name, among: places.map(\.name)).map { "Did you mean {\($0)}? " } ?? ""
        let known = places.map { "{\($0.name)}" }.joined(separator: ", ")
        return .invalid("\(field) has no place {\(name.prefix(40))}.", field: field, hint: near + "There are \(known).")
    }
}

extension Parameter where Value == Template {
    package static func template(
        _ name: String, _ summary: String, places: [Template.Place], longest: Int, default standard: Template? = nil
    ) -> Parameter {
        let words = Parameter<String>.text(name, summary, longest: longest)
        return Parameter(words.outline) { raw, context throws(Refusal) in
            try Template(try words.parse(raw, context), places: places, field: name)
        }.standard(standard, spelled: standard.map { .string($0.text) })
    }
}
