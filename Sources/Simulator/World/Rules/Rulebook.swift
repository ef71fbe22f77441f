package import Shared

/// The numbers that Discord does not promise, or that a test wants otherwise.
package struct Rulebook: Sendable {
    package var heartbeat: Duration = .milliseconds(41_250)
    /// Dispatches kept for a session that was dropped.
    package var replayEvents = 1000
    package var replayWindow: Duration = 180.seconds
    /// The harsher reading: what a heartbeat has acknowledged is not replayed any more.
    package var trimsByHeartbeat = true
    package var nonceWindow: Duration = 5.minutes
    package var answerWindow: Duration = 3.seconds
    package var tokenWindow: Duration = 15.minutes
    package var identifyBudget = 1000
    package var identifyConcurrency = 1
    /// Between two identifies of one key.
    package var identifyPause: Duration = 5.seconds
    package var shards = 1
    package var sendsPerMinute = 120
    package var requestsPerSecond = 50
    package var invalidRequestLimit = 10_000
    /// How long after a response a request may still be excused by having crossed it.
    package var crossing: Duration = .zero
    /// Intents that the portal has switched on.
    package var privileged: Intents = [.guildMembers, .guildPresences, .messageContent]
    /// How long Discord keeps the names of its buckets; nil: for ever.
    package var bucketEra: Duration?
    /// Whether a message that is fetched still tells the nonce that it was sent with.
    package var fetchedTellsNonce = true
    /// Events go out before the response of the request that caused them.
    package var eventsComeFirst = false

    package init() {}
}

/// Our bot, as the portal knows it.
package struct BotAccount: Sendable {
    package let user: ID<Member>
    package let application: ID<Application>
    package var token: String
    package static let madeUpToken = "c2ltdWxhdGVk.hearth.a-made-up-token-for-the-simulator"
}

/// Something the bot did that Discord would frown on.
package struct Violation: Sendable, Hashable, CustomStringConvertible {
    package enum Kind: String, Sendable {
        case malformed, missingUserAgent, unauthorizedAgain, knownEmptyBucket, mentionsLeftOpen, lateAnswer
        case gatewayMisuse, unknownField, forbiddenAgain, unknownRoute
    }
    package let kind: Kind
    package let detail: String
    package let at: Instant
    package var description: String { "\(kind.rawValue): \(detail)" }
}
