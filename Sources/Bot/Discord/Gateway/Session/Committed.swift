/// Which frames of the running session are on disk, read from the engine's reports. A report is a bare number, and one about
/// the session before may still be under way when a new one has begun: it is told apart by what can be true of it.
package struct Committed: Sendable, Equatable {
    /// The last frame of this session that is on disk.
    package private(set) var sequence: Int64?
    private var lastReport: Int64 = 0
    /// Frames of the session before that have been handed over but not reported yet.
    private var owed: Int64?

    package init(sequence: Int64? = nil) { self.sequence = sequence }

    /// A new session begins; `handedOver` is the last frame of the old one that the engine has got.
    package mutating func begin(handedOver: Int64?) {
        owed = handedOver.flatMap { $0 > max(lastReport, sequence ?? 0) ? $0 : nil }
        lastReport = max(lastReport, sequence ?? 0)
        sequence = nil
    }

    package mutating func report(_ number: Int64, received: Int64) {
        if let last = owed, number >= lastReport, number < last {
            lastReport = number
            return
        }
        if owed == number {
            owed = nil
            return
        }
        owed = nil
        guard number <= received else { return }
        sequence = max(number, sequence ?? 0)
        lastReport = number
    }
}
