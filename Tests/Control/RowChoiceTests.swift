import Control
import Kit
import Shared
import Testing

@Suite struct RowChoiceTests {
    private let panel = Panel(
        "t.t", "T", "T", tables: [],
        columns: [.init("name", "Name", .text), .init("who", "Who", .member), .init("points", "Points", .points)]
    ) { _ in [] }

    private let lines: [Panel.Line] = [
        .init("1", ["name": "Tea: green", "who": ["id": "11", "name": "Ann"], "points": 12.5]),
        .init("2", ["name": "cup", "who": ["id": "12", "name": "bob"], "points": 9]),
        .init("3", ["name": "Pot", "who": ["id": "13", "name": "Cid"], "points": 100]),
        .init("4", ["name": "pan", "who": ["id": "14", "name": "bob"]]),
    ]

    private func keys(_ filter: String? = nil, _ sort: String? = nil, _ limit: Int = 500) throws -> String {
        try RowChoice(filter: filter, sort: sort, limit: limit, of: panel).rows(of: lines).map(\.key).joined()
    }

    @Test(arguments: [
        ("tea", "1"), ("TEA: g", "1"), ("bob", "24"), ("who:bob", "24"), ("who:13", "3"), ("name:bob", ""), ("points:9", "2"),
        (" ", "1234"), ("12", "12"), ("nobody", ""), ("who:", "1234"),
    ])
    func `a filter looks everywhere or in one column`(_ filter: String, _ expected: String) throws {
        #expect(try keys(filter) == expected)
    }

    @Test(arguments: [("points", "4213"), ("-points", "3124"), ("name", "2431"), ("who", "1243"), ("-who", "3241")])
    func `a sort is by number or by name, and leaves equals as they were`(_ sort: String, _ expected: String) throws {
        #expect(try keys(nil, sort) == expected)
    }

    @Test func `a limit comes last`() throws {
        #expect(try keys(nil, "-points", 2) == "31")
        #expect(try keys("bob", nil, 1) == "2")
    }

    @Test func `a column that is not there is refused with the nearest`() {
        #expect(
            throws: Failure.invalid(
                "There is no column \"pionts\" to sort by.", field: "sort", hint: "Did you mean \"points\"?")
        ) {
            try keys(nil, "-pionts")
        }
    }

    @Test func `two rows of one key would confuse everybody: the first is kept`() throws {
        let twice = lines + [.init("1", ["name": "again"])]
        #expect(try RowChoice(filter: nil, sort: nil, limit: 500, of: panel).rows(of: twice).count == 4)
    }
}
