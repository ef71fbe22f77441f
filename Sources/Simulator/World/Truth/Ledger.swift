package import Shared

/// What really happened, as only the world knows it. The bot never sees it.
package struct Ledger: Sendable {
    package struct Spoken: Sendable {
        package let message: ID<Message>
        package let channel: ID<Channel>
        package let guild: ID<Guild>
        package let author: ID<Member>
        /// A person's own words: no bot, no webhook, no system message.
        package let isSpeech: Bool
        package let isReply: Bool
        package let at: Instant
    }

    package struct Reacted: Sendable {
        package let message: ID<Message>
        package let channel: ID<Channel>
        package let guild: ID<Guild>
        package let messageAuthor: ID<Member>
        package let giver: ID<Member>
        package let giverIsBot: Bool
        package let emoji: EmojiName
        package let isAdded: Bool
        package let at: Instant
    }

    package struct Heard: Sendable {
        package let guild: ID<Guild>
        package let member: ID<Member>
        /// Nil when the member left.
        package let channel: ID<Channel>?
        package let isMuted: Bool
        package let isDeafened: Bool
        package let at: Instant
    }

    package struct Sent: Sendable {
        package enum Way: Sendable, Hashable { case channel, interaction(ID<Interaction>) }
        package let message: Said
        package let way: Way
        package let nonce: String?
        package let content: String
        package let at: Instant
        /// How often the same nonce came again and was answered with this message.
        package var repeats = 0
    }

    package var spoken: [Spoken] = []
    package var reacted: [Reacted] = []
    package var heard: [Heard] = []
    package var sent: [Sent] = []
    package var unanswered: [ID<Interaction>] = []
    package var dispatched = 0

    /// Messages of the bot that carry the nonce of another: each of them should not exist.
    package var doubled: [Sent] {
        var seen: Set<String> = []
        return sent.filter { send in send.nonce.map { !seen.insert($0).inserted } ?? false }
    }
}
