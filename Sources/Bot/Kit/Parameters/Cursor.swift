internal import Shared

/// Where a page begins: how many rows stand before it. Programs pass it on as they got it.
package struct Cursor: Hashable, Sendable {
    package var offset: Int
    package init(offset: Int) { self.offset = offset }

    package var text: String { "p" + String(offset, radix: 36) }

    init?(_ text: String) {
        guard text.first == "p", let offset = Int(text.dropFirst(), radix: 36), (0...10_000_000).contains(offset) else {
            return nil
        }
        self.offset = offset
    }
}

extension Parameter where Value == Cursor {
    /// The first page when left out.
    package static var cursor: Parameter {
        Parameter(Outline("cursor", "Where to go on: the `next` of the page before", .text(longest: 16))) {
            raw, _ throws(Refusal) in
            guard let cursor = raw.words.flatMap(Cursor.init) else {
                throw .invalid("cursor is what the page before called `next`, not \(raw.quoted).")
            }
            return cursor
        }.standard(Cursor(offset: 0), spelled: nil)
    }
}

extension Parameter where Value == Int {
    /// How many rows a page has.
    package static func limit(_ standard: Int, most: Int = 500) -> Parameter {
        .whole("limit", "How many rows a page has", 1...most, default: standard)
    }
}
