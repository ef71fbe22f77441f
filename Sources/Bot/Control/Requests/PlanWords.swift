internal import Kit
internal import Shared

extension Plan {
    /// What would change and what would be sent, for programs and for the console's difference.
    var json: JSON {
        [
            "changes": .array(changes.map(\.json)), "effects": .array(effects.map { .string($0.sentence(names)) }),
            "can_be_undone": .bool(canBeUndone),
        ]
    }
}

extension Change {
    /// A subject such as "ping 4" is a kind of thing and its key.
    var json: JSON {
        let words = subject.split(separator: " ", maxSplits: 1).map(String.init)
        return [
            "table": .string(words.first ?? ""), "key": .string(words.count > 1 ? words[1] : ""), "before": before,
            "after": after,
        ]
    }
}

extension Effect {
    /// What would be asked for outside, as one line, with the names of what is known.
    func sentence(_ names: [Int64: String]) -> String { plainSentence(names) + (reason.isEmpty ? "" : " (\(reason))") }

    private func plainSentence(_ names: [Int64: String]) -> String {
        switch self {
        case .post(let channel, let post): "post in \(channel.words(names)): \(post.words)"
        case .edit(let channel, let message, let post): "edit \(message.words) in \(channel.words(names)): \(post.words)"
        case .delete(let channel, let message): "delete \(message.words) in \(channel.words(names))"
        case .deleteMany(let channel, let messages, _):
            "delete \(messages.count) messages in \(names[channel.number] ?? "channel \(channel)")"
        case .pin(let channel, let message): "pin \(message.words) in \(channel.words(names))"
        case .unpin(let channel, let message): "unpin \(message.words) in \(channel.words(names))"
        case .react(let channel, let message, let emoji): "react to \(message.words) in \(channel.words(names)) with \(emoji)"
        case .unreact(let channel, let message, let emoji):
            "take \(emoji) back from \(message.words) in \(channel.words(names))"
        case .takeReaction(let channel, let message, let emoji, let member):
            "take \(emoji) of \(member.words(names)) from \(message.words) in \(channel.words(names))"
        case .clearReactions(let channel, let message, let emoji):
            "take \(emoji.map { "every \($0)" } ?? "all reactions") from \(message.words) in \(channel.words(names))"
        case .privately(let member, let post): "write privately to \(member.words(names)): \(post.words)"
        case .openThread(let channel, _, let name, _): "open the thread \"\(name)\" in \(channel.words(names))"
        case .openForumPost(let forum, let name, _, let post):
            "open the post \"\(name)\" in \(forum.words(names)): \(post.words)"
        case .changeChannel(let channel, let deed, _): deed.words(for: channel.words(names), names)
        case .openInvite(let channel, _, _): "make an invitation to \(channel.words(names))"
        case .answer(let answer): "answer: \(answer.card.words)"
        case .fetch(let question): "ask Discord for \(question.words)"
        case .consult(let inquiry): "ask the language model: \(inquiry.instruction.prefix(60))"
        default: guildSentence(names)
        }
    }

    private func guildSentence(_ names: [Int64: String]) -> String {
        switch self {
        case .addRole(_, let member, let role, _): "give \(role.words(names)) to \(member.words(names))"
        case .removeRole(_, let member, let role, _): "take \(role.words(names)) from \(member.words(names))"
        case .rename(_, let member, let nick, _):
            nick.map { "call \(member.words(names)) \"\($0)\"" } ?? "let \(member.words(names)) have their own name"
        case .timeOut(_, let member, let until, _):
            until.map { "time \(member.words(names)) out until \($0.rfc3339)" } ?? "end the time-out of \(member.words(names))"
        case .kick(_, let member, _): "kick \(member.words(names))"
        case .ban(_, let member, let seconds, _):
            "ban \(member.words(names))" + (seconds > 0 ? " and delete their last \(seconds) s of messages" : "")
        case .unban(_, let member, _): "lift the ban of \(member.words(names))"
        case .openChannel(_, let plan, _): "open the channel #\(plan.name)"
        case .openRole(_, let name, _, _): "make the role \"\(name)\""
        case .changeRole(_, let role, .edit, _): "change \(role.words(names))"
        case .changeRole(_, let role, .delete, _): "delete \(role.words(names))"
        case .openEvent(_, let plan, _): "schedule the event \"\(plan.name)\" for \(plan.start.rfc3339)"
        case .changeEvent(_, let event, .edit, _): "change \(event.words)"
        case .changeEvent(_, let event, .delete, _): "delete \(event.words)"
        default: ""
        }
    }
}

extension ChannelDeed {
    fileprivate func words(for channel: String, _ names: [Int64: String]) -> String {
        switch self {
        case .edit: "change \(channel)"
        case .delete: "delete \(channel)"
        case .permit(let overwrite): "set what \(names[overwrite.target] ?? "\(overwrite.target)") may do in \(channel)"
        case .unpermit(let target): "let \(names[target] ?? "\(target)") do in \(channel) what everybody may"
        case .admit(let member): "let \(member.words(names)) into \(channel)"
        case .dismiss(let member): "take \(member.words(names)) out of \(channel)"
        }
    }
}

extension Question {
    fileprivate var words: String {
        switch self {
        case .message: "a message"
        case .messages: "messages"
        case .pins: "what is pinned"
        case .reactions: "who reacted"
        case .member: "a member"
        case .members: "members"
        case .bans: "bans"
        case .auditLog: "its audit log"
        case .invites: "invitations"
        case .events: "scheduled events"
        }
    }
}

extension ID<Member> {
    fileprivate func words(_ names: [Int64: String]) -> String { names[number] ?? "member \(self)" }
}

extension Place<Role> {
    fileprivate func words(_ names: [Int64: String]) -> String {
        switch self {
        case .known(let id): names[id.number] ?? "role \(id)"
        case .new(let index): "the role of step \(index + 1)"
        }
    }
}

extension Place<ScheduledEvent> {
    fileprivate var words: String {
        switch self {
        case .known(let id): "event \(id)"
        case .new(let index): "the event of step \(index + 1)"
        }
    }
}

extension Place<Channel> {
    fileprivate func words(_ names: [Int64: String]) -> String {
        switch self {
        case .known(let id): names[id.number] ?? "channel \(id)"
        case .new(let index): "what step \(index + 1) opens"
        }
    }
}

extension Place<Message> {
    fileprivate var words: String {
        switch self {
        case .known(let id): "message \(id)"
        case .new(let index): "the message of step \(index + 1)"
        }
    }
}

extension Post {
    fileprivate var words: String {
        let pinged =
            mentions.members.map { "<@\($0)>" } + mentions.roles.map { "<@&\($0)>" }
            + (mentions.everyone ? ["@everyone"] : [])
        return card.words + files.map { " [\($0.name), \($0.bytes.count) bytes]" }.joined()
            + (pinged.isEmpty ? "" : " (pings \(pinged.joined(separator: ", ")))")
    }
}

extension Card {
    fileprivate var words: String {
        let parts =
            [title, text].compactMap { $0?.words }.filter { !$0.isEmpty }
            + fields.map { "\($0.name.words): \($0.value.words)" }
        return parts.joined(separator: " — ")
    }
}

extension Phrase {
    fileprivate var words: String {
        pieces.map { piece in
            switch piece {
            case .words(let text), .quoted(let text), .strong(let text), .code(let text): text
            case .member(let id): "<@\(id)>"
            case .channel(let id): "<#\(id)>"
            case .role(let id): "<@&\(id)>"
            case .time(let instant, _): instant.rfc3339
            case .points(let points): spelled(points: points)
            }
        }.joined()
    }
}
