internal import Kit
internal import Shared

/// How far a member has come, from joining to the end.
struct Journey: Hashable, Sendable {
    enum Stage: String, CaseIterable, Codable, Sendable {
        /// Has joined, and passed the server's own screening where there is one, but pressed nothing.
        case joined
        case screening, privacy, rules, question, review, done
    }

    enum Greeting: String, Sendable {
        /// Nobody is to be greeted, or it was too late.
        case none
        case waiting
        /// In the channel, because privately it did not work.
        case openly
        case sent
    }

    enum Roles: String, Sendable {
        case none
        /// They come when the screening is passed.
        case waiting
        case sent, given, refused
    }

    var guild: ID<Guild>
    var member: ID<Member>
    var joined: Instant
    var stage = Stage.joined
    /// The question that is open.
    var question: Int64?
    /// When they came to where they are.
    var moved: Instant
    var greeting = Greeting.none
    var started: Instant?
    var accepted: Instant?
    /// The version of the rules that was accepted.
    var rules: Int64?
    var finished: Instant?
    var roles = Roles.none
    var reminded: Instant?
    var reminders: Int64 = 0
    var left: Instant?

    init(guild: ID<Guild>, member: ID<Member>, joined: Instant, moved: Instant) {
        self.guild = guild
        self.member = member
        self.joined = joined
        self.moved = moved
    }

    /// Comes to a stage, if they are not there already.
    mutating func move(to stage: Stage, question: Int64? = nil, at now: Instant) {
        guard self.stage != stage || self.question != question else { return }
        self.stage = stage
        self.question = question
        moved = now
    }
}
