package import Shared

extension Effect {
    /// Effects of one lane are carried out one after the other: what is written in a channel keeps its order.
    package var lane: Int64 {
        switch self {
        case .post(let channel, _), .edit(let channel, _, _), .delete(let channel, _), .pin(let channel, _),
            .unpin(let channel, _), .react(let channel, _, _), .unreact(let channel, _, _), .takeReaction(let channel, _, _, _),
            .clearReactions(let channel, _, _), .openThread(let channel, _, _, _), .openForumPost(let channel, _, _, _),
            .changeChannel(let channel, _, _), .openInvite(let channel, _, _):
            channel.known?.number ?? 0
        case .deleteMany(let channel, _, _): channel.number
        case .privately(let member, _): member.number
        case .addRole(_, let member, _, _), .removeRole(_, let member, _, _), .rename(_, let member, _, _),
            .timeOut(_, let member, _, _), .kick(_, let member, _), .ban(_, let member, _, _), .unban(_, let member, _):
            member.number
        case .openChannel(let guild, _, _), .openRole(let guild, _, _, _), .changeRole(let guild, _, _, _),
            .openEvent(let guild, _, _), .changeEvent(let guild, _, _, _):
            guild.number
        case .fetch(let question): question.place
        case .consult: 0
        case .answer(let answer): answer.interaction.number
        }
    }

    /// Needs what an earlier effect of its turn makes.
    package var refersToNew: Bool {
        switch self {
        case .post(let channel, _), .openForumPost(let channel, _, _, _), .changeChannel(let channel, _, _),
            .openInvite(let channel, _, _):
            channel.isNew
        case .edit(let channel, let message, _), .delete(let channel, let message), .pin(let channel, let message),
            .unpin(let channel, let message), .react(let channel, let message, _), .unreact(let channel, let message, _),
            .takeReaction(let channel, let message, _, _), .clearReactions(let channel, let message, _):
            channel.isNew || message.isNew
        case .openThread(let channel, let message, _, _): channel.isNew || message?.isNew ?? false
        case .openChannel(_, let plan, _): plan.parent?.isNew ?? false
        case .addRole(_, _, let role, _), .removeRole(_, _, let role, _), .changeRole(_, let role, _, _): role.isNew
        case .changeEvent(_, let event, _, _): event.isNew
        case .deleteMany, .privately, .rename, .timeOut, .kick, .ban, .unban, .openRole, .openEvent, .fetch, .consult, .answer:
            false
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
        case .openForumPost(let forum, let name, let tags, var post):
            post.card = try change(post.card)
            return .openForumPost(forum: forum, name: name, tags: tags, post)
        case .answer(var answer):
            answer.card = try change(answer.card)
            return .answer(answer)
        default: return self
        }
    }

    package var files: [Attachment] {
        switch self {
        case .post(_, let post), .edit(_, _, let post), .privately(_, let post), .openForumPost(_, _, _, let post): post.files
        case .answer(let answer): answer.files
        default: []
        }
    }

    package func with(_ files: [Attachment]) -> Effect {
        switch self {
        case .post(let channel, var post):
            post.files = files
            return .post(channel: channel, post)
        case .edit(let channel, let message, var post):
            post.files = files
            return .edit(channel: channel, message: message, post)
        case .privately(let member, var post):
            post.files = files
            return .privately(member: member, post)
        case .openForumPost(let forum, let name, let tags, var post):
            post.files = files
            return .openForumPost(forum: forum, name: name, tags: tags, post)
        case .answer(var answer):
            answer.files = files
            return .answer(answer)
        default: return self
        }
    }

    /// Pings more than the people it answers.
    package var mentionsMany: Bool {
        switch self {
        case .post(_, let post), .edit(_, _, let post), .privately(_, let post), .openForumPost(_, _, _, let post):
            post.mentions.everyone || !post.mentions.roles.isEmpty
        case .answer(let answer): answer.mentions.everyone || !answer.mentions.roles.isEmpty
        default: false
        }
    }
}

extension Place {
    package var known: ID<Kind>? { if case .known(let id) = self { id } else { nil } }
    fileprivate var isNew: Bool { known == nil }
}
