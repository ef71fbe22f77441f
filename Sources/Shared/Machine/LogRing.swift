/// The last records of a log, numbered from 1 without a gap, so that a reader knows how many it missed.
package struct LogRing: Sendable {
    private var records: [LogRecord] = []
    private let capacity: Int
    package private(set) var last = 0

    package init(capacity: Int) {
        self.capacity = max(1, capacity)
        records.reserveCapacity(self.capacity)
    }

    package mutating func append(_ record: LogRecord) {
        if records.count < capacity { records.append(record) } else { records[last % capacity] = record }
        last += 1
    }

    package struct Reading: Sendable {
        package let records: [LogRecord]
        /// The number of the newest; to be given at the next reading.
        package let last: Int
        package let dropped: Int
    }

    /// What came after a number, at most so many and then the newest of them.
    package func records(after number: Int, atMost limit: Int = .max) -> Reading {
        let from = min(max(number, 0), last)
        let count = min(last - from, records.count, max(0, limit))
        let newest = (last - count..<last).map { records[$0 % capacity] }
        return Reading(records: newest, last: last, dropped: last - from - count)
    }
}
