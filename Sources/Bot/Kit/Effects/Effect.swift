package import Shared

/// What a turn wants done in the world, as a value. It is stored with the turn's rows and carried out after the commit.
package enum Effect: Hashable, Sendable, Codable {
    case post(channel: Place<Channel>, Post)
    case edit(channel: Place<Channel>, message: Place<Message>, Post)
    case delete(channel: Place<Channel>, message: Place<Message>)
    /// Two to a hundred messages, none older than two weeks.
    case deleteMany(channel: ID<Channel>, messages: [ID<Message>], reason: String)
    case pin(channel: Place<Channel>, message: Place<Message>)
    case unpin(channel: Place<Channel>, message: Place<Message>)
    case react(channel: Place<Channel>, message: Place<Message>, emoji: String)
    /// Takes back the bot's own reaction.
    case unreact(channel: Place<Channel>, message: Place<Message>, emoji: String)
    case takeReaction(channel: Place<Channel>, message: Place<Message>, emoji: String, of: ID<Member>)
    /// All reactions of a message, or all of one emoji.
    case clearReactions(channel: Place<Channel>, message: Place<Message>, emoji: String?)
    case privately(member: ID<Member>, Post)

    case addRole(guild: ID<Guild>, member: ID<Member>, role: Place<Role>, reason: String)
    case removeRole(guild: ID<Guild>, member: ID<Member>, role: Place<Role>, reason: String)
    /// Gives a member another name in the guild, or none.
    case rename(guild: ID<Guild>, member: ID<Member>, nick: String?, reason: String)
    case timeOut(guild: ID<Guild>, member: ID<Member>, until: Instant?, reason: String)
    case kick(guild: ID<Guild>, member: ID<Member>, reason: String)
    case ban(guild: ID<Guild>, member: ID<Member>, deletingSeconds: Int, reason: String)
    case unban(guild: ID<Guild>, member: ID<Member>, reason: String)

    case openChannel(guild: ID<Guild>, ChannelPlan, reason: String)
    case openThread(channel: Place<Channel>, message: Place<Message>?, name: String, isPrivate: Bool)
    case openForumPost(forum: Place<Channel>, name: String, tags: [ID<Tag>], Post)
    /// What is done to a channel or a thread that is there.
    case changeChannel(Place<Channel>, ChannelDeed, reason: String)
    case openRole(guild: ID<Guild>, name: String, [RoleEdit], reason: String)
    case changeRole(guild: ID<Guild>, role: Place<Role>, RoleDeed, reason: String)
    case openEvent(guild: ID<Guild>, EventPlan, reason: String)
    case changeEvent(guild: ID<Guild>, event: Place<ScheduledEvent>, EventDeed, reason: String)
    case openInvite(channel: Place<Channel>, InvitePlan, reason: String)

    /// Asks Discord; the job that gets the receipt gets the answer with it.
    case fetch(Question)
    /// Asks a language model; the job that gets the receipt gets what it said.
    case consult(Inquiry)
    /// The answer to an interaction: acknowledged once, then patched.
    case answer(Answer)
}

/// Something that exists, or something that an earlier effect of the same turn will have made.
package enum Place<Kind>: Hashable, Sendable {
    case known(ID<Kind>)
    case new(Int)
}
