package import Shared

extension Effect {
    /// Effects of one lane are carried out one after the other: what is written in a channel keeps its order.
    package var lane: Int64 {
        switch self {
        case .post(let channel, _), .edit(let channel, _, _), .delete(let channel, _), .pin(let channel, _),
            .react(let channel, _, _), .unreact(let channel, _, _), .openThread(let channel, _, _, _):
            channel.known?.number ?? 0
        case .privately(let member, _): member.number
        case .addRole(_, let member, _, _), .removeRole(_, let member, _, _), .timeOut(_, let member, _, _),
            .kick(_, let member, _), .ban(_, let member, _, _), .unban(_, let member, _):
            member.number
        case .openChannel(let guild, _, _, _, _): guild.number
        case .answer(let answer): answer.interaction.number
        }
    }

    /// Needs what an earlier effect of its turn makes.
    package var refersToNew: Bool {
        switch self {
        case .post(let channel, _): channel.known == nil
        case .edit(let channel, let message, _), .delete(let channel, let message), .pin(let channel, let message),
            .react(let channel, let message, _), .unreact(let channel, let message, _):
            channel.known == nil || message.known == nil
        case .openThread(let channel, let message, _, _): channel.known == nil || message.map { $0.known == nil } ?? false
        default: false
        }
    }

    package func mapCard(_ change: (Card) throws -> Card) rethrows -> Effect {
        switch self {
        case .post(let channel, var post):
            post.card = try change(post.card)
            return .post(channel: channel, post)
        case .edit(let channel, let message, var post):
            post.card = try change(post.card)
            return .edit(channel: channel, message: message, post)
        case .privately(let member, var post):
            post.card = try change(post.card)
            return .privately(member: member, post)
        case .answer(var answer):
            answer.card = try change(answer.card)
            return .answer(answer)
        default: return self
        }
    }

    /// Pings more than the people it answers.
    package var mentionsMany: Bool {
        switch self {
        case .post(_, let post), .edit(_, _, let post), .privately(_, let post):
            post.mentions.everyone || !post.mentions.roles.isEmpty
        case .answer(let answer): answer.mentions.everyone || !answer.mentions.roles.isEmpty
        default: false
        }
    }
}

extension Place {
    package var known: ID<Kind>? { if case .known(let id) = self { id } else { nil } }
}
