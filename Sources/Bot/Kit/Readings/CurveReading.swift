package import Shared

/// How points become levels in the turn's guild, as whoever keeps levels knows. Points are in thousandths.
package struct CurveReading: Reading {
    package struct Curve: Sendable {
        package let name: String
        /// How much experience, as other bots count it, a point is.
        package let perPoint: Double
        package let level: @Sendable (_ points: Int64) -> Int
        package let cost: @Sendable (_ level: Int) -> Int64
        /// Nil beyond the last level.
        package let next: @Sendable (_ level: Int) -> Int64?

        package init(
            name: String, perPoint: Double, level: @escaping @Sendable (Int64) -> Int,
            cost: @escaping @Sendable (Int) -> Int64, next: @escaping @Sendable (Int) -> Int64?
        ) {
            self.name = name
            self.perPoint = perPoint
            self.level = level
            self.cost = cost
            self.next = next
        }
    }

    package let curve: @Sendable (Turn) -> Curve
    /// The points of a member that do not count for their level, because they began anew.
    package let start: @Sendable (Turn, ID<Member>) throws -> Int64

    package init(
        curve: @escaping @Sendable (Turn) -> Curve, start: @escaping @Sendable (Turn, ID<Member>) throws -> Int64
    ) {
        self.curve = curve
        self.start = start
    }
}
