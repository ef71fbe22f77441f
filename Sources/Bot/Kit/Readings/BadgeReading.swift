/// Who holds a badge of the turn's guild, by its name in any case; nil when there is none of that name.
package struct BadgeReading: Reading {
    package let holders: @Sendable (Turn, _ name: String) throws -> Set<Int64>?
    package init(holders: @escaping @Sendable (Turn, String) throws -> Set<Int64>?) { self.holders = holders }
}
