internal import Shared

/// A row as it goes over the wire; two rows are the same when their bytes are.
package struct FeedRow: Hashable, Sendable {
    package var key: String
    package var body: [UInt8]

    package init(key: String, body: [UInt8]) {
        self.key = key
        self.body = body
    }
}

/// How one list becomes another, to be applied in order.
package enum RowChange: Hashable {
    case delete(key: String)
    /// The row stands at this index, once it has left its old place if it had one.
    case upsert(key: String, at: Int, body: [UInt8])
    case move(key: String, at: Int)
}

extension RowChange {
    /// The fewest changes that lead from one list to the other. Keys are unique in each. A row that has changed is sent
    /// anyway, and its place with it, so only rows that are as they were need to stay where they are.
    package static func between(_ old: [FeedRow], _ new: [FeedRow]) -> [RowChange] {
        let target = Dictionary(uniqueKeysWithValues: new.enumerated().map { ($1.key, $0) })
        var changes = old.filter { target[$0.key] == nil }.map { RowChange.delete(key: $0.key) }
        var working = old.map(\.key).filter { target[$0] != nil }
        let same = Set(old).intersection(new)
        let settled = Set(longestRising(old.filter(same.contains).compactMap { target[$0.key] }))
        var place = -1
        for (index, row) in new.enumerated() {
            if settled.contains(index) {
                place = working[(place + 1)...].firstIndex(of: row.key) ?? place
                continue
            }
            if let from = working.firstIndex(of: row.key) {
                working.remove(at: from)
                if from <= place { place -= 1 }
            }
            place += 1
            working.insert(row.key, at: place)
            changes.append(
                same.contains(row) ? .move(key: row.key, at: place) : .upsert(key: row.key, at: place, body: row.body))
        }
        return changes
    }

    /// The longest run of numbers that rise from left to right, not necessarily neighbours: those rows can stay.
    private static func longestRising(_ numbers: [Int]) -> [Int] {
        var ends: [Int] = []
        var previous = [Int?](repeating: nil, count: numbers.count)
        for (index, number) in numbers.enumerated() {
            var low = 0
            var high = ends.count
            while low < high {
                let middle = (low + high) / 2
                if numbers[ends[middle]] < number { low = middle + 1 } else { high = middle }
            }
            previous[index] = low > 0 ? ends[low - 1] : nil
            if low == ends.count { ends.append(index) } else { ends[low] = index }
        }
        var run: [Int] = []
        var next = ends.last
        while let index = next {
            run.append(numbers[index])
            next = previous[index]
        }
        return run
    }
}
