package import Shared

/// What a turn wants done in Discord, as a value. It is stored with the turn's rows and carried out after the commit.
package enum Effect: Hashable, Sendable, Codable {
    case post(channel: Place<Channel>, Post)
    case edit(channel: Place<Channel>, message: Place<Message>, Post)
    case delete(channel: Place<Channel>, message: Place<Message>)
    case pin(channel: Place<Channel>, message: Place<Message>)
    case react(channel: Place<Channel>, message: Place<Message>, emoji: String)
    case unreact(channel: Place<Channel>, message: Place<Message>, emoji: String)
    case privately(member: ID<Member>, Post)
    case addRole(guild: ID<Guild>, member: ID<Member>, role: ID<Role>, reason: String)
    case removeRole(guild: ID<Guild>, member: ID<Member>, role: ID<Role>, reason: String)
    case timeOut(guild: ID<Guild>, member: ID<Member>, until: Instant?, reason: String)
    case kick(guild: ID<Guild>, member: ID<Member>, reason: String)
    case ban(guild: ID<Guild>, member: ID<Member>, deletingSeconds: Int, reason: String)
    case unban(guild: ID<Guild>, member: ID<Member>, reason: String)
    case openChannel(guild: ID<Guild>, name: String, parent: ID<Channel>?, topic: String, reason: String)
    case openThread(channel: Place<Channel>, message: Place<Message>?, name: String, isPrivate: Bool)
    /// The answer to an interaction: acknowledged once, then patched.
    case answer(Answer)
}

/// Something that exists, or something that an earlier effect of the same turn will have made.
package enum Place<Kind>: Hashable, Sendable {
    case known(ID<Kind>)
    case new(Int)
}

package struct Post: Hashable, Sendable, Codable {
    package var card: Card
    /// Who may be pinged. Nobody, unless somebody is named here.
    package var mentions: Mentions
    package var replyTo: ID<Message>?

    package init(_ card: Card, mentions: Mentions = .nobody, replyTo: ID<Message>? = nil) {
        self.card = card
        self.mentions = mentions
        self.replyTo = replyTo
    }
}

package struct Mentions: Hashable, Sendable, Codable {
    package var members: [ID<Member>]
    package var roles: [ID<Role>]
    package var everyone: Bool

    package init(members: [ID<Member>] = [], roles: [ID<Role>] = [], everyone: Bool = false) {
        self.members = members
        self.roles = roles
        self.everyone = everyone
    }

    package static let nobody = Mentions()
}

package struct Answer: Hashable, Sendable, Codable {
    package var interaction: ID<Interaction>
    package var token: String
    package var application: ID<Application>
    package var card: Card
    package var mentions: Mentions
    package var isEphemeral: Bool
    /// Patches the message whose button was pressed instead of writing a new one.
    package var replaces: Bool
    /// The interaction has been acknowledged, so that only patching is left.
    package var isAcknowledged: Bool

    package init(
        interaction: ID<Interaction>, token: String, application: ID<Application>, card: Card, mentions: Mentions = .nobody,
        isEphemeral: Bool, replaces: Bool = false, isAcknowledged: Bool = false
    ) {
        self.interaction = interaction
        self.token = token
        self.application = application
        self.card = card
        self.mentions = mentions
        self.isEphemeral = isEphemeral
        self.replaces = replaces
        self.isAcknowledged = isAcknowledged
    }
}
