package import Shared

/// Points that members bring along from elsewhere, as whoever counts books them: in batches that are taken back as a whole.
package struct BookingReading: Reading {
    package struct Booking: Sendable {
        package var member: ID<Member>
        /// In thousandths.
        package var points: Int64
        package var day: Day
        package var reason: String
        package var batch: Int64

        package init(member: ID<Member>, points: Int64, day: Day, reason: String, batch: Int64) {
            self.member = member
            self.points = points
            self.day = day
            self.reason = reason
            self.batch = batch
        }
    }

    /// All that a member has, in thousandths.
    package let points: @Sendable (Turn, ID<Member>) throws -> Int64
    /// The last day before all boards that are running: what is booked on it turns none of them over.
    package let quietDay: @Sendable (Turn) throws -> Day
    package let book: @Sendable (Turn, Booking) throws -> Void
    /// Takes a batch back; answers for how many members.
    package let unbook: @Sendable (Turn, _ batch: Int64) throws -> Int

    package init(
        points: @escaping @Sendable (Turn, ID<Member>) throws -> Int64, quietDay: @escaping @Sendable (Turn) throws -> Day,
        book: @escaping @Sendable (Turn, Booking) throws -> Void, unbook: @escaping @Sendable (Turn, Int64) throws -> Int
    ) {
        self.points = points
        self.quietDay = quietDay
        self.book = book
        self.unbook = unbook
    }
}
