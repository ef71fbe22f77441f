package import Shared

/// The engine's door for the gateway and the courier. Any thread may knock; nothing here waits.
package protocol Inbox: Sendable {
    /// A batch of one shard's frames, in order. `weight` is what they hold in memory, in bytes.
    func deliver(_ batch: [Dispatch], weight: Int)
    /// When true, the gateway stops reading (and goes on beating) until it is false again.
    var isFull: Bool { get }
    func deliver(_ receipts: [Receipt])
    /// The parcel is about to be handed to Discord for the first time; `then` runs once that is on disk.
    func noteTrying(_ parcels: [Int64], then: @escaping @Sendable () -> Void)
    /// The session was refused or cannot be resumed: what follows until the next start is a gap.
    func noteGap(shard: Int, reason: String)
    /// What came of a `fetch`.
    func deliver(_ fetched: FetchedPage)
    /// State for the overview: connected, latency, identifies left.
    func note(_ link: LinkState)
}

/// What the engine asks of whoever speaks with Discord. Any thread may ask.
package protocol Courier: Sendable {
    func carry(_ parcels: [Parcel])
    /// Says at once that an interaction is being worked on (a deferred answer), before any commit.
    func acknowledge(_ interaction: ID<Interaction>, token: String, isEphemeral: Bool, updates: Bool)
    /// Answers a completing field.
    func complete(_ interaction: ID<Interaction>, token: String, choices: [Choice])
    /// Opens a form, the only answer that no acknowledgement can come before.
    func openForm(_ interaction: ID<Interaction>, token: String, form: Form)
    /// Everything up to this frame is on disk: the heartbeat may say so.
    func committed(shard: Int, sequence: Int64)
    /// What may be done in a guild has changed, by everybody or by one member: what was forbidden may be tried again.
    func rightsChanged(in guild: ID<Guild>, of member: ID<Member>?)
    /// Asks for the whole member list of a guild.
    func requestMembers(_ guild: ID<Guild>, shard: Int)
    /// Asks for messages that were missed. The answer comes to the inbox, sooner or later: it is asked for until there is one.
    func fetch(_ page: MissedPage)
}

package struct LinkState: Hashable, Sendable {
    package enum Phase: String, Hashable, Sendable { case connecting, identifying, connected, resuming, waiting, stopped }
    package var shard: Int
    package var phase: Phase
    package var latencyMilliseconds: Int?
    package var identifiesLeft: Int?
    /// What an admin should know: a fatal close code explained, a missing intent, a refused token.
    package var trouble: String?

    package init(
        shard: Int, phase: Phase, latencyMilliseconds: Int? = nil, identifiesLeft: Int? = nil, trouble: String? = nil
    ) {
        self.shard = shard
        self.phase = phase
        self.latencyMilliseconds = latencyMilliseconds
        self.identifiesLeft = identifiesLeft
        self.trouble = trouble
    }
}
