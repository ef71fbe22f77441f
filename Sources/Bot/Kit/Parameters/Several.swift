internal import Shared

extension Parameter where Value == [String] {
    /// Several words: a list, or a text with commas between them. A menu gives those that were chosen.
    package static func several(_ name: String, _ summary: String, most: Int) -> Parameter {
        var outline = Outline(name, summary, .text(longest: 2000))
        outline.isGreedy = true
        return Parameter(outline) { raw, _ throws(Refusal) in
            let given: [String]? =
                if case .json(.array(let items)) = raw {
                    items.reduce(into: []) { list, item in list = item.text.flatMap { word in list.map { $0 + [word] } } }
                } else {
                    raw.text?.split(separator: ",").map(String.init)
                }
            guard let words = given?.map(trimmed).filter({ !$0.isEmpty }) else {
                throw .invalid("\(name) is a list of words, not \(raw.quoted).", hint: "Put commas between them.")
            }
            guard words.count <= most else { throw .invalid("\(name) are \(words.count); \(most) fit.") }
            guard words.allSatisfy({ $0.unicodeScalars.count <= 200 && !$0.utf8.contains(0) }) else {
                throw .invalid("One of \(name) is longer than 200 characters, or has a NUL character in it.")
            }
            return words
        }
    }
}
