package import Shared

/// How audit entries hang together. An entry's hash covers the one before it; what names people lies beside it and goes in as
/// a salted digest only, so that it can be erased without breaking the chain.
package enum AuditChain {
    package static func digest(salt: String, asker: String, detail: String) -> String {
        SHA256.hex(of: "\(salt)\n\(asker)\n\(detail)".utf8)
    }

    /// One link: what of an entry can never be changed unnoticed.
    package struct Link: Sendable {
        package var id: Int64
        package var at: Instant
        package var door: String
        package var guild: ID<Guild>?
        package var command: String
        package var outcome: String
        package var digest: String
        package var previous: String

        package init(
            id: Int64, at: Instant, door: String, guild: ID<Guild>?, command: String, outcome: String, digest: String,
            previous: String
        ) {
            self.id = id
            self.at = at
            self.door = door
            self.guild = guild
            self.command = command
            self.outcome = outcome
            self.digest = digest
            self.previous = previous
        }

        package var hash: String {
            let place = guild?.number ?? 0
            return SHA256.hex(
                of: "\(previous)\n\(id)\n\(at.milliseconds)\n\(door)\n\(place)\n\(command)\n\(outcome)\n\(digest)".utf8)
        }
    }
}
