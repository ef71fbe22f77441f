package import Shared

/// Something to ask Discord. A page is as long as Discord lets it be; the next one is asked for after its last row.
package enum Question: Hashable, Sendable, Codable {
    case message(channel: ID<Channel>, ID<Message>)
    case messages(channel: ID<Channel>, Span, limit: Int)
    case pins(channel: ID<Channel>)
    case reactions(channel: ID<Channel>, message: ID<Message>, emoji: String, after: ID<Member>?)
    case member(guild: ID<Guild>, ID<Member>)
    case members(guild: ID<Guild>, after: ID<Member>?)
    case bans(guild: ID<Guild>, after: ID<Member>?)
    /// Discord's number of the action, such as 72 for a deleted message.
    case auditLog(guild: ID<Guild>, action: Int?, by: ID<Member>?, before: Int64?)
    case invites(guild: ID<Guild>)
    case events(guild: ID<Guild>)

    /// Which messages of a channel: the newest, or those on one side of one of them.
    package enum Span: Hashable, Sendable, Codable {
        case newest
        case before(ID<Message>)
        case after(ID<Message>)
        case around(ID<Message>)
    }

    /// The channel or guild that it is about.
    var place: Int64 {
        switch self {
        case .message(let channel, _), .messages(let channel, _, _), .pins(let channel), .reactions(let channel, _, _, _):
            channel.number
        case .member(let guild, _), .members(let guild, _), .bans(let guild, _), .auditLog(let guild, _, _, _),
            .invites(let guild), .events(let guild):
            guild.number
        }
    }
}
