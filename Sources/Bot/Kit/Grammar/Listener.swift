package import Shared

/// Hears of an event or a piece of news, in the transaction of the turn that brought it.
package struct Listener: Sendable {
    package enum Verdict: Sendable {
        case passed
        /// Later listeners do not hear it; counting listeners always do.
        case consumed
    }

    package let name: String
    package let hears: Hearing
    /// Lower ones hear first.
    package let order: Int
    /// Hears also what an earlier listener consumed.
    package let alwaysHears: Bool
    /// Whether what was said in a channel while no session stood is to be fetched back for it. Counting listeners want it and
    /// hear it late, at the message's own time; who answers people does not.
    package let catchesUp: @Sendable (Turn, ID<Channel>) -> Bool
    package let run: @Sendable (Turn, Occasion) throws -> Verdict

    package init(
        _ name: String, hears: Hearing, order: Int, alwaysHears: Bool = false,
        catchesUp: @escaping @Sendable (Turn, ID<Channel>) -> Bool = { _, _ in false },
        run: @escaping @Sendable (Turn, Occasion) throws -> Verdict
    ) {
        self.name = name
        self.hears = hears
        self.order = order
        self.alwaysHears = alwaysHears
        self.catchesUp = catchesUp
        self.run = run
    }

    package static func message(
        _ name: String, order: Int = 100, alwaysHears: Bool = false,
        catchesUp: @escaping @Sendable (Turn, ID<Channel>) -> Bool = { _, _ in false },
        run: @escaping @Sendable (Turn, MessageSeen) throws -> Verdict
    ) -> Listener {
        Listener(name, hears: .messages, order: order, alwaysHears: alwaysHears, catchesUp: catchesUp) { turn, occasion in
            guard case .event(.message(let message)) = occasion else { return .passed }
            return try run(turn, message)
        }
    }

    package static func event(
        _ name: String, _ hears: Hearing, order: Int = 100, run: @escaping @Sendable (Turn, Event) throws -> Void
    ) -> Listener {
        Listener(name, hears: hears, order: order, alwaysHears: true) { turn, occasion in
            if case .event(let event) = occasion { try run(turn, event) }
            return .passed
        }
    }

    package static func news<Story: News>(
        _ name: String, _: Story.Type, order: Int = 100, run: @escaping @Sendable (Turn, Story) throws -> Void
    ) -> Listener {
        Listener(name, hears: .news(ObjectIdentifier(Story.self)), order: order, alwaysHears: true) { turn, occasion in
            if case .news(let news) = occasion, let story = news as? Story { try run(turn, story) }
            return .passed
        }
    }
}

/// What a listener listens to.
package enum Hearing: Hashable, Sendable {
    case messages, edits, deletions, reactions, voice, members, guilds, channels
    case news(ObjectIdentifier)
}

package enum Occasion: Sendable {
    case event(Event)
    case news(any News)
}

/// What one feature tells whoever cares, in the past tense; heard in the same transaction.
package protocol News: Sendable {
    var guild: ID<Guild> { get }
}

extension Event {
    package var hearing: Hearing? {
        switch self {
        case .message: .messages
        case .messageEdited: .edits
        case .messagesDeleted: .deletions
        case .reactionAdded, .reactionRemoved, .reactionsCleared: .reactions
        case .voice: .voice
        case .memberSeen, .memberLeft, .membersListed: .members
        case .guildSeen, .guildChanged, .guildUnavailable, .guildLeft: .guilds
        case .channelSeen, .channelDeleted, .threadsListed, .roleSeen, .roleDeleted: .channels
        case .interaction, .sessionStarted, .sessionResumed: nil
        }
    }
}
