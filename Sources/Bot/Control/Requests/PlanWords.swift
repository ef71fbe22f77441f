internal import Kit
internal import Shared

extension Plan {
    /// What would change and what would be sent, for programs and for the console's difference.
    var json: JSON {
        ["changes": .array(changes.map(\.json)), "effects": .array(effects.map { .string($0.sentence) })]
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
    /// What Discord would be asked to do, as one line.
    var sentence: String {
        switch self {
        case .post(let channel, let post): "post in \(channel.words): \(post.words)"
        case .edit(let channel, let message, let post): "edit \(message.words) in \(channel.words): \(post.words)"
        case .delete(let channel, let message): "delete \(message.words) in \(channel.words)"
        case .pin(let channel, let message): "pin \(message.words) in \(channel.words)"
        case .react(let channel, let message, let emoji): "react to \(message.words) in \(channel.words) with \(emoji)"
        case .unreact(let channel, let message, let emoji): "take \(emoji) back from \(message.words) in \(channel.words)"
        case .privately(let member, let post): "write privately to member \(member): \(post.words)"
        case .addRole(_, let member, let role, let reason): "give role \(role) to member \(member)" + because(reason)
        case .removeRole(_, let member, let role, let reason): "take role \(role) from member \(member)" + because(reason)
        case .timeOut(_, let member, let until, let reason):
            (until.map { "time member \(member) out until \($0.rfc3339)" } ?? "end the time-out of member \(member)")
                + because(reason)
        case .kick(_, let member, let reason): "kick member \(member)" + because(reason)
        case .ban(_, let member, let seconds, let reason):
            "ban member \(member)" + (seconds > 0 ? " and delete their last \(seconds) s of messages" : "") + because(reason)
        case .unban(_, let member, let reason): "lift the ban of member \(member)" + because(reason)
        case .openChannel(_, let name, _, _, let reason): "open the channel #\(name)" + because(reason)
        case .openThread(let channel, _, let name, _): "open the thread \"\(name)\" in \(channel.words)"
        case .answer(let answer): "answer: \(answer.card.words)"
        }
    }

    private func because(_ reason: String) -> String { reason.isEmpty ? "" : " (\(reason))" }
}

extension Place<Channel> {
    fileprivate var words: String {
        switch self {
        case .known(let id): "channel \(id)"
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
        return card.words + (pinged.isEmpty ? "" : " (pings \(pinged.joined(separator: ", ")))")
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
