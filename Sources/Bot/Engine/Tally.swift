/// How long something took, many times: how often it took no longer than each bound, and how long in all.
struct Tally {
    /// In seconds, as they are told to whoever measures.
    static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]

    private(set) var counts = [Int64](repeating: 0, count: bounds.count)
    private(set) var count: Int64 = 0
    private(set) var nanoseconds: Int64 = 0

    mutating func add(_ time: Int64) {
        count += 1
        nanoseconds += time
        for (place, bound) in Self.bounds.enumerated() where Double(time) <= bound * 1e9 { counts[place] += 1 }
    }
}
