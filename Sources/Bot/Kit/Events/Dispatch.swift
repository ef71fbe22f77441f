package import Shared

/// One numbered frame of a session. Its number counts as handled once what it caused is on disk; a frame that nobody hears
/// still has one.
package struct Dispatch: Sendable {
    package var shard: Int
    package var sequence: Int64
    package var event: Event?
    /// When it came in, by the monotonic clock: an interaction's three seconds run from here.
    package var receivedNanoseconds: Int64

    package init(shard: Int, sequence: Int64, event: Event?, receivedNanoseconds: Int64) {
        self.shard = shard
        self.sequence = sequence
        self.event = event
        self.receivedNanoseconds = receivedNanoseconds
    }
}

/// Where a session stands on disk: enough to resume it in another process.
package struct Checkpoint: Hashable, Sendable {
    package var shard: Int
    package var shards: Int
    package var session: String
    package var resumeURL: String
    package var sequence: Int64

    package init(shard: Int, shards: Int, session: String, resumeURL: String, sequence: Int64) {
        self.shard = shard
        self.shards = shards
        self.session = session
        self.resumeURL = resumeURL
        self.sequence = sequence
    }
}

package struct SessionStart: Sendable {
    package var shard: Int
    package var shards: Int
    package var session: String
    package var resumeURL: String
    package var bot: ID<Member>
    package var botName: String
    package var application: ID<Application>
    package var guilds: [ID<Guild>]
    /// False when the session before this one was refused, so that something may have been missed.
    package var isFirst: Bool

    package init(
        shard: Int, shards: Int, session: String, resumeURL: String, bot: ID<Member>, botName: String,
        application: ID<Application>, guilds: [ID<Guild>], isFirst: Bool
    ) {
        self.shard = shard
        self.shards = shards
        self.session = session
        self.resumeURL = resumeURL
        self.bot = bot
        self.botName = botName
        self.application = application
        self.guilds = guilds
        self.isFirst = isFirst
    }
}
