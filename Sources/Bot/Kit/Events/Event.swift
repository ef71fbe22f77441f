package import Shared

/// What happened in Discord, in our words. Whatever a feature may hear of arrives as one of these.
package enum Event: Sendable {
    /// A new session: what was missed since the last one has to be found out.
    case sessionStarted(SessionStart)
    /// The old session lives and has told all that was missed.
    case sessionResumed
    case guildSeen(GuildSeen)
    case guildChanged(GuildProfile)
    /// An outage of Discord: what we know stays.
    case guildUnavailable(ID<Guild>)
    /// The bot was removed.
    case guildLeft(ID<Guild>)
    case channelSeen(ChannelProfile)
    case channelDeleted(ID<Channel>, guild: ID<Guild>)
    /// All active threads that the bot can see, of these channels or of the whole guild: those not named are not among them
    /// any more.
    case threadsListed([ChannelProfile], in: [ID<Channel>]?, guild: ID<Guild>)
    case roleSeen(RoleProfile)
    case roleDeleted(ID<Role>, guild: ID<Guild>)
    case memberSeen(MemberProfile, joined: Bool)
    case membersListed(guild: ID<Guild>, MemberList, ListPart)
    case memberLeft(ID<Member>, guild: ID<Guild>)
    case message(MessageSeen)
    case messageEdited(MessageSeen)
    case messagesDeleted([ID<Message>], channel: ID<Channel>, guild: ID<Guild>?)
    case reactionAdded(ReactionSeen)
    case reactionRemoved(ReactionSeen)
    /// All reactions of a message, or all of one emoji.
    case reactionsCleared(message: ID<Message>, channel: ID<Channel>, guild: ID<Guild>?, emoji: String?)
    case voice(VoiceState)
    case interaction(InteractionSeen)
}

extension Event {
    package var guild: ID<Guild>? {
        switch self {
        case .sessionStarted, .sessionResumed: nil
        case .guildSeen(let guild): guild.profile.id
        case .guildChanged(let guild): guild.id
        case .guildUnavailable(let guild), .guildLeft(let guild): guild
        case .channelSeen(let channel): channel.guild
        case .channelDeleted(_, let guild), .roleDeleted(_, let guild), .memberLeft(_, let guild): guild
        case .threadsListed(_, _, let guild): guild
        case .roleSeen(let role): role.guild
        case .memberSeen(let member, _): member.guild
        case .membersListed(let guild, _, _): guild
        case .message(let message), .messageEdited(let message): message.guild
        case .messagesDeleted(_, _, let guild), .reactionsCleared(_, _, let guild, _): guild
        case .reactionAdded(let reaction), .reactionRemoved(let reaction): reaction.guild
        case .voice(let state): state.guild
        case .interaction(let interaction): interaction.guild
        }
    }
}
