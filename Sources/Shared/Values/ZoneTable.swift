/// The offsets of a zone and when each begins, all in milliseconds. What the rule at the end of the file says is written out
/// for 401 years; the calendar repeats every 400, so a later moment is looked up whole cycles earlier.
final class ZoneTable: Sendable {
    private let starts: [Int64]
    private let offsets: [Int32]
    private let first: Int32
    private let repeats: Bool

    private static let cycle: Int64 = 146_097 * 86_400_000
    /// No clock was ever further from Greenwich than this.
    private static let widest: Int64 = 26 * 3_600_000

    /// Greenwich for ever.
    init() { (starts, offsets, first, repeats) = ([], [], 0, false) }

    init?(tzif bytes: [UInt8]) {
        guard let file = ZoneFile(bytes) else { return nil }
        var starts = file.starts
        var offsets = file.offsets
        if let rule = file.rule {
            let last = starts.last ?? .min
            for (start, offset) in rule.changes(after: last) {
                starts.append(start)
                offsets.append(offset)
            }
        }
        self.starts = starts
        self.offsets = offsets
        first = file.first
        repeats = file.rule?.summer != nil
    }

    func offset(at moment: Int64) -> Int {
        let index = index(at: moment)
        return Int(index == 0 ? first : offsets[index - 1])
    }

    /// The moments when clocks show this, in order.
    func instants(showing local: Int64) -> [Int64] {
        let shift = cycles(for: local, margin: Self.widest)
        let candidates = Set(near(local - shift).map { Int64($0.offset) }).map { local - $0 }
        return candidates.filter { $0 + Int64(offset(at: $0)) == local }.sorted()
    }

    /// The change that jumps over what no clock shows.
    func endOfGap(over local: Int64) -> Int64 {
        let shift = cycles(for: local, margin: Self.widest)
        let jump = near(local - shift).first { $0.start > .min && $0.start + Int64($0.offset) > local - shift }
        return jump.map { $0.start + shift } ?? local
    }

    /// How many changes lie at or before a moment (whole cycles earlier, when it lies beyond the table).
    private func index(at moment: Int64) -> Int {
        let moment = moment - cycles(for: moment, margin: 0)
        var low = 0
        var high = starts.count
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= moment { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Whole cycles that bring a moment, and a margin after it, before the last change of the table.
    private func cycles(for moment: Int64, margin: Int64) -> Int64 {
        guard repeats, let last = starts.last, moment + margin >= last else { return 0 }
        return ((moment + margin - last) / Self.cycle + 1) * Self.cycle
    }

    /// The offsets that hold within a day or so, each with its start.
    private func near(_ local: Int64) -> [(start: Int64, offset: Int32)] {
        let range = index(at: local - Self.widest)...index(at: local + Self.widest)
        return range.map { index in index == 0 ? (start: Int64.min, offset: first) : (starts[index - 1], offsets[index - 1]) }
    }
}
