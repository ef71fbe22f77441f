internal import Shared

/// A row as it goes over the wire; two rows are the same when their bytes are.
struct FeedRow: Hashable, Sendable {
    var key: String
    var body: [UInt8]
}

/// How one list becomes another, to be applied in order.
enum RowChange: Hashable {
    case delete(key: String)
    /// The row stands at this index, once it has left its old place if it had one.
    case upsert(key: String, at: Int, body: [UInt8])
    case move(key: String, at: Int)
}

extension RowChange {
    /// The fewest deletions and moves that lead from one list to the other. Keys are unique in each.
    static func between(_ old: [FeedRow], _ new: [FeedRow]) -> [RowChange] {
        let target = Dictionary(uniqueKeysWithValues: new.enumerated().map { ($1.key, $0) })
        let known = Dictionary(uniqueKeysWithValues: old.map { ($0.key, $0.body) })
        var changes = old.filter { target[$0.key] == nil }.map { RowChange.delete(key: $0.key) }
        var working = old.map(\.key).filter { target[$0] != nil }
        let settled = Set(longestRising(working.map { target[$0] ?? 0 }))
        var place = -1
        for (index, row) in new.enumerated() {
            let before = known[row.key]
            if settled.contains(index) {
                place = working[(place + 1)...].firstIndex(of: row.key) ?? place
                if before != row.body { changes.append(.upsert(key: row.key, at: place, body: row.body)) }
                continue
            }
            if let from = working.firstIndex(of: row.key) {
                working.remove(at: from)
                if from <= place { place -= 1 }
            }
            place += 1
            working.insert(row.key, at: place)
            changes.append(
                before == row.body ? .move(key: row.key, at: place) : .upsert(key: row.key, at: place, body: row.body))
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
