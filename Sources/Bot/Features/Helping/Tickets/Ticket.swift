internal import Kit
internal import Shared

/// One member's request, from its first word to its transcript.
struct Ticket: Equatable {
    enum State: String, CaseIterable {
        /// Its channel is being made.
        case opening
        /// It could not be made; what the member wrote is kept.
        case failed
        case open, claimed, waiting, escalated, closed
        /// Closed, and its channel is gone.
        case deleted

        /// Somebody still has to do something.
        var isLive: Bool { [.open, .claimed, .waiting, .escalated].contains(self) }
        var isOver: Bool { self == .closed || self == .deleted }
    }

    enum Priority: String, CaseIterable, Sendable {
        case low, normal, high, urgent
        var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    enum Place: String, CaseIterable, Sendable { case channel, thread }

    /// To whom it was handed up.
    enum Rung: Equatable {
        case member(ID<Member>)
        case role(ID<Role>)

        var text: String {
            switch self {
            case .member(let id): "m\(id)"
            case .role(let id): "r\(id)"
            }
        }

        init?(_ text: String) {
            let number = text.dropFirst()
            if text.first == "m", let id = ID<Member>(number) {
                self = .member(id)
            } else if let id = ID<Role>(number) {
                self = .role(id)
            } else {
                return nil
            }
        }
    }

    var id: Int64 = 0
    var guild: ID<Guild>
    /// Counts in its server, for people.
    var number: Int64 = 0
    var kind: Int64
    /// Nil when the member had themselves forgotten.
    var opener: ID<Member>?
    var channel: ID<Channel>?
    var place: Place
    var state = State.opening
    var claimant: ID<Member>?
    var escalated: Rung?
    var priority = Priority.normal
    var subject: String
    var opened: Instant
    /// When staff first said something.
    var answered: Instant?
    /// When the member and staff last said something.
    var memberAt: Instant?
    var staffAt: Instant?
    /// When it was said that it will be closed.
    var warned: Instant?
    /// Which missed targets staff have been told of.
    var told: Targets = []
    /// When the member left the server.
    var leftAt: Instant?
    var closed: Instant?
    var closer: ID<Member>?
    var reason: String?
    var rating: Int?
    var remark: String?
    var reopened = 0
    /// When its channel got another name: Discord allows two in ten minutes.
    var renames: [Instant] = []
    /// The name that it could not get yet.
    var renameTo: String?
    /// The message with its buttons.
    var control: ID<Message>?
    var trouble: String?
    var summary: String?
    var version: Int64 = 1

    struct Targets: OptionSet, Equatable {
        let rawValue: Int64
        static let answer = Targets(rawValue: 1)
        static let age = Targets(rawValue: 2)
    }

    var key: String { String(id) }
    var subjectOfChange: String { "ticket \(number)" }

    /// What staff can set, as the audit knows it.
    var record: JSON {
        .fields([
            "state": .string(state.rawValue), "claimant": claimant.map { .id($0) },
            "escalated": escalated.map { .string($0.text) }, "priority": .string(priority.rawValue),
            "reason": reason.map(JSON.string),
        ])
    }

    /// From when on its channel may get another name.
    var nameFree: Instant { renames.count < 2 ? opened : renames[renames.count - 2] + 10.minutes }

    /// The last word of anybody.
    var lastWord: Instant { [opened, memberAt, staffAt].compactMap(\.self).max() ?? opened }

    /// The member has to say something next.
    var awaitsMember: Bool {
        state == .waiting || staffAt.map { staff in memberAt.map { $0 < staff } ?? true } ?? false
    }
}
