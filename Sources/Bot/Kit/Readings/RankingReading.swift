package import Shared

/// Who is at the top of a server, as whoever counts it knows.
package struct RankingReading: Reading {
    package struct Ranked: Hashable, Sendable {
        package var rank: Int
        package var member: ID<Member>
        /// In thousandths.
        package var points: Int64
        package init(rank: Int, member: ID<Member>, points: Int64) {
            self.rank = rank
            self.member = member
            self.points = points
        }
    }

    /// So many of the turn's guild, from a place on; none when there are no more.
    package let page: @Sendable (Turn, Period, _ offset: Int, _ limit: Int) throws -> [Ranked]
    package init(page: @escaping @Sendable (Turn, Period, Int, Int) throws -> [Ranked]) { self.page = page }
}
