package import Shared

/// A member was forgotten in a guild: the receipt of it, and what it took away.
package struct Erasure: Hashable, Sendable {
    /// What the member is given, and by which it is found again.
    package var receipt: String
    package var guild: ID<Guild>
    package var member: ID<Member>
    package var at: Instant
    /// Rows that are gone or name nobody any more, by feature.
    package var rows: [String: Int]

    package init(receipt: String, guild: ID<Guild>, member: ID<Member>, at: Instant, rows: [String: Int]) {
        self.receipt = receipt
        self.guild = guild
        self.member = member
        self.at = at
        self.rows = rows
    }
}
