/// The badges of the turn's guild, and who wears them.
package struct BadgeReading: Reading {
    package let names: @Sendable (Turn) throws -> [String]
    /// By the badge's name in any case; nil when there is none of that name.
    package let holders: @Sendable (Turn, _ name: String) throws -> Set<Int64>?

    package init(
        names: @escaping @Sendable (Turn) throws -> [String],
        holders: @escaping @Sendable (Turn, _ name: String) throws -> Set<Int64>?
    ) {
        self.names = names
        self.holders = holders
    }
}
