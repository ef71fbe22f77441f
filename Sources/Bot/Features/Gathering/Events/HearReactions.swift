internal import Kit
internal import Shared

extension Events {
    /// A reaction on an event's message is an answer; the last one counts, and who takes theirs back takes the answer back.
    static let hearReactions = Listener.event("events.reactions", .reactions, order: 200) { turn, event in
        switch event {
        case .reactionAdded(let reaction) where !reaction.giverIsBot: try add(reaction, turn)
        case .reactionRemoved(let reaction): try remove(reaction, turn)
        case .reactionsCleared(let message, _, _, let emoji): try clear(message, emoji, turn)
        default: break
        }
    }

    private static let via = "reaction"

    private static func add(_ reaction: ReactionSeen, _ turn: Turn) throws {
        guard let (meeting, one) = try announced(reaction.message, turn), let kind = kind(of: reaction.emoji, turn) else {
            return
        }
        do {
            try settle(kind.key, of: reaction.giver, in: one, of: meeting, via: via, turn)
        } catch let refusal as Refusal {
            try refuse(reaction, refusal, one, turn)
        }
    }

    /// An answer that does not count is taken away where the bot may do so, and who gave it hears why.
    private static func refuse(_ reaction: ReactionSeen, _ refusal: Refusal, _ one: Occurrence, _ turn: Turn) throws {
        let own = turn.house.directory.ownPermissions(in: one.channel, of: one.guild)
        if own?.contains(.manageMessages) == true {
            turn.emit(
                .takeReaction(
                    channel: .known(one.channel), message: .known(reaction.message), emoji: reaction.emoji, of: reaction.giver))
        }
        try turn.tell(reaction.giver, Post(Card(text: "\(refusal.sentence)", tone: .refused)))
    }

    private static func remove(_ reaction: ReactionSeen, _ turn: Turn) throws {
        guard let (meeting, one) = try announced(reaction.message, turn), let kind = kind(of: reaction.emoji, turn),
            let given = try AnswerRows.find(reaction.giver, to: one.key, in: turn.store), given.via == via,
            given.answer == kind.key
        else { return }
        try settle(nil, of: reaction.giver, in: one, of: meeting, via: via, turn)
    }

    private static func clear(_ message: ID<Message>, _ emoji: String?, _ turn: Turn) throws {
        guard let (meeting, one) = try announced(message, turn) else { return }
        let gone = emoji.flatMap { kind(of: $0, turn)?.key }
        for given in try AnswerRows.all(of: one.key, in: turn.store) where given.via == via {
            if emoji != nil, given.answer != gone { continue }
            try settle(nil, of: given.member, in: one, of: meeting, via: via, turn)
        }
    }

    private static func announced(_ message: ID<Message>, _ turn: Turn) throws -> (Meeting, Occurrence)? {
        guard let one = try OccurrenceRows.announced(by: message, in: turn.store), one.isLive,
            let meeting = try MeetingRows.find(one.meeting, in: turn.store), meeting.state == .on
        else { return nil }
        return (meeting, one)
    }

    private static func kind(of emoji: String, _ turn: Turn) -> AnswerKind? {
        AnswerKind.all(turn).first { $0.emoji == emoji }
    }
}
