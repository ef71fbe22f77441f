package import Shared

/// What can be measured of a member, by name: `score`, `messages(7d)`, `attended(30d)`. Whoever keeps the books answers a column
/// for a whole guild, or the figure of one member; rules and reports are made of them without knowing any table.
package struct MeasureReading: Reading {
    package let measures: [Measure]
    package init(_ measures: Measure...) { self.measures = measures }
}

package struct Measure: Sendable {
    package let name: String
    package let summary: String
    /// What a figure counts, such as "points" or "days", for sentences.
    package let unit: String
    /// Can be asked of the last so many days, today among them.
    package let takesDays: Bool
    /// Every member of the turn's guild that is known to the book, or the one that is named, by id. Who is not there has 0.
    package let column: @Sendable (Turn, _ days: Int?, _ only: ID<Member>?) throws -> Column

    package init(
        _ name: String, _ summary: String, unit: String, takesDays: Bool = false,
        column: @escaping @Sendable (Turn, _ days: Int?, _ only: ID<Member>?) throws -> Column
    ) {
        self.name = name
        self.summary = summary
        self.unit = unit
        self.takesDays = takesDays
        self.column = column
    }
}

/// A figure for each of many members, by id; in two lists, so that a hundred thousand of them are two blocks of memory.
package struct Column: Sendable {
    package private(set) var members: [Int64] = []
    package private(set) var figures: [Double] = []

    package init() {}

    /// Members come in the order of their ids.
    package mutating func append(_ member: Int64, _ figure: Double) {
        members.append(member)
        figures.append(figure)
    }

    /// More of what the last member has.
    package mutating func addToLast(_ figure: Double) { figures[figures.count - 1] += figure }

    package subscript(member: ID<Member>) -> Double {
        var (low, high) = (0, members.count)
        while low < high {
            let middle = (low + high) / 2
            if members[middle] < member.number { low = middle + 1 } else { high = middle }
        }
        return low < members.count && members[low] == member.number ? figures[low] : 0
    }
}
