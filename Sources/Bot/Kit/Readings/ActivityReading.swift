package import Shared

/// What a feature lets others read of its books without their knowing its tables.
package protocol Reading: Sendable {}

/// How lively a server is on its own day, as whoever counts it knows.
package struct ActivityReading: Reading {
    package struct Today: Hashable, Sendable {
        package var messages: Int64
        /// In thousandths.
        package var points: Int64
        package init(messages: Int64, points: Int64) {
            self.messages = messages
            self.points = points
        }
    }

    package let today: @Sendable (Turn, ID<Guild>) throws -> Today
    package init(today: @escaping @Sendable (Turn, ID<Guild>) throws -> Today) { self.today = today }
}
