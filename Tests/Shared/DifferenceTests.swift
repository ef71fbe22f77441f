import Shared
import Testing

struct DifferenceTests {
    struct Row: Sendable {
        var before: JSON
        var after: JSON
        var lines: [String]
        init(_ before: JSON, _ after: JSON, _ lines: [String]) {
            (self.before, self.after, self.lines) = (before, after, lines)
        }
    }

    static let rows: [Row] = [
        Row(["top": 5, "text": "x"], ["top": 9, "text": "x"], ["- top 5", "+ top 9"]),
        Row(.null, ["title": "Tea", "capacity": 3], ["+ title Tea", "+ capacity 3"]),
        Row(["a": 1], .null, ["- a 1"]),
        Row(["a": 1], ["b": [1, 2]], ["- a 1", "+ b [1,2]"]),
        Row("on", "cancelled", ["- on", "+ cancelled"]),
        Row(.null, 3, ["+ 3"]),
        Row(["a": 1], "gone", ["- {\"a\":1}", "+ gone"]),
        Row(["a": 1], ["a": 1], []),
    ]

    @Test(arguments: rows)
    func `only what differs is told`(_ row: Row) {
        #expect(Difference(from: row.before, to: row.after).lines == row.lines)
    }
}
