internal import Shared

/// Where a page begins: how many rows stand before it and, in lists that are kept in order, behind which row. Programs pass it
/// on as they got it.
package struct Cursor: Hashable, Sendable {
    /// The place of a row in its order, equals by id.
    package struct Row: Hashable, Sendable {
        package var place: Double
        package var id: Int64
        package init(place: Double, id: Int64) {
            self.place = place
            self.id = id
        }
    }

    package var offset: Int
    /// The last row of the page before: a list that can goes on behind it, however many rows that are.
    package var after: Row?

    package init(offset: Int, after: Row? = nil) {
        self.offset = offset
        self.after = after
    }

    package var text: String {
        let count = "p" + String(offset, radix: 36)
        return after.map { count + "." + String($0.place.bitPattern, radix: 36) + "." + String($0.id, radix: 36) } ?? count
    }

    init?(_ text: String) {
        let parts = text.dropFirst().split(separator: ".", omittingEmptySubsequences: false)
        guard text.first == "p", let first = parts.first, let offset = Int(first, radix: 36), (0...10_000_000).contains(offset)
        else { return nil }
        self.offset = offset
        guard parts.count > 1 else { return }
        guard parts.count == 3, let bits = UInt64(parts[1], radix: 36), let id = Int64(parts[2], radix: 36) else { return nil }
        after = Row(place: Double(bitPattern: bits), id: id)
        if after?.place.isFinite != true { return nil }
    }
}

extension Parameter where Value == Cursor {
    /// The first page when left out.
    package static var cursor: Parameter {
        Parameter(Outline("cursor", "Where to go on: the `next` of the page before", .text(longest: 64))) {
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
