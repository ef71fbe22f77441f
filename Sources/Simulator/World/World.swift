package import Shared

/// A simulated Discord: one state, its rules, and a ledger of what really happened. It reads no clock and no random source;
/// the same calls give the same world.
package struct World: Sendable {
    package var rules: Rulebook
    package var bot: BotAccount
    /// Where the sockets are; a world without sockets has made-up addresses.
    package var addresses = Addresses()
    package private(set) var now: Instant
    package var violations: [Violation] = []
    package var ledger = Ledger()
    package var faults = FaultBook()
    package var requests: [RequestNote] = []
    /// When sockets were opened, and how long it took the bot to leave those that had fallen silent.
    package internal(set) var opened: [Instant] = []
    package internal(set) var silences: [Duration] = []

    var dice: Dice
    var users: [ID<Member>: UserRecord] = [:]
    var guilds: [ID<Guild>: GuildRecord] = [:]
    var channels: [ID<Channel>: ChannelRecord] = [:]
    var histories: [ID<Channel>: History] = [:]
    var whispers: [ID<Message>: MessageRecord] = [:]
    var interactions: [ID<Interaction>: InteractionRecord] = [:]
    /// Interactions whose three seconds have not passed, oldest first.
    var waiting: [(id: ID<Interaction>, created: Instant)] = []
    var interactionTokens: [String: ID<Interaction>] = [:]
    /// Interactions that have not been handed to a socket yet; nil while nobody times them.
    var departing: [ID<Interaction>]?
    var commands: [CommandRecord] = []
    var invites: [String: InviteRecord] = [:]
    var commandsMadeToday: [Instant] = []
    var directs: [ID<Member>: ID<Channel>] = [:]
    var directsOpened: [Instant] = []
    var nonces: [String: (said: Said, at: Instant)] = [:]
    var slowModes: [ID<Channel>: [ID<Member>: Instant]] = [:]
    var limits = RateLimits()
    var connections: [Int: ConnectionRecord] = [:]
    var sessions: [String: SessionRecord] = [:]
    var identifies: [Instant] = []
    var identifiedKeys: [Int: Instant] = [:]
    var fullMemberRequests: [ID<Guild>: Instant] = [:]
    var load: LoadRun?
    var delayed: [(at: Instant, dispatch: Dispatch)] = []
    private var lastID: Int64 = 0
    private var lastConnection = 0

    package struct Addresses: Sendable {
        package var gateway = "ws://gateway.simulated"
        package var resume = "ws://resume.simulated"
        package init() {}
    }

    package init(
        seed: UInt64 = 1, at start: Instant = Instant(seconds: 1_767_614_400), token: String = BotAccount.madeUpToken,
        rules: Rulebook = Rulebook()
    ) {
        self.rules = rules
        now = start
        dice = Dice(seed: seed)
        lastID = ID<Member>(firstAt: start - 400.days).number
        let user = ID<Member>(firstAt: start - 300.days)
        bot = BotAccount(user: user, application: user.relabelled(as: Application.self), token: token)
        users[user] = UserRecord(id: user, name: "Hearth", isBot: true)
        lastID = 0
    }

    /// A new id, larger than all before.
    mutating func mint<Kind>(_: Kind.Type = Kind.self) -> ID<Kind> {
        lastID = max(lastID + 1, ID<Kind>(firstAt: now).number)
        return ID<Kind>(lastID) ?? ID<Kind>(firstAt: now)
    }

    mutating func nextConnection() -> Int {
        lastConnection += 1
        return lastConnection
    }

    mutating func frown(_ kind: Violation.Kind, _ detail: String) {
        violations.append(Violation(kind: kind, detail: detail, at: now))
    }

    /// Lets time pass up to this moment: what is due happens in order of its time.
    package mutating func advance(to moment: Instant) {
        while let due = nextDeadline, due <= moment {
            now = max(now, due)
            runDeadlines()
        }
        now = max(now, moment)
    }

    /// When something will happen by itself.
    package var nextDeadline: Instant? {
        var earliest = delayed.map(\.at).min()
        func consider(_ moment: Instant?) {
            if let moment { earliest = earliest.map { min($0, moment) } ?? moment }
        }
        for connection in connections.values { consider(beatDeadline(connection)) }
        for session in sessions.values { consider(expiry(of: session)) }
        if let first = waiting.first { consider(first.created + rules.answerWindow + .milliseconds(1)) }
        return earliest
    }

    private mutating func runDeadlines() {
        let ripe = delayed.filter { $0.at <= now }
        delayed.removeAll { $0.at <= now }
        for late in ripe { deliver(late.dispatch) }
        for connection in connections.values where beatDeadline(connection).map({ $0 <= now }) ?? false {
            close(connection.id, 4000, "no heartbeat")
        }
        for session in sessions.values where expiry(of: session).map({ $0 <= now }) ?? false {
            sessions[session.id] = nil
        }
        while let first = waiting.first, first.created + rules.answerWindow < now {
            waiting.removeFirst()
            guard interactions[first.id]?.answer == nil else { continue }
            interactions[first.id]?.hasFailed = true
            ledger.unanswered.append(first.id)
        }
    }
}
