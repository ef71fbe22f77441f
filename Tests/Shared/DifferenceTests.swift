import Shared
import Testing

struct DifferenceTests {
    @Test(
        "Only what differs is shown, and whole numbers are whole",
        arguments: [
            (["a": 1, "b": 2.0], ["a": 1, "b": 3.0], ["- b: 2", "+ b: 3"]), (["a": 1], ["a": 1], []),
            (2.0, 3.5, ["- 2", "+ 3.5"]),
            (nil, ["name": "Star", "text": ""], ["+ name: Star", "+ text: "]), (["a": "x"], nil, ["- a: x"]),
            ("on", "removed", ["- on", "+ removed"]), (["a": 1], ["a": 1, "list": ["x"]], ["+ list: [\"x\"]"]),
        ] as [(JSON, JSON, [String])])
    func lines(_ before: JSON, _ after: JSON, _ lines: [String]) {
        #expect(Difference(from: before, to: after).lines == lines)
    }
}
