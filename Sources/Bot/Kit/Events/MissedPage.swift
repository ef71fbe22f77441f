package import Shared

/// A question for the next messages of a channel after one that we know.
package struct MissedPage: Hashable, Sendable {
    /// As many as Discord hands over at a time.
    package static let size = 100

    package var guild: ID<Guild>
    package var channel: ID<Channel>
    package var after: ID<Message>
    /// Where the past is read, what was said from here on is not wanted: it was heard. Nil after an outage.
    package var before: ID<Message>?

    package init(guild: ID<Guild>, channel: ID<Channel>, after: ID<Message>, before: ID<Message>? = nil) {
        self.guild = guild
        self.channel = channel
        self.after = after
        self.before = before
    }
}

/// Its answer.
package struct FetchedPage: Sendable {
    package enum Outcome: Sendable {
        /// Oldest first.
        case messages([MessageSeen])
        /// Discord does not let us read here.
        case refused(String)
    }

    package var page: MissedPage
    package var outcome: Outcome

    package init(_ page: MissedPage, _ outcome: Outcome) {
        self.page = page
        self.outcome = outcome
    }
}
