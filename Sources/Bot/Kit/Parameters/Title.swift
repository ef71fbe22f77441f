internal import Shared

extension Parameter where Value == String {
    /// What a thing with a number of its own is called: one line, and not a number alone, so that either names it.
    package static func title(_ name: String, _ summary: String, longest: Int) -> Parameter {
        let words = Parameter<String>.text(name, summary, longest: longest)
        var outline = words.outline
        outline.isGreedy = false
        return Parameter(outline) { raw, context throws(Refusal) in
            let text = trimmed(try words.parse(raw, context))
            guard !text.isEmpty, !text.contains(where: \.isNewline) else {
                throw .invalid("\(name) is one line of at least one character, not \(raw.quoted).")
            }
            guard Int(text) == nil else {
                throw .invalid("\(name) is more than a number: \(raw.quoted) could be taken for the number of another.")
            }
            return text
        }
    }
}
